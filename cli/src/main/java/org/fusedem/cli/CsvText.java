package org.fusedem.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The text of a CSV file, and what separates its cells.
 *
 * @param reader the text, without a byte order mark
 * @param separator comma, semicolon or tab
 */
record CsvText(Reader reader, char separator) implements AutoCloseable {
    /** How much of the file is looked at to find the separator. */
    private static final int HEAD_CHARACTERS = 1 << 16;

    private static final int LONGEST_MARK = 3;

    static CsvText open(Path file) {
        try {
            if (!FileErrors.isStandardInput(file) && Files.isDirectory(file)) {
                throw CommandException.wrongUse(FileErrors.name(file) + ": is a directory, not a CSV file");
            }
            return open(file, FileErrors.isStandardInput(file) ? System.in : Files.newInputStream(file));
        } catch (IOException e) {
            throw CommandException.wrongUse(FileErrors.sentence(file, e), e);
        }
    }

    private static CsvText open(Path file, InputStream stream) throws IOException {
        try {
            BufferedReader reader = new BufferedReader(decoded(stream), HEAD_CHARACTERS);
            reader.mark(HEAD_CHARACTERS);
            char[] head = new char[HEAD_CHARACTERS];
            int length = 0;
            for (int n; length < head.length && (n = reader.read(head, length, head.length - length)) > 0; ) {
                length += n;
            }
            reader.reset();
            String text = new String(head, 0, length);
            if (text.indexOf('\0') >= 0) {
                throw CommandException.wrongUse(FileErrors.name(file) + ": is a binary file, not a CSV file");
            }
            return new CsvText(reader, separator(text));
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** UTF-8, unless a byte order mark says UTF-16. */
    private static Reader decoded(InputStream stream) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(stream, LONGEST_MARK);
        byte[] mark = bytes.readNBytes(LONGEST_MARK);
        int first = mark.length < 2 ? 0 : (mark[0] & 0xFF) << 8 | mark[1] & 0xFF;
        Charset charset = StandardCharsets.UTF_8;
        int markLength = 0;
        if (first == 0xFEFF || first == 0xFFFE) {
            charset = first == 0xFEFF ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
            markLength = 2;
        } else if (first == 0xEFBB && mark.length == 3 && mark[2] == (byte) 0xBF) {
            markLength = 3;
        }
        bytes.unread(mark, markLength, mark.length - markLength);
        return new InputStreamReader(bytes, charset);
    }

    /**
     * Tab, else semicolon, else comma: the first of them that the first line with anything has outside of quotes.
     * Commas come last, for where they mark decimals the separator is a semicolon.
     */
    static char separator(String head) {
        boolean quoted = false;
        boolean semicolon = false;
        boolean blank = true;
        for (int i = 0; i < head.length(); i++) {
            char c = head.charAt(i);
            quoted ^= c == '"';
            if (!quoted) {
                if (c == '\t' && !blank) {
                    return '\t';
                }
                if ((c == '\n' || c == '\r') && !blank) {
                    break;
                }
                semicolon |= c == ';';
            }
            blank &= Character.isWhitespace(c);
        }
        return semicolon ? ';' : ',';
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
