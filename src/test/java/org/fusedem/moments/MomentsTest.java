package org.fusedem.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MomentsTest {
    @ParameterizedTest
    @EnumSource
    void packedLengthIsTheNumberOfFreeParameters(Covariance covariance) {
        int expected = switch (covariance) {
            case SPHERICAL -> 3;
            case DIAGONAL -> 3 * 4;
            case TIED -> 10;
            case FULL -> 3 * 10;
        };
        assertEquals(expected, covariance.packedLength(3, 4));
        assertEquals(expected, new Moments(covariance, 3, 4).second().length);
        assertEquals(expected, covariance.blockOffset(2, 4) + covariance.blockLength(4));
        assertEquals(covariance, Covariance.ofLabel(covariance.label()));
    }

    @Test
    void refusesWhatNoArrayCanHold() {
        assertThrows(IllegalArgumentException.class, () -> Covariance.FULL.packedLength(1000, 10_000));
        assertThrows(IllegalArgumentException.class, () -> new Moments(Covariance.SPHERICAL, 100_000, 100_000));
        assertThrows(IllegalArgumentException.class, () -> new Moments(Covariance.FULL, 0, 1));
    }

    @Test
    void refusesUnknownLabels() {
        assertEquals("covariance must be spherical, diagonal, tied or full: covariance=Full",
                assertThrows(IllegalArgumentException.class, () -> Covariance.ofLabel("Full")).getMessage());
    }

    @Test
    void mergeAddsEverything() {
        Moments a = filled(1);
        a.merge(filled(10));
        assertEquals(11, a.weights()[1]);
        assertEquals(11, a.first()[3]);
        assertEquals(11, a.second()[5]);
        assertEquals(11, a.points());
        assertEquals(22, a.totalWeight());
        assertEquals(33, a.logLikelihood());
    }

    @Test
    void mergeRefusesOtherKindsAndShifts() {
        Moments a = filled(1);
        assertThrows(IllegalArgumentException.class, () -> a.merge(new Moments(Covariance.DIAGONAL, 2, 2)));
        Moments shifted = new Moments(Covariance.FULL, 2, 2);
        shifted.reset(new double[] {0, 0, 0, 1});
        assertThrows(IllegalArgumentException.class, () -> a.merge(shifted));
    }

    @Test
    void resetForgets() {
        Moments a = filled(1);
        a.reset(new double[] {5, 6, 7, 8});
        assertEquals(0, a.weights()[0]);
        assertEquals(0, a.first()[3]);
        assertEquals(0, a.second()[5]);
        assertEquals(0, a.points());
        assertEquals(0, a.logLikelihood());
        assertEquals(8, a.shifts()[3]);
    }

    private static Moments filled(int value) {
        Moments moments = new Moments(Covariance.FULL, 2, 2);
        Arrays.fill(moments.weights(), value);
        Arrays.fill(moments.first(), value);
        Arrays.fill(moments.second(), value);
        moments.count(value, 2 * value, 3 * value);
        return moments;
    }
}
