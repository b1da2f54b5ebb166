package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SizeEstimator;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag$;

class PointsBlockTest {
    private static PointsBlock block(boolean weighted) {
        return new BlockLoader(weighted, Storage.MEMORY).load(0, List.of(
                RowFactory.create(Vectors.dense(1, 2), 0.5),
                RowFactory.create(Vectors.dense(9, 9), 0.0),
                RowFactory.create(Vectors.sparse(2, new int[] {1}, new double[] {4}), 2.0))
                .iterator());
    }

    private static PointsBlock throughJava(PointsBlock block) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(block);
        }
        return (PointsBlock) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    private static PointsBlock throughKryo(PointsBlock block) {
        var serializer = new KryoSerializer(new SparkConf()).newInstance();
        var tag = ClassTag$.MODULE$.<PointsBlock>apply(PointsBlock.class);
        return serializer.deserialize(serializer.serialize(block, tag), tag);
    }

    private static void assertSame(Points points) {
        assertEquals(2, points.size());
        assertEquals(0.5, points.weight(0));
        assertEquals(2.0, points.weight(1));
        assertEquals(0, points.get(1, 0));
        assertEquals(4, points.get(1, 1));
    }

    @Test
    void keepsRowsWithWeightInTheirOrder() {
        try (PointsBlock block = block(true)) {
            assertSame(block.points());
            assertEquals(OffHeapMemory.bytes(2, 2, true), block.bytes());
        }
        try (PointsBlock block = block(false)) {
            assertEquals(3, block.points().size());
        }
    }

    @Test
    void travelsByEitherSerializer() throws Exception {
        try (PointsBlock block = block(true); PointsBlock java = throughJava(block); PointsBlock kryo = throughKryo(block)) {
            assertSame(java.points());
            assertSame(kryo.points());
            assertEquals(block.bytes(), kryo.bytes());
        }
        try (PointsBlock empty = new BlockLoader(false, Storage.MEMORY).load(0, List.<Row>of().iterator())) {
            assertTrue(empty.isEmpty());
            assertTrue(throughJava(empty).isEmpty());
            assertTrue(throughKryo(empty).isEmpty());
        }
    }

    @Test
    void isFreedByClose() {
        PointsBlock block = block(false);
        Points points = block.points();
        block.close();
        block.close();
        assertThrows(IllegalStateException.class, () -> points.get(0, 0));
    }

    @Test
    void isSmallToSparksMemoryManager() {
        try (PointsBlock block = block(true)) {
            assertEquals(4096, SizeEstimator.estimate(block));
        }
    }

    @Test
    void estimatesCountEveryNumber() {
        // 1,000,000 rows of 8 features: 61 MiB, and a cache line here and there.
        assertEquals(64_000_000, OffHeapMemory.bytes(1_000_000, 8, false), 8 * 128);
        assertEquals(72_000_000, OffHeapMemory.bytes(1_000_000, 8, true), 9 * 128);
        assertThrows(ArithmeticException.class, () -> OffHeapMemory.bytes(Long.MAX_VALUE, 2, false));
    }

    @Test
    void theAllowanceIsSparks() {
        SparkConf conf = new SparkConf(false);
        assertEquals(384L << 20, OffHeapMemory.allowance(conf));
        assertEquals(819L << 20, OffHeapMemory.allowance(conf.clone().set("spark.executor.memory", "8g")), 1 << 20);
        assertEquals(2L << 30, OffHeapMemory.allowance(conf.clone().set("spark.executor.memoryOverhead", "2g")));
        assertEquals(100L << 20, OffHeapMemory.allowance(conf.clone().set("spark.executor.memoryOverhead", "100")));
        assertTrue(OffHeapMemory.exceeds(Map.of("1", 1L, "2", 385L << 20), conf));
        assertTrue(OffHeapMemory.report(1_000_000, 8, 4, Map.of("1", 32L << 20, "2", 30L << 20), Storage.MEMORY,
                conf).contains("62.0 MiB off the heap, at most 32.0 MiB on one executor; 384.0 MiB"));
    }
}
