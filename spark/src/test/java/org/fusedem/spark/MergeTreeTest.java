package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTreeTest {
    private final JavaSparkContext context = JavaSparkContext.fromSparkContext(LocalSession.get().sparkContext());

    /** Words in a row: they show in which order they were merged. */
    private static final class Words implements Merging<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String read(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public String merge(String first, String second) {
            return first + " " + second;
        }

        @Override
        public byte[] write(String whole) {
            return whole.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A word of each partition but those that {@code each} does not divide. */
    private JavaRDD<byte[]> words(int partitions, int each) {
        return context.parallelize(IntStream.range(0, partitions).boxed().toList(), partitions)
                .filter(n -> n % each == 0).map(n -> Integer.toString(n).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "7, 1", "7, 2", "40, 1", "40, 2", "40, 3", "41, 4"})
    void mergesInTheOrderOfPartitions(int partitions, int depth) {
        String expected = IntStream.range(0, partitions).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        assertEquals(expected, MergeTree.merge(words(partitions, 1), depth, new Words()));
    }

    @Test
    void leavesOutWhatIsEmpty() {
        assertEquals("0 13 26 39", MergeTree.merge(words(40, 13), 3, new Words()));
        assertNull(MergeTree.merge(words(40, 1).filter(word -> false), 3, new Words()));
    }

    @Test
    void neighboursComeTogether() {
        List<String> groups = MergeTree.regroup(words(10, 1), 3, group -> {
            StringBuilder joined = new StringBuilder();
            group.forEachRemaining(word -> joined.append(new String(word, StandardCharsets.UTF_8)));
            return List.of(joined.toString().getBytes(StandardCharsets.UTF_8)).iterator();
        }).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).collect();
        assertEquals(List.of("0123", "456", "789"), groups);
    }
}
