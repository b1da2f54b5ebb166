package org.fusedem.cli.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;

/**
 * The text of a CSV file, and what separates its cells. It can be read line by line as long as lines are plain, and by a
 * parser for all of CSV from wherever that ended.
 */
final class CsvText {
    static final int LONGEST_CELL = 1 << 20;

    /** How much of the file is looked at to find the separator. */
    private static final int HEAD_BYTES = 1 << 16;

    private final Charset charset;
    private final char separator;
    /** Null where the bytes are no ASCII. */
    private final LineBuffer lines;
    private final InputStream bytes;

    private CsvText(Charset charset, char separator, LineBuffer lines, InputStream bytes) {
        this.charset = charset;
        this.separator = separator;
        this.lines = lines;
        this.bytes = bytes;
    }

    /** The text of a source; UTF-8, unless a byte order mark says UTF-16. */
    static CsvText open(DataSource source) throws IOException {
        byte[] head = source.stream().readNBytes(HEAD_BYTES);
        int first = head.length < 2 ? 0 : (head[0] & 0xFF) << 8 | head[1] & 0xFF;
        Charset charset = StandardCharsets.UTF_8;
        int markLength = 0;
        if (first == 0xFEFF || first == 0xFFFE) {
            charset = first == 0xFEFF ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
            markLength = 2;
        } else if (first == 0xEFBB && head.length > 2 && head[2] == (byte) 0xBF) {
            markLength = 3;
        }
        byte[] content = Arrays.copyOfRange(head, markLength, head.length);
        String text = new String(content, charset);
        if (text.indexOf('\0') >= 0) {
            throw CommandException.wrongUse(
                    FileErrors.name(source.name()) + ": is a binary file of no known format, and no CSV file");
        }
        return charset == StandardCharsets.UTF_8
                ? new CsvText(charset, separator(text), new LineBuffer(content, source.stream()), null)
                : new CsvText(charset, separator(text), null,
                        new SequenceInputStream(new ByteArrayInputStream(content), source.stream()));
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

    /**
     * Reads the first line by itself into a row, if that is one: not blank, and no cell goes on in the next line.
     *
     * @return the lines behind it; null if the text must be read by {@link #parse} from its start
     */
    LineBuffer linesAfterFirst(CsvRow row) throws IOException {
        if (lines == null || !lines.hasLine()) {
            return null;
        }
        int start = lines.start();
        int end = start;
        int quotes = 0;
        byte[] content = lines.bytes();
        for (; content[end] != '\n'; end++) {
            quotes += content[end] == '"' ? 1 : 0;
            // A carriage return that ends the line itself.
            if (content[end] == '\r' && content[end + 1] != '\n') {
                return null;
            }
        }
        String line = new String(content, start, end - start, StandardCharsets.UTF_8);
        if (quotes % 2 != 0 || line.isBlank() || !isRow(line, row)) {
            row.firstRow().clear();
            return null;
        }
        lines.setStart(end + 1);
        return lines;
    }

    private boolean isRow(String line, CsvRow row) {
        try {
            return parser(new StringReader(line), row).hasNext();
        } catch (CsvParseException e) {
            // It will be found again, and then told of.
            return false;
        }
    }

    /** Reads rows from where the lines ended, or from the start. */
    Iterator<CsvRow> parse(CsvRow row) {
        return parser(new InputStreamReader(lines == null ? bytes : lines.rest(), charset), row);
    }

    private Iterator<CsvRow> parser(Reader reader, CsvRow row) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                // Rows of other lengths come through, so that the row itself can say what is wrong.
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(LONGEST_CELL)
                .allowUnclosedQuote(false)
                .build(row, reader)
                .iterator();
    }

    char separator() {
        return separator;
    }
}
