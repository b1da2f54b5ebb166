package org.fusedem.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Merges what the partitions have come to, in the order of the partitions. It has the shape of Spark's
 * {@code treeAggregate}, but that merges in whatever order tasks end and blocks arrive, which rounds differently each
 * time.
 */
final class MergeTree {
    private MergeTree() {}

    /**
     * Merges everything.
     *
     * @param parts at most one element in each partition
     * @param depth levels of the tree; with 1 the driver merges all
     * @return null if there is nothing to merge
     */
    static <T> T merge(JavaRDD<byte[]> parts, int depth, Merging<T> merging) {
        return mergeAll(top(parts, depth, merging).collect().iterator(), merging);
    }

    /** The tree but for what the driver would merge. */
    private static <T> JavaRDD<byte[]> top(JavaRDD<byte[]> parts, int depth, Merging<T> merging) {
        int count = parts.getNumPartitions();
        int scale = Math.max(2, (int) Math.ceil(Math.pow(count, 1.0 / depth)));
        JavaRDD<byte[]> level = parts;
        // As treeAggregate: while another level still takes work from the driver.
        while (depth > 1 && count > scale + Math.ceilDiv(count, scale)) {
            int groups = Math.ceilDiv(count, scale);
            level = regroup(level, groups, group -> {
                byte[] merged = mergeToBytes(group, merging);
                return merged == null ? List.<byte[]>of().iterator() : List.of(merged).iterator();
            });
            count = groups;
        }
        return level;
    }

    /** What becomes of a group of partial results, in their order. */
    interface GroupWork extends Serializable {
        Iterator<byte[]> apply(Iterator<byte[]> group);
    }

    /** Brings neighbouring partitions together, in their order, and works on each group in a task of its own. */
    static JavaRDD<byte[]> regroup(JavaRDD<byte[]> parts, int groups, GroupWork work) {
        return parts
                .mapPartitionsWithIndex((index, elements) -> {
                    List<Tuple2<Integer, byte[]>> numbered = new ArrayList<>();
                    elements.forEachRemaining(bytes -> numbered.add(new Tuple2<>(index, bytes)));
                    return numbered.iterator();
                }, true)
                .mapToPair(numbered -> numbered)
                .partitionBy(new Neighbours(parts.getNumPartitions(), groups))
                .mapPartitions(group -> {
                    List<Tuple2<Integer, byte[]>> ordered = new ArrayList<>();
                    group.forEachRemaining(ordered::add);
                    ordered.sort(Comparator.comparing(Tuple2::_1));
                    return work.apply(ordered.stream().map(Tuple2::_2).iterator());
                });
    }

    private static <T> byte[] mergeToBytes(Iterator<byte[]> group, Merging<T> merging) {
        T merged = mergeAll(group, merging);
        return merged == null ? null : merging.write(merged);
    }

    private static <T> T mergeAll(Iterator<byte[]> group, Merging<T> merging) {
        T merged = null;
        while (group.hasNext()) {
            T next = merging.read(group.next());
            merged = merged == null ? next : merging.merge(merged, next);
        }
        return merged;
    }

    /** Sends partitions that are neighbours to one group. */
    private static final class Neighbours extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int parts;
        private final int groups;

        Neighbours(int parts, int groups) {
            this.parts = parts;
            this.groups = groups;
        }

        @Override
        public int numPartitions() {
            return groups;
        }

        @Override
        public int getPartition(Object index) {
            return (int) ((long) (Integer) index * groups / parts);
        }
    }
}
