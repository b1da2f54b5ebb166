package org.fusedem.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Reads one JSON text (RFC 8259) of bytes in UTF-8, strictly: a key may come once, a number must fit a double, and
 * nothing may follow.
 */
final class JsonReader {
    /** Deeper than any model needs, shallow enough for any stack. */
    private static final int MAX_DEPTH = 64;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final byte[] json;
    private int at;
    private int depth;

    private JsonReader(byte[] json) {
        this.json = json;
    }

    static JsonValue read(byte[] json) throws JsonException {
        JsonReader reader = new JsonReader(json);
        // Some editors of Windows leave one.
        if (reader.startsWith(BYTE_ORDER_MARK)) {
            reader.at = BYTE_ORDER_MARK.length;
        }
        JsonValue value = reader.value();
        reader.skipSpace();
        if (reader.at < json.length) {
            throw reader.wrong("the text should have ended here");
        }
        return value;
    }

    private JsonValue value() throws JsonException {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new JsonValue.Text(at, string());
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw wrong("a value must start here");
        };
    }

    private JsonValue object() throws JsonException {
        int start = enter();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        skipSpace();
        while (peek() != '}') {
            if (!members.isEmpty()) {
                expect(',');
                skipSpace();
            }
            int keyStart = at;
            if (peek() != '"') {
                throw wrong("a key in quotes must start here");
            }
            String key = string();
            skipSpace();
            expect(':');
            if (members.put(key, value()) != null) {
                throw new JsonException(keyStart, "the key \"" + key + "\" comes twice");
            }
            skipSpace();
        }
        leave();
        return new JsonValue.Members(start, members);
    }

    private JsonValue array() throws JsonException {
        int start = enter();
        DoubleStream.Builder numbers = DoubleStream.builder();
        List<JsonValue> items = null;
        int count = 0;
        skipSpace();
        while (peek() != ']') {
            if (count++ > 0) {
                expect(',');
            }
            JsonValue value = value();
            if (items == null && value instanceof JsonValue.Numeral(int offset, double number)) {
                numbers.add(number);
            } else {
                if (items == null) {
                    items = unpacked(start, numbers);
                }
                items.add(value);
            }
            skipSpace();
        }
        leave();
        return items == null
                ? new JsonValue.Numbers(start, numbers.build().toArray())
                : new JsonValue.Items(start, items);
    }

    /** The numbers that came before the first other value. */
    private static List<JsonValue> unpacked(int arrayStart, DoubleStream.Builder numbers) {
        List<JsonValue> items = new ArrayList<>();
        numbers.build().forEach(number -> items.add(new JsonValue.Numeral(arrayStart, number)));
        return items;
    }

    private int enter() throws JsonException {
        if (++depth > MAX_DEPTH) {
            throw wrong("nested more than " + MAX_DEPTH + " deep");
        }
        return at++;
    }

    private void leave() {
        at++;
        depth--;
    }

    private JsonValue word(String word) throws JsonException {
        int start = at;
        if (!startsWith(word.getBytes(StandardCharsets.US_ASCII))) {
            throw wrong("a value must start here");
        }
        at += word.length();
        return new JsonValue.Word(start, word);
    }

    private JsonValue number() throws JsonException {
        int start = at;
        accept('-');
        if (!accept('0')) {
            digits();
        }
        if (accept('.')) {
            digits();
        }
        if (accept('e') || accept('E')) {
            if (!accept('+')) {
                accept('-');
            }
            digits();
        }
        String text = new String(json, start, at - start, StandardCharsets.US_ASCII);
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new JsonException(start, "the number is too large for a double");
        }
        return new JsonValue.Numeral(start, value);
    }

    private void digits() throws JsonException {
        int start = at;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw at < json.length ? wrong("a digit must stand here") : ended();
        }
    }

    private String string() throws JsonException {
        at++;
        StringBuilder text = new StringBuilder();
        while (true) {
            int start = at;
            while (peek() != '"' && peek() != '\\') {
                if (peek() >= 0 && peek() < ' ') {
                    throw wrong("a control character in a string must be escaped");
                }
                at++;
            }
            text.append(decoded(start));
            if (accept('"')) {
                return text.toString();
            }
            text.append(escaped());
        }
    }

    /** The characters from {@code start} to here. */
    private String decoded(int start) throws JsonException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json, start, at - start)).toString();
        } catch (CharacterCodingException e) {
            throw new JsonException(start, "the string that goes on here is not UTF-8");
        }
    }

    private char escaped() throws JsonException {
        at++;
        char escape = (char) peek();
        at++;
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw new JsonException(at - 2, "no such escape");
        };
    }

    private char unicode() throws JsonException {
        int unit = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw wrong("\\u needs four hexadecimal digits");
            }
            unit = 16 * unit + digit;
        }
        return (char) unit;
    }

    private void skipSpace() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }

    private void expect(char c) throws JsonException {
        if (peek() != c) {
            throw wrong("'" + c + "' must stand here");
        }
        at++;
    }

    private boolean accept(char c) {
        if (at < json.length && json[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean startsWith(byte[] bytes) {
        return at + bytes.length <= json.length
                && Arrays.equals(json, at, at + bytes.length, bytes, 0, bytes.length);
    }

    /** The byte here, negative if it is not ASCII. */
    private byte peek() throws JsonException {
        if (at >= json.length) {
            throw ended();
        }
        return json[at];
    }

    private JsonException ended() {
        return new JsonException(json.length, json.length == 0 ? "the text is empty" : "the text ends too early");
    }

    private JsonException wrong(String problem) {
        return new JsonException(at, "not JSON: " + problem);
    }
}
