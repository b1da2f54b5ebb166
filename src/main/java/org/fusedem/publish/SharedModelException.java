package org.fusedem.publish;

import java.io.IOException;

/** Shared memory that is not what it should be. The message is one line: the file, the place in it, what is wrong. */
public final class SharedModelException extends IOException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long offset;

    SharedModelException(String file, long offset, String problem) {
        super(file + ", byte " + offset + ": " + problem);
        this.file = file;
        this.offset = offset;
    }

    /** What an access to mapped memory beyond the end of its file comes to. */
    static SharedModelException cut(String file, InternalError error) {
        SharedModelException e = new SharedModelException(
                file, 0, "the file was cut while it was mapped: " + error.getMessage());
        e.initCause(error);
        return e;
    }

    /** The file's name, as it was given. */
    public String file() {
        return file;
    }

    /** The byte of the problem, from 0. */
    public long offset() {
        return offset;
    }
}
