package org.fusedem.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void readsWhatItWrites() {
        Shape shape = new Shape(Covariance.FULL, 100_000, 8, 3);
        assertEquals("full:100k:8:3", shape.toString());
        assertEquals(shape, Shape.parse("full:100k:8:3"));
        assertEquals(2_000_000, Shape.parse("diagonal:2M:8:3").points());
        assertEquals(1234, Shape.parse("tied:1234:8:3").points());
        assertThrows(IllegalArgumentException.class, () -> Shape.parse("full:100k:8"));
    }

    @Test
    void countsOperationsByTheRule() {
        assertEquals(1000 * 3 * 8 * 4, Shape.parse("diagonal:1k:4:3").passFlops());
        assertEquals(1000 * 3 * (2 * 4 * 5 + 4 * 4), Shape.parse("full:1k:4:3").passFlops());
    }
}
