package org.fusedem.points;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PointsTest {
    private static final double[][] ROWS = {{1, 2}, {3, 4}, {5, 7}};

    @ParameterizedTest
    @EnumSource
    void holdsRows(ElementType type) {
        try (Points points = Points.ofRows(ROWS, type)) {
            assertEquals(3, points.size());
            assertEquals(2, points.dims());
            assertEquals(type, points.type());
            double[] row = new double[2];
            for (int n = 0; n < ROWS.length; n++) {
                points.copyRow(n, row);
                assertArrayEquals(ROWS[n], row);
                assertEquals(1, points.weight(n));
            }
            assertNull(points.weights());
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsColumns(ElementType type) {
        try (Points points = Points.ofColumns(new double[][] {{1, 3, 5}, {2, 4, 7}}, type)) {
            for (int n = 0; n < ROWS.length; n++) {
                assertEquals(ROWS[n][0], points.get(n, 0));
                assertEquals(ROWS[n][1], points.get(n, 1));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void alignsColumnsToCacheLinesAnOddNumberApart(ElementType type) {
        for (int size : new int[] {1, 7, 8, 9, 512, 1000}) {
            try (Points points = Points.ofRows(new double[size][3], type)) {
                assertEquals(0, points.block().address() % 64);
                assertEquals(1, points.strideBytes() / 64 % 2);
                assertEquals(0, points.strideBytes() % 64);
                for (int i = 0; i < 3; i++) {
                    assertEquals(points.block().address() + i * points.strideBytes(), points.column(i).address());
                    assertEquals((long) size * type.bytes(), points.column(i).byteSize());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void growsBeyondAChunk(ElementType type) {
        int size = 100_000;
        try (PointsBuilder builder = Points.builder(3, type)) {
            for (int n = 0; n < size; n++) {
                builder.addWeighted(n % 5, n, -n, 1);
            }
            try (Points points = builder.build()) {
                assertEquals(size, points.size());
                assertTrue(points.weighted());
                for (int n = 0; n < size; n++) {
                    assertEquals(n, points.get(n, 0));
                    assertEquals(-n, points.get(n, 1));
                    assertEquals(n % 5, points.weight(n));
                }
            }
        }
    }

    @Test
    void buildsNoPointsAtAll() {
        try (PointsBuilder builder = Points.builder(3); Points points = builder.build()) {
            assertEquals(0, points.size());
            assertEquals(3, points.dims());
        }
    }

    @Test
    void refusesWhatIsNotFiniteWithColumnAndRow() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            double[][] rows = {{1, 2}, {3, bad}};
            String hint = Double.isNaN(bad) ? " (NaN can mean missing: see PointsBuilder.allowMissing)" : "";
            String expected = "value not finite" + hint + ": column=1, row=1, value=" + bad;
            assertMessage(expected, () -> Points.ofRows(rows));
            assertMessage(expected, () -> Points.ofColumns(new double[][] {{1, 3}, {2, bad}}, ElementType.FLOAT64));
            assertMessage(expected, () -> Points.view(ElementType.FLOAT64, 2, MemorySegment.ofArray(new double[2]),
                    MemorySegment.ofArray(new double[] {2, bad})));
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void holdsMissingValuesOnRequest(ElementType type) {
        try (PointsBuilder builder = Points.builder(2, type).allowMissing()) {
            builder.add(1, Double.NaN).add(2, 3).addWeighted(4, Double.NaN, Double.NaN);
            assertMessage("value not finite: column=1, row=3, value=Infinity",
                    () -> builder.add(Double.NaN, Double.POSITIVE_INFINITY));
            try (Points points = builder.build()) {
                assertEquals(3, points.missingValues());
                assertEquals(1, points.get(0, 0));
                assertTrue(Double.isNaN(points.get(0, 1)));
                assertEquals(4, points.weight(2));
                assertMessage("value missing: column=1, row=0 (missing values in all: 3); ask",
                        () -> points.checkComplete("ask"));
            }
        }
    }

    @Test
    void completePointsMissNothing() {
        try (Points points = Points.ofIncompleteRows(new double[][] {{1, 2}, {3, 4}})) {
            assertEquals(0, points.missingValues());
            points.checkComplete("ask");
        }
    }

    @Test
    void refusesWhatFloat32CannotHold() {
        assertMessage("value too large (the limit is 1.0E17; rescale the column): column=0, row=0,"
                + " value=1.0E39", () -> Points.ofRows(new double[][] {{1e39}}, ElementType.FLOAT32));
    }

    @Test
    void refusesWhatCannotBeSquared() {
        assertMessage("value too large (the limit is 1.0E152; rescale the column): column=0, row=0, value=-1.0E200",
                () -> Points.ofRows(new double[][] {{-1e200}}));
    }

    @Test
    void refusesRaggedRowsAndColumns() {
        assertMessage("a point must have 2 coordinates: row=1, coordinates=1",
                () -> Points.ofRows(new double[][] {{1, 2}, {3}}));
        assertMessage("columns differ in length: column 0 has 2 values, column 1 has 1",
                () -> Points.ofColumns(new double[][] {{1, 2}, {3}}, ElementType.FLOAT64));
    }

    @Test
    void refusesNegativeAndInfiniteWeights() {
        try (PointsBuilder builder = Points.builder(1)) {
            assertMessage("weight must be finite and not negative: row=0, weight=-1.0", () -> builder.addWeighted(-1, 5));
            assertMessage("weight must be finite and not negative: row=0, weight=Infinity",
                    () -> builder.addWeighted(Double.POSITIVE_INFINITY, 5));
            assertMessage("weight too large (the limit is 1.0E152; scale all weights down): row=0, weight=1.0E200",
                    () -> builder.addWeighted(1e200, 5));
            assertMessage("weight must be finite and not negative: row=0, weight=NaN",
                    () -> builder.addWeighted(Double.NaN, 5));
            assertEquals(0, builder.size());
        }
    }

    @Test
    void refusesAWeightThatTheTypeWouldStoreAsZero() {
        try (PointsBuilder builder = Points.builder(1, ElementType.FLOAT32)) {
            assertMessage("weight too small (FLOAT32 stores it as 0; scale all weights up): row=0, weight=1.0E-46",
                    () -> builder.addWeighted(1e-46, 5));
            builder.addWeighted(0, 5).addWeighted(1e-44, 5);
            try (Points points = builder.build()) {
                assertEquals(2, points.size());
                assertTrue(points.weight(1) > 0);
            }
        }
        Points.builder(1).addWeighted(Double.MIN_VALUE, 5).close();
    }

    @Test
    void namesWhatIsNull() {
        double[] no = null;
        assertNames("type", () -> Points.builder(2, null));
        assertNames("type", () -> Points.ofRows(ROWS, null));
        assertNames("type", () -> Points.ofColumns(ROWS, null));
        assertNames("type", () -> Points.view(null, 1, MemorySegment.ofArray(new double[1])));
        assertNames("row 1", () -> Points.ofRows(new double[][] {{1, 2}, no}));
        assertNames("row 0", () -> Points.ofRows(new double[][] {no, {1, 2}}));
        assertNames("row 1", () -> Points.ofIncompleteRows(new double[][] {{1, 2}, no}));
        assertNames("column 1", () -> Points.ofColumns(new double[][] {{1, 2}, no}, ElementType.FLOAT64));
    }

    private static void assertNames(String message, Executable code) {
        assertEquals(message, assertThrows(NullPointerException.class, code).getMessage());
    }

    @Test
    void refusesAPointWholeOrNotAtAll() {
        try (PointsBuilder builder = Points.builder(2)) {
            builder.add(1, 2);
            assertThrows(IllegalArgumentException.class, () -> builder.add(3, Double.NaN));
            builder.add(5, 6);
            try (Points points = builder.build()) {
                assertEquals(2, points.size());
                assertEquals(5, points.get(1, 0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void viewsTheCallersSegments(ElementType type) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(10L * type.bytes());
            MemorySegment y = arena.allocate(10L * type.bytes());
            MemorySegment w = arena.allocate(10L * type.bytes());
            type.set(x, 3L * type.bytes(), 7);
            type.set(w, 3L * type.bytes(), 0.5);
            Points points = Points.weightedView(type, 10, w, x, y);
            assertEquals(7, points.get(3, 0));
            assertEquals(0.5, points.weight(3));
            assertNull(points.block());
            points.close();
            // The memory is the caller's, and still open.
            assertEquals(7, type.get(x, 3L * type.bytes()));
        }
    }

    @Test
    void viewOfAClosedArenaIsAnIllegalState() {
        Points points;
        try (Arena arena = Arena.ofConfined()) {
            points = Points.view(ElementType.FLOAT64, 2, arena.allocate(16));
        }
        assertThrows(IllegalStateException.class, () -> points.get(0, 0));
    }

    @Test
    void refusesAViewOfTooShortASegment() {
        assertMessage("the segment of column 1 is too short: size=3 of 8 bytes, segment of 23 bytes",
                () -> Points.view(ElementType.FLOAT64, 3, MemorySegment.ofArray(new double[3]),
                        MemorySegment.ofArray(new byte[23])));
    }

    @Test
    void closesOnceAndThenRefuses() {
        Points points = Points.ofRows(ROWS);
        points.close();
        points.close();
        for (Runnable use : new Runnable[] {
            () -> points.get(0, 0), () -> points.weight(0), () -> points.column(0), points::weights, points::block,
        }) {
            assertEquals("these points are closed: use them before close()",
                    assertThrows(IllegalStateException.class, use::run).getMessage());
        }
    }

    @Test
    void builderIsUsedUpByBuild() {
        PointsBuilder builder = Points.builder(1).add(1);
        builder.build().close();
        assertThrows(IllegalStateException.class, () -> builder.add(2));
        assertThrows(IllegalStateException.class, builder::build);
        builder.close();
    }

    @Test
    void checksIndices() {
        try (Points points = Points.ofRows(ROWS)) {
            assertThrows(IndexOutOfBoundsException.class, () -> points.get(3, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> points.get(-1, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> points.get(0, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> points.weight(3));
        }
    }

    /** A mapped file with a hole in it: 2^28 + 9 doubles of which two pages are ever touched on disk. */
    @Test
    void countsBeyondTwoToTheThirtyOneBytes(@TempDir Path folder) throws Exception {
        long size = (1L << 28) + 9;
        Path file = folder.resolve("sparse");
        try (Arena arena = Arena.ofShared();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                        StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            MemorySegment column = channel.map(MapMode.READ_WRITE, 0, size * Double.BYTES, arena);
            column.setAtIndex(ValueLayout.JAVA_DOUBLE, size - 1, 42);
            try (Points points = Points.view(ElementType.FLOAT64, size, column)) {
                assertEquals(size, points.size());
                assertEquals(42, points.get(size - 1, 0));
                assertEquals(0, points.get(1L << 28, 0));
                assertTrue(points.column(0).byteSize() > Integer.MAX_VALUE);
            }
        }
        Files.delete(file);
    }

    @Test
    void layoutCountsInLongs() {
        ColumnLayout layout = ColumnLayout.of(3_000_000_000L, 7, ElementType.FLOAT32);
        assertTrue(layout.strideBytes() >= 12_000_000_000L);
        assertEquals(7 * layout.strideBytes(), layout.totalBytes());
        assertThrows(IllegalArgumentException.class, () -> ColumnLayout.of(Long.MAX_VALUE / 4, 2, ElementType.FLOAT64));
    }

    @Test
    void freesWhatIsForgotten() throws InterruptedException {
        int before = OwnedArena.openCount();
        int forgotten = 50;
        for (int i = 0; i < forgotten; i++) {
            Points.ofRows(ROWS);
        }
        for (int attempt = 0; attempt < 100 && OwnedArena.openCount() > before + 1; attempt++) {
            System.gc();
            Thread.sleep(10);
            Points.ofRows(ROWS).close();
        }
        assertTrue(OwnedArena.openCount() <= before + 1, () -> "still open: " + OwnedArena.openCount());
    }

    private static void assertMessage(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }

    @Test
    void aSliceIsAViewWithItsOwnMissingValues() {
        double no = Double.NaN;
        try (PointsBuilder builder = Points.builder(2).allowMissing()) {
            builder.addWeighted(1, no, 2).addWeighted(2, 3, 4).addWeighted(3, 5, no).addWeighted(4, no, no);
            try (Points points = builder.build()) {
                Points slice = points.slice(1, 2);
                assertEquals(2, slice.size());
                assertEquals(1, slice.missingValues());
                assertEquals(5, slice.get(1, 0));
                assertEquals(no, slice.get(1, 1));
                assertEquals(3, slice.weight(1));
                assertEquals(0, points.slice(1, 1).missingValues());
                assertThrows(IndexOutOfBoundsException.class, () -> points.slice(2, 3));
                slice.close();
                assertEquals(4, points.get(1, 1));
            }
        }
    }

    @Test
    void viewsValuesThatAreMissingOnRequest() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment column = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, Double.NaN, 3);
            assertThrows(IllegalArgumentException.class, () -> Points.view(ElementType.FLOAT64, 3, column));
            assertEquals(1, Points.incompleteView(ElementType.FLOAT64, 3, null, column).missingValues());
            column.setAtIndex(ValueLayout.JAVA_DOUBLE, 1, Double.POSITIVE_INFINITY);
            assertThrows(IllegalArgumentException.class,
                    () -> Points.incompleteView(ElementType.FLOAT64, 3, null, column));
        }
    }
}
