package org.fusedem.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * Turns the rows of a partition into a block: the features in the first column, the weight, if there is one, in the
 * second. Rows of weight zero are left out.
 *
 * @param weighted whether there are weights
 * @param storage where the columns are to stay
 */
record BlockLoader(boolean weighted, Storage storage) implements Serializable {
    /**
     * Loads one partition.
     *
     * @throws IllegalArgumentException naming the partition where a value is missing or not finite, or a weight negative
     */
    PointsBlock load(int partition, Iterator<Row> rows) {
        long row = 0;
        try (Target target = storage == Storage.MEMORY ? new MemoryTarget() : new FileTarget(weighted)) {
            while (rows.hasNext()) {
                add(rows.next(), target);
                row++;
            }
            return target.build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "partition=" + partition + ", rows read=" + row + ": " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException("no memory off the heap for partition=" + partition + ", which has at least"
                    + " rows=" + row + ": give executors more (spark.executor.memoryOverhead), or set storage to disk", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Row row, Target target) throws IOException {
        double[] point = FeatureColumns.read(row.get(0));
        int notFinite = FeatureColumns.notFinite(point);
        if (notFinite >= 0) {
            throw new IllegalArgumentException("a value is not finite: feature=" + notFinite + ", value="
                    + point[notFinite] + " (fill in or filter such rows)");
        }
        if (!weighted) {
            target.add(1, point);
            return;
        }
        if (row.isNullAt(1)) {
            throw new IllegalArgumentException("a row has no weight: weight=null (fill in or filter such rows)");
        }
        double weight = row.getDouble(1);
        if (weight != 0) {
            target.add(weight, point);
        }
    }

    /** Collects points, and makes a block of them. */
    interface Target extends AutoCloseable {
        void add(double weight, double[] point) throws IOException;

        PointsBlock build() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Off the heap. */
    private final class MemoryTarget implements Target {
        private PointsBuilder builder;
        private int dims;

        @Override
        public void add(double weight, double[] point) {
            if (builder == null) {
                dims = point.length;
                builder = Points.builder(dims);
            }
            if (weighted) {
                builder.addWeighted(weight, point);
            } else {
                builder.add(point);
            }
        }

        @Override
        public PointsBlock build() {
            if (builder == null) {
                return new PointsBlock(null, 0, () -> { });
            }
            Points points = builder.build();
            return new PointsBlock(points, OffHeapMemory.bytes(points.size(), dims, weighted), points);
        }

        @Override
        public void close() {
            if (builder != null) {
                builder.close();
            }
        }
    }
}
