package org.fusedem.moments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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

    @ParameterizedTest
    @EnumSource
    void bytesKeepEveryBit(Covariance covariance) {
        for (double otherShift : new double[] {3, -0.0}) {
            Moments moments = new Moments(covariance, 2, 3);
            moments.reset(new double[] {3, 1, 2, otherShift, 1, 2});
            for (double[] sums : new double[][] {moments.weights(), moments.first(), moments.second()}) {
                Arrays.setAll(sums, i -> 1 / (i + 3.0));
            }
            moments.count(1L << 40, 1e-300, -0.1);
            Moments same = Moments.ofBytes(moments.toBytes());
            assertArrayEquals(moments.shifts(), same.shifts());
            assertEquals(moments.shiftCommon(), same.shiftCommon());
            assertArrayEquals(moments.weights(), same.weights());
            assertArrayEquals(moments.first(), same.first());
            assertArrayEquals(moments.second(), same.second());
            assertEquals(moments.toString(), same.toString());
            assertEquals(moments.totalWeight(), same.totalWeight());
            assertEquals(moments.logLikelihood(), same.logLikelihood());
            same.merge(moments);
        }
    }

    @Test
    void shiftsThatDifferInTheSignOfZeroComeBackFromBytesAsTheyWere() {
        Moments moments = new Moments(Covariance.DIAGONAL, 2, 1);
        moments.reset(new double[] {0.0, -0.0});
        Moments same = Moments.ofBytes(moments.toBytes());
        assertArrayEquals(moments.shifts(), same.shifts());
        same.merge(moments);
        assertFalse(moments.shiftCommon());
    }

    @Test
    void refusesTooFewShifts() {
        Moments moments = filled(1);
        double[] shifts = moments.shifts().clone();
        for (Executable change : new Executable[] {
            () -> moments.reset(new double[1]), () -> moments.rebase(new double[1])
        }) {
            assertEquals("too few shifts for components x dims: components=" + moments.components() + ", dims="
                    + moments.dims() + ", shifts=1", assertThrows(IllegalArgumentException.class, change).getMessage());
            assertArrayEquals(shifts, moments.shifts());
            assertEquals(filled(1).first()[3], moments.first()[3]);
        }
    }

    @Test
    void bytesThatAreNoMomentsAreRefused() {
        byte[] bytes = filled(1).toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IllegalArgumentException.class, () -> Moments.ofBytes(cut));
        }
        // Of the numbers in front every bit matters; none of them may ask for memory that the bytes do not fill.
        for (int bit = 0; bit < 17 * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(IllegalArgumentException.class, () -> Moments.ofBytes(changed));
        }
        assertThrows(IllegalArgumentException.class, () -> Moments.ofBytes(Arrays.copyOf(bytes, bytes.length + 8)));
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

    @Test
    void scaleMultipliesAllSums() {
        Moments a = filled(4);
        a.scale(0.25);
        assertEquals(1, a.weights()[1]);
        assertEquals(1, a.first()[3]);
        assertEquals(1, a.second()[5]);
        assertEquals(2, a.totalWeight());
        assertEquals(3, a.logLikelihood());
        assertEquals(4, a.points());
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals("factor must be finite and not negative: factor=" + wrong,
                    assertThrows(IllegalArgumentException.class, () -> a.scale(wrong)).getMessage());
        }
    }

    /** Whole numbers, so that there is no rounding: around other shifts the moments are those of the definition. */
    @ParameterizedTest
    @EnumSource
    void rebaseIsTheDefinitionAroundOtherShifts(Covariance covariance) {
        double[] before = {1, -2, 3, 0, 5, -6};
        double[] after = {-4, 2, 3, 7, 5, 9};
        Moments moments = defined(covariance, before);
        moments.rebase(after);
        Moments expected = defined(covariance, after);
        assertArrayEquals(expected.weights(), moments.weights());
        assertArrayEquals(expected.first(), moments.first());
        assertArrayEquals(expected.second(), moments.second());
        assertArrayEquals(after, moments.shifts());
        assertFalse(moments.shiftCommon());
        moments.rebase(new double[] {1, 2, 3, 1, 2, 3});
        assertTrue(moments.shiftCommon());
        assertEquals(expected.logLikelihood(), moments.logLikelihood());
    }

    /** The moments of three points under two components, as their definition says. */
    private static Moments defined(Covariance covariance, double[] shifts) {
        double[][] points = {{1, 2, 3}, {-4, 0, 8}, {2, -7, 5}};
        double[][] shares = {{1, 2, 4}, {8, 1, 2}};
        Moments moments = new Moments(covariance, 2, 3);
        moments.reset(shifts);
        for (int k = 0; k < 2; k++) {
            int block = covariance.blockOffset(k, 3);
            for (int n = 0; n < 3; n++) {
                double r = shares[k][n];
                moments.weights()[k] += r;
                int at = 0;
                for (int i = 0; i < 3; i++) {
                    double u = points[n][i] - shifts[3 * k + i];
                    moments.first()[3 * k + i] += r * u;
                    for (int j = 0; j <= i; j++) {
                        double v = points[n][j] - shifts[3 * k + j];
                        switch (covariance) {
                            case SPHERICAL -> moments.second()[block] += i == j ? r * u * v : 0;
                            case DIAGONAL -> moments.second()[block + i] += i == j ? r * u * v : 0;
                            case TIED, FULL -> moments.second()[block + at] += r * u * v;
                        }
                        at++;
                    }
                }
            }
        }
        moments.count(3, 18, -7);
        return moments;
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
