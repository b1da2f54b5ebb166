package org.fusedem.files;

import java.nio.charset.StandardCharsets;

/** Something wrong at a byte of a JSON text. */
final class JsonException extends Exception {
    private static final long serialVersionUID = 1;

    private final int offset;

    JsonException(int offset, String problem) {
        super(problem);
        this.offset = offset;
    }

    /** The same with the file's name, and the offset turned into line and column. */
    FileFormatException in(String file, byte[] json) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (json[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        int column = 1 + new String(json, lineStart, offset - lineStart, StandardCharsets.UTF_8).length();
        return new FileFormatException(file, line, column, getMessage());
    }
}
