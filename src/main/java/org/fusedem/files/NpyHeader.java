package org.fusedem.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header of an array in NumPy's format, versions 1 to 3.
 *
 * @param type of each element
 * @param columnsFirst whether the first index varies fastest in memory (Fortran's order), and not the last (C's)
 * @param shape the lengths, none of them negative; empty for a single value
 * @param bytes where the elements begin
 */
record NpyHeader(NpyType type, boolean columnsFirst, List<Long> shape, int bytes) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** Magic, version, and at most four bytes of length. */
    static final int PREFIX_BYTES = 12;

    /** NumPy itself refuses longer ones by default. */
    static final int MOST_BYTES = 10_000 + PREFIX_BYTES;

    private static final int ALIGNMENT_BYTES = 64;

    /** As NumPy writes it: a literal of a Python dictionary with just these keys, in any order. */
    private static final Pattern ENTRY = Pattern.compile("\\s*(?:'(descr|fortran_order|shape)'|\"(descr|fortran_order|shape)\")"
            + "\\s*:\\s*(True|False|'[^']*'|\"[^\"]*\"|\\([\\d\\sL,]*\\)|\\[)\\s*(,|\\}\\s*$)");

    /** The number of elements; larger than any file if the product is. */
    long elements() {
        long product = 1;
        for (long length : shape) {
            // Any later 0 would make it 0, and nothing else matters then.
            long high = Math.multiplyHigh(product, length);
            product = high != 0 || product * length < 0 ? Long.MAX_VALUE : product * length;
        }
        return shape.contains(0L) ? 0 : product;
    }

    /**
     * Reads a header.
     *
     * @param name for messages
     * @param start the first bytes of the array, at most {@link #MOST_BYTES}; all of them if there are fewer
     */
    static NpyHeader read(String name, byte[] start) throws FileFormatException {
        if (start.length < MAGIC.length || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new FileFormatException(name, 0, "not an array of NumPy");
        }
        if (start.length < PREFIX_BYTES) {
            throw new FileFormatException(name, start.length, "the file is cut off in the header");
        }
        int version = start[6];
        if (version < 1 || version > 3) {
            throw new FileFormatException(name, 6, "the format has version " + version + ", and 1 to 3 are read");
        }
        ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        int begin = version == 1 ? 10 : 12;
        int length = version == 1 ? bytes.getShort(8) & 0xFFFF : bytes.getInt(8);
        if (length < 0 || length > MOST_BYTES - begin) {
            throw new FileFormatException(name, 8, "a header of " + Integer.toUnsignedString(length)
                    + " bytes is longer than any of numbers: the limit is " + (MOST_BYTES - begin));
        }
        if (length > start.length - begin) {
            throw new FileFormatException(name, start.length, "the file is cut off in the header");
        }
        String text = new String(start, begin, length, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        return parse(name, text, begin, begin + length);
    }

    /** How many bytes of header follow these; 0 where {@link #read} will refuse them. */
    static int lengthAfterPrefix(byte[] prefix) {
        if (prefix.length < PREFIX_BYTES) {
            return 0;
        }
        ByteBuffer bytes = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN);
        // Version 1 has two bytes of length, so that two of the header are among these.
        int length = prefix[6] == 1 ? (bytes.getShort(8) & 0xFFFF) - 2 : bytes.getInt(8);
        return length < 0 || length > MOST_BYTES ? 0 : length;
    }

    private static NpyHeader parse(String name, String text, int begin, int end) throws FileFormatException {
        String descr = null;
        Boolean fortran = null;
        List<Long> shape = null;
        Set<String> read = new HashSet<>();
        int at = text.indexOf('{') + 1;
        if (at == 0 || !text.substring(0, at - 1).isBlank()) {
            throw new FileFormatException(name, begin, "the header is no dictionary");
        }
        Matcher entry = ENTRY.matcher(text);
        while (at < text.length() && !text.substring(at).strip().equals("}")) {
            if (!entry.find(at) || entry.start() != at) {
                throw new FileFormatException(name, begin + at,
                        "the header must have the keys 'descr', 'fortran_order' and 'shape', and no other");
            }
            String key = entry.group(1) != null ? entry.group(1) : entry.group(2);
            String value = entry.group(3);
            int offset = begin + entry.start(3);
            if (!read.add(key)) {
                throw new FileFormatException(name, begin + at, "the header has the key '" + key + "' twice");
            }
            switch (key) {
                case "descr" -> descr = value;
                case "fortran_order" -> fortran = truth(name, value, offset);
                default -> shape = shape(name, value, offset);
            }
            at = entry.end();
        }
        if (!text.stripTrailing().endsWith("}")) {
            throw new FileFormatException(name, end, "the header is no dictionary: it does not end with }");
        }
        if (descr == null || fortran == null || shape == null) {
            throw new FileFormatException(
                    name, begin, "the header must have the keys 'descr', 'fortran_order' and 'shape'");
        }
        NpyType type = NpyType.of(descr.substring(1, Math.max(1, descr.length() - 1)));
        if (type == null) {
            throw new FileFormatException(name, begin, "elements of type " + descr
                    + " are not read: save the array with .astype('f8')");
        }
        return new NpyHeader(type, fortran, shape, end);
    }

    private static boolean truth(String name, String value, int offset) throws FileFormatException {
        if (!value.equals("True") && !value.equals("False")) {
            throw new FileFormatException(name, offset, "fortran_order must be True or False, not " + value);
        }
        return value.equals("True");
    }

    private static List<Long> shape(String name, String value, int offset) throws FileFormatException {
        List<Long> shape = new ArrayList<>();
        String inside = value.startsWith("(") ? value.substring(1, value.length() - 1) : "?";
        for (String item : inside.isBlank() ? new String[0] : inside.split(",")) {
            // Python 2 wrote an L behind.
            if (!item.strip().matches("\\d{1,18}L?")) {
                throw new FileFormatException(name, offset, "the shape must be whole numbers in parentheses, not " + value);
            }
            shape.add(Long.parseLong(item.strip().replace("L", "")));
        }
        return List.copyOf(shape);
    }

    /** The header of an array to be written, rows first, version 1, so long that the elements are aligned. */
    static byte[] write(NpyType type, boolean columnsFirst, long... shape) {
        String lengths = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '" + type.descr() + "', 'fortran_order': " + (columnsFirst ? "True" : "False")
                + ", 'shape': (" + lengths + (shape.length == 1 ? "," : "") + "), }";
        int length = Math.ceilDiv(10 + text.length() + 1, ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) ' ');
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).put((byte) 1).put((byte) 0)
                .putShort((short) (length - 10)).put(text.getBytes(StandardCharsets.ISO_8859_1));
        bytes[length - 1] = '\n';
        return bytes;
    }
}
