package org.fusedem.files;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Writes one JSON document, laid out for people: a line per member of an object and per element of an array, but arrays
 * of plain numbers or strings on one line.
 *
 * <pre>{@code
 * JsonWriter json = new JsonWriter(out);
 * json.beginObject();
 * json.key("weights").values(0.25, 0.75);
 * json.endObject();
 * }</pre>
 *
 * <p>Numbers are written so that reading them gives the same bits; what is not finite, which JSON cannot say, is
 * {@code null}. The caller keeps begins and ends in pairs, and gives every member of an object its key. Not
 * thread-safe.
 */
public final class JsonWriter {
    private final Appendable out;
    private int depth;
    /** Whether nothing stands yet in the innermost object or array. */
    private boolean first = true;
    private boolean afterKey;

    /** Writes to {@code out}, which the caller closes. */
    public JsonWriter(Appendable out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    /** Begins an object. */
    public void beginObject() throws IOException {
        begin('{');
    }

    /** Ends an object. */
    public void endObject() throws IOException {
        end('}');
    }

    /** Begins an array whose elements get a line each. */
    public void beginArray() throws IOException {
        begin('[');
    }

    /** Ends an array. */
    public void endArray() throws IOException {
        end(']');
    }

    /** The key of the value that comes next. */
    public JsonWriter key(String key) throws IOException {
        place();
        quote(key);
        out.append(": ");
        afterKey = true;
        return this;
    }

    /** A number. */
    public void value(double number) throws IOException {
        place();
        number(number);
    }

    /** A whole number. */
    public void value(long number) throws IOException {
        place();
        out.append(Long.toString(number));
    }

    /** {@code true} or {@code false}. */
    public void value(boolean truth) throws IOException {
        place();
        out.append(Boolean.toString(truth));
    }

    /** A string. */
    public void value(String text) throws IOException {
        place();
        quote(text);
    }

    /** An array of numbers, on one line. */
    public void values(double... numbers) throws IOException {
        place();
        out.append('[');
        for (int i = 0; i < numbers.length; i++) {
            if (i > 0) {
                out.append(", ");
            }
            number(numbers[i]);
        }
        out.append(']');
    }

    /** An array of strings, on one line. */
    public void values(List<String> texts) throws IOException {
        place();
        out.append('[');
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                out.append(", ");
            }
            quote(texts.get(i));
        }
        out.append(']');
    }

    private void begin(char bracket) throws IOException {
        place();
        out.append(bracket);
        depth++;
        first = true;
    }

    private void end(char bracket) throws IOException {
        depth--;
        if (!first) {
            newLine();
        }
        out.append(bracket);
        // What was just ended is something in what surrounds it.
        first = false;
        if (depth == 0) {
            out.append('\n');
        }
    }

    /** What must stand before a key or a value. */
    private void place() throws IOException {
        if (afterKey) {
            afterKey = false;
            return;
        }
        if (!first) {
            out.append(',');
        }
        if (depth > 0) {
            newLine();
        }
        first = false;
    }

    private void newLine() throws IOException {
        out.append('\n').append("  ".repeat(depth));
    }

    private void number(double number) throws IOException {
        out.append(Double.isFinite(number) ? Double.toString(number) : "null");
    }

    private void quote(String text) throws IOException {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    // Half of a surrogate pair has no place in UTF-8, so all of them are escaped.
                    if (c < ' ' || Character.isSurrogate(c)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
