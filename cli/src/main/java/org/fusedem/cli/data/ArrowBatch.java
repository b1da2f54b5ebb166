package org.fusedem.cli.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;
import org.apache.arrow.flatbuf.UnionMode;

/**
 * Some rows of an Arrow file.
 *
 * @param length how many
 * @param columns one per column of the schema; null where it holds no numbers
 */
record ArrowBatch(long length, List<Column> columns) {
    /**
     * A column's numbers in these rows, where they stand in the file.
     *
     * @param numbers at least as many as there are rows
     * @param validity a bit per row, set where there is a value; null if all are there
     */
    record Column(ArrowNumber type, MemorySegment numbers, MemorySegment validity) {
        /** A number; NaN where there is none. */
        double get(long row) {
            boolean there = validity == null || (validity.get(ValueLayout.JAVA_BYTE, row >>> 3) >>> (row & 7) & 1) != 0;
            return there ? type.get(numbers, row) : Double.NaN;
        }
    }

    /** Sentences about metadata that cannot be. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String problem) {
            super(problem);
        }
    }

    /** Finds the buffers of each column. */
    static ArrowBatch of(Schema schema, short version, RecordBatch batch, MemorySegment body) throws Malformed {
        if (batch.length() < 0) {
            throw new Malformed("a batch cannot have " + batch.length() + " rows");
        }
        Walk walk = new Walk(version, batch, body);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < schema.fieldsLength(); i++) {
            columns.add(walk.column(schema.fields(i)));
        }
        return new ArrowBatch(batch.length(), columns);
    }

    /** Nodes and buffers stand in the order of the fields, each before its children. */
    private static final class Walk {
        /** Deeper than any real schema, shallow enough for any stack. */
        private static final int MOST_DEPTH = 64;

        private final short version;
        private final RecordBatch batch;
        private final MemorySegment body;
        private int nodes;
        private int buffers;
        private int views;

        Walk(short version, RecordBatch batch, MemorySegment body) {
            this.version = version;
            this.batch = batch;
            this.body = body;
        }

        Column column(Field field) throws Malformed {
            ArrowNumber type = ArrowNumber.of(field);
            if (type == null) {
                skip(field, 0);
                return null;
            }
            FieldNode node = batch.nodes(nodes++);
            if (node.length() != batch.length()) {
                throw new Malformed("column " + Cell.shown(String.valueOf(field.name())) + " has " + node.length()
                        + " rows in a batch of " + batch.length());
            }
            MemorySegment validity = buffer(batch.buffers(buffers++), Math.ceilDiv(batch.length(), 8L), node.nullCount() != 0);
            // All of them are checked here, so that reading need not.
            MemorySegment numbers = buffer(batch.buffers(buffers++), multiply(batch.length(), type.bytes()), true);
            return new Column(type, numbers, node.nullCount() == 0 ? null : validity);
        }

        private static long multiply(long length, int bytes) throws Malformed {
            if (length > Long.MAX_VALUE / bytes) {
                throw new Malformed("a batch cannot have " + length + " rows");
            }
            return length * bytes;
        }

        private MemorySegment buffer(Buffer buffer, long needed, boolean used) throws Malformed {
            long offset = buffer.offset();
            long length = buffer.length();
            if (offset < 0 || length < 0 || length > body.byteSize() || offset > body.byteSize() - length) {
                throw new Malformed("a buffer from " + offset + " of " + length + " bytes is not in a body of "
                        + body.byteSize());
            }
            if (used && length < needed) {
                throw new Malformed("a buffer of " + length + " bytes is too short: " + needed + " are needed");
            }
            return body.asSlice(offset, length);
        }

        private void skip(Field field, int depth) throws Malformed {
            if (depth > MOST_DEPTH) {
                throw new Malformed("the schema is nested too deeply, or without end");
            }
            // Read, so that it must be there: so many fields there can be, and no more.
            batch.nodes(nodes++).length();
            if (field.dictionary() != null) {
                buffers += 2;
                return;
            }
            buffers += buffers(field);
            for (int i = 0; i < field.childrenLength(); i++) {
                skip(field.children(i), depth + 1);
            }
        }

        private int buffers(Field field) throws Malformed {
            return switch (field.typeType()) {
                case Type.Null, Type.RunEndEncoded -> 0;
                case Type.Struct_, Type.FixedSizeList -> 1;
                case Type.Int, Type.FloatingPoint, Type.Bool, Type.Decimal, Type.Date, Type.Time, Type.Timestamp,
                        Type.Interval, Type.Duration, Type.FixedSizeBinary, Type.List, Type.LargeList, Type.Map -> 2;
                case Type.Binary, Type.Utf8, Type.LargeBinary, Type.LargeUtf8, Type.ListView, Type.LargeListView -> 3;
                case Type.BinaryView, Type.Utf8View -> 2 + Math.toIntExact(batch.variadicBufferCounts(views++));
                case Type.Union -> (((Union) field.type(new Union())).mode() == UnionMode.Dense ? 2 : 1)
                        + (version < MetadataVersion.V5 ? 1 : 0);
                default -> throw new Malformed("column " + Cell.shown(String.valueOf(field.name()))
                        + " is of a type that is not known");
            };
        }
    }
}
