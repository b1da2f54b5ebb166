package org.fusedem.files;

import java.io.IOException;

/** A file that is not what it should be. The message is one line: the file, the place in it, and what is wrong. */
public final class FileFormatException extends IOException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long line;
    private final long column;

    FileFormatException(String file, long line, long column, String problem) {
        super(file + ", line " + line + ", column " + column + ": " + problem);
        this.file = file;
        this.line = line;
        this.column = column;
    }

    /** The file's name, as it was given. */
    public String file() {
        return file;
    }

    /** The line of the problem, from 1. */
    public long line() {
        return line;
    }

    /** The column of the problem in characters, from 1. */
    public long column() {
        return column;
    }
}
