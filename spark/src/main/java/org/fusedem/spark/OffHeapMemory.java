package org.fusedem.spark;

import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.fusedem.points.ElementType;

/** How much memory off the heap a fit takes of an executor, and how much Spark leaves it. */
public final class OffHeapMemory {
    private static final double MEBIBYTE = 1 << 20;

    private OffHeapMemory() {}

    /**
     * What the columns of one partition take: 8 bytes for each number, and a little to align them.
     *
     * @param rows of the partition
     * @param features of a row
     * @param weighted whether there is a column of weights too
     */
    public static long bytes(long rows, int features, boolean weighted) {
        return Math.multiplyExact(ElementType.FLOAT64.strideBytes(rows), (weighted ? features + 1L : features));
    }

    /**
     * What a cluster manager leaves an executor beside its heap, in bytes: {@code spark.executor.memoryOverhead}, or
     * what Spark takes where that is not set.
     */
    static long allowance(SparkConf conf) {
        if (conf.contains("spark.executor.memoryOverhead")) {
            return conf.getSizeAsMb("spark.executor.memoryOverhead", "0m") << 20;
        }
        long least = conf.getSizeAsMb("spark.executor.minMemoryOverhead", "384m") << 20;
        double factor = conf.getDouble("spark.executor.memoryOverheadFactor", 0.1);
        return Math.max(least, (long) (factor * (conf.getSizeAsMb("spark.executor.memory", "1g") << 20)));
    }

    /** Whether what lies off the heap of some executor is more than Spark leaves it. */
    static boolean exceeds(Map<String, Long> bytesByExecutor, SparkConf conf) {
        return bytesByExecutor.values().stream().anyMatch(bytes -> bytes > allowance(conf));
    }

    /** One sentence for the log. */
    static String report(long points, int features, int partitions, Map<String, Long> bytesByExecutor, Storage storage,
            SparkConf conf) {
        long all = bytesByExecutor.values().stream().mapToLong(Long::longValue).sum();
        long most = bytesByExecutor.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return String.format(Locale.ROOT, "%,d points of %d features, in %d partitions on %d executors, take %.1f MiB %s,"
                + " at most %.1f MiB on one executor; %.1f MiB is what Spark leaves an executor beside its heap"
                + " (spark.executor.memoryOverhead)", points, features, partitions, bytesByExecutor.size(),
                all / MEBIBYTE, storage == Storage.MEMORY ? "off the heap" : "in mapped files", most / MEBIBYTE,
                allowance(conf) / MEBIBYTE);
    }
}
