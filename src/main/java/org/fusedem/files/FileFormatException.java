package org.fusedem.files;

import java.io.IOException;

/** A file that is not what it should be. The message is one line: the file, the place in it, and what is wrong. */
public final class FileFormatException extends IOException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long line;
    private final long column;
    private final long byteOffset;

    /** A problem in a text. */
    FileFormatException(String file, long line, long column, String problem) {
        super(file + ", line " + line + ", column " + column + ": " + problem);
        this.file = file;
        this.line = line;
        this.column = column;
        byteOffset = -1;
    }

    /**
     * A problem in a binary file.
     *
     * @param file as it was given, and perhaps the part of it
     * @param byteOffset where, from 0
     * @param problem what is wrong
     */
    public FileFormatException(String file, long byteOffset, String problem) {
        super(file + ", byte " + byteOffset + ": " + problem);
        this.file = file;
        this.byteOffset = byteOffset;
        line = 0;
        column = 0;
    }

    /** The file's name, as it was given. */
    public String file() {
        return file;
    }

    /** The line of the problem, from 1; 0 in a binary file. */
    public long line() {
        return line;
    }

    /** The column of the problem in characters, from 1; 0 in a binary file. */
    public long column() {
        return column;
    }

    /** The byte of the problem, from 0; -1 in a text. */
    public long byteOffset() {
        return byteOffset;
    }
}
