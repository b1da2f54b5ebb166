package org.fusedem.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * Where the points of a batch stand, and how to get at them in double. One of a kind serves batch after batch, so that
 * a batch costs no object. Whoever sets one has checked that all its rows are there.
 */
abstract sealed class Rows {
    /** Copies one coordinate of {@code count} points, from row {@code first} on. */
    abstract void copyColumn(int column, long first, int count, double[] into);

    /** Copies one point. */
    abstract void copyRow(long row, double[] into);

    /** Row after row in an array. */
    static final class OfDoubles extends Rows {
        private final int dims;
        private double[] values;
        private int from;

        OfDoubles(int dims) {
            this.dims = dims;
        }

        OfDoubles set(double[] newValues, int newFrom) {
            values = newValues;
            from = newFrom;
            return this;
        }

        @Override
        void copyColumn(int column, long first, int count, double[] into) {
            double[] source = values;
            int at = from + (int) first * dims + column;
            for (int n = 0; n < count; n++) {
                into[n] = source[at + n * dims];
            }
        }

        @Override
        void copyRow(long row, double[] into) {
            System.arraycopy(values, from + (int) row * dims, into, 0, dims);
        }
    }

    /** The same in 32 bits. */
    static final class OfFloats extends Rows {
        private final int dims;
        private float[] values;
        private int from;

        OfFloats(int dims) {
            this.dims = dims;
        }

        OfFloats set(float[] newValues, int newFrom) {
            values = newValues;
            from = newFrom;
            return this;
        }

        @Override
        void copyColumn(int column, long first, int count, double[] into) {
            float[] source = values;
            int at = from + (int) first * dims + column;
            for (int n = 0; n < count; n++) {
                into[n] = source[at + n * dims];
            }
        }

        @Override
        void copyRow(long row, double[] into) {
            int at = from + (int) row * dims;
            for (int i = 0; i < dims; i++) {
                into[i] = values[at + i];
            }
        }
    }

    /** Anywhere in a segment, at regular distances. */
    static final class OfSegment extends Rows {
        private final int dims;
        private MemorySegment memory;
        private ElementType type;
        private long offset;
        private long pointStride;
        private long columnStride;

        OfSegment(int dims) {
            this.dims = dims;
        }

        OfSegment set(MemorySegment newMemory, ElementType newType, long newOffset, long newPointStride,
                long newColumnStride) {
            memory = newMemory;
            type = newType;
            offset = newOffset;
            pointStride = newPointStride;
            columnStride = newColumnStride;
            return this;
        }

        @Override
        void copyColumn(int column, long first, int count, double[] into) {
            MemorySegment source = memory;
            long at = offset + column * columnStride + first * pointStride;
            long stride = pointStride;
            if (type == ElementType.FLOAT64) {
                for (int n = 0; n < count; n++) {
                    into[n] = source.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + n * stride);
                }
            } else {
                for (int n = 0; n < count; n++) {
                    into[n] = source.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + n * stride);
                }
            }
        }

        @Override
        void copyRow(long row, double[] into) {
            long at = offset + row * pointStride;
            for (int i = 0; i < dims; i++) {
                into[i] = type == ElementType.FLOAT64
                        ? memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + i * columnStride)
                        : memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + i * columnStride);
            }
        }
    }

    /** Columns of their own. */
    static final class OfPoints extends Rows {
        private Points points;
        private long from;

        OfPoints set(Points newPoints, long newFrom) {
            points = newPoints;
            from = newFrom;
            return this;
        }

        @Override
        void copyColumn(int column, long first, int count, double[] into) {
            MemorySegment source = points.column(column);
            if (points.type() == ElementType.FLOAT64) {
                MemorySegment.copy(source, ValueLayout.JAVA_DOUBLE_UNALIGNED, (from + first) * Double.BYTES, into, 0,
                        count);
            } else {
                for (int n = 0; n < count; n++) {
                    into[n] = source.get(ValueLayout.JAVA_FLOAT_UNALIGNED, (from + first + n) * Float.BYTES);
                }
            }
        }

        @Override
        void copyRow(long row, double[] into) {
            points.copyRow(from + row, into);
        }
    }
}
