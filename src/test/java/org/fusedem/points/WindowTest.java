package org.fusedem.points;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WindowTest {
    /** Positive numbers append so many points, negative ones evict. */
    @Property(tries = 300)
    void isAQueueThatDropsItsOldest(
            @ForAll @IntRange(min = 1, max = 40) int capacity,
            @ForAll @IntRange(min = 1, max = 3) int dims,
            @ForAll ElementType type,
            @ForAll @Size(max = 12) List<@IntRange(min = -30, max = 60) Integer> changes,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Deque<double[]> model = new ArrayDeque<>();
        long appended = 0;
        try (Window window = Window.of(dims, capacity, type)) {
            for (int change : changes) {
                for (int n = 0; n < change; n++) {
                    double[] row = random.doubles(dims).map(x -> (float) x).toArray();
                    window.append(row);
                    model.add(row);
                    appended++;
                    if (model.size() > capacity) {
                        model.remove();
                    }
                }
                if (change < 0) {
                    assertEquals(Math.min(-change, model.size()), window.evictOldest(-change));
                    for (int n = 0; n < -change; n++) {
                        model.poll();
                    }
                }
                check(model, window);
                assertEquals(appended, window.appended());
                assertEquals(appended - model.size(), window.evicted());
            }
        }
    }

    private static void check(Deque<double[]> model, Window window) {
        assertEquals(model.size(), window.size());
        double[] row = new double[window.dims()];
        try (Points copy = window.copy()) {
            assertEquals(model.size(), copy.size());
            int n = 0;
            for (double[] expected : model) {
                window.copyRow(n, row);
                assertArrayEquals(expected, row);
                copy.copyRow(n, row);
                assertArrayEquals(expected, row);
                window.slots().copyRow(window.slotOf(window.evicted() + n), row);
                assertArrayEquals(expected, row);
                n++;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNoNumber(ElementType type) {
        try (Window window = Window.of(2, 3, type); Arena arena = Arena.ofConfined()) {
            window.append(1, 2);
            double tooLarge = 2 * type.largestValue();
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, tooLarge}) {
                assertFalse(window.offer(new double[] {3, bad}));
                assertThrows(IllegalArgumentException.class, () -> window.append(3, bad));
                MemorySegment segment = arena.allocate(2L * type.bytes());
                type.set(segment, 0, 3);
                type.set(segment, type.bytes(), bad);
                assertFalse(window.offer(segment, 0));
                assertThrows(IllegalArgumentException.class, () -> window.append(segment, 0));
            }
            assertEquals("value not finite: column=1, row=1, value=Infinity",
                    assertThrows(IllegalArgumentException.class,
                            () -> window.append(3, Double.POSITIVE_INFINITY)).getMessage());
            assertEquals("a point must have 2 coordinates: coordinates=3",
                    assertThrows(IllegalArgumentException.class, () -> window.append(1, 2, 3)).getMessage());
            assertEquals(1, window.size());
            assertEquals(0, window.slots().get(1, 0), "something was written");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsUnalignedMemory(ElementType type) {
        try (Window window = Window.of(2, 2, type); Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(3 + 2L * type.bytes());
            type.set(segment, 3, 1.5);
            type.set(segment, 3 + type.bytes(), -2.5);
            window.append(segment, 3);
            assertEquals(1.5, window.get(0, 0));
            assertEquals(-2.5, window.get(0, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> window.append(segment, 4));
            assertThrows(IndexOutOfBoundsException.class, () -> window.offer(segment, -1));
            assertEquals(1, window.size());
        }
    }

    @Test
    void readsTheHeapToo() {
        try (Window window = Window.of(2, 2)) {
            MemorySegment heap = MemorySegment.ofArray(new double[] {0, 4, 5});
            window.append(heap, ValueLayout.JAVA_DOUBLE.byteSize());
            assertEquals(5, window.get(0, 1));
        }
    }

    @Test
    void refusesImpossibleSizes() {
        assertEquals("dims and capacity must be positive: dims=0, capacity=4",
                assertThrows(IllegalArgumentException.class, () -> Window.of(0, 4)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> Window.of(1, 0));
        assertThrows(IllegalArgumentException.class, () -> Window.of(1000, Long.MAX_VALUE / 8));
        try (Window window = Window.of(1, 4)) {
            assertThrows(IllegalArgumentException.class, () -> window.evictOldest(-1));
            assertThrows(IndexOutOfBoundsException.class, () -> window.get(0, 0));
            window.append(1);
            assertThrows(IndexOutOfBoundsException.class, () -> window.get(1, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> window.get(0, 1));
        }
    }

    @Test
    void isOfNoUseOnceClosed() {
        Window window = Window.of(1, 4);
        window.append(1);
        window.close();
        window.close();
        String sentence = "these points are closed: use them before close()";
        assertEquals(sentence, assertThrows(IllegalStateException.class, () -> window.append(1)).getMessage());
        assertEquals(sentence, assertThrows(IllegalStateException.class, () -> window.get(0, 0)).getMessage());
        assertEquals(sentence, assertThrows(IllegalStateException.class, window::copy).getMessage());
        assertEquals(sentence, assertThrows(IllegalStateException.class,
                () -> window.offer(MemorySegment.ofArray(new double[1]), 0)).getMessage());
        assertTrue(window.toString().startsWith("Window[size=1, capacity=4, dims=1"));
    }
}
