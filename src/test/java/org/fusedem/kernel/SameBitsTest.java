package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same pass gives the same bits, whether its methods are interpreted, compiled, or both in turn. */
class SameBitsTest {
    private static final int POINTS = 1500;
    private static final Kernel KERNEL = new VectorKernel();
    private static final int PASSES = 3000;

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void whileTheCompilerWorks(Covariance shape) {
        for (ElementType type : ElementType.values()) {
            for (double spread : new double[] {2, 1e3}) {
                Parameters parameters = Mixtures.of(shape, 5, 3, 10, spread, 1);
                try (Points points = Points.ofColumns(Mixtures.columns(parameters, POINTS, 2), type);
                        Arena arena = Arena.ofConfined()) {
                    Pass pass = new Pass(KERNEL, points, 5, arena);
                    Moments first = run(pass, parameters);
                    for (int i = 1; i < PASSES; i++) {
                        assertSameBits(first, run(pass, parameters), shape + " " + type + ", pass " + i);
                    }
                }
            }
        }
    }

    private static Moments run(Pass pass, Parameters parameters) {
        Moments moments = new Moments(parameters.covariance(), 5, 3);
        moments.reset(parameters.shifts());
        pass.run(0, POINTS, Densities.of(KERNEL, parameters), Assignment.SOFT, moments);
        return moments;
    }

    private static void assertSameBits(Moments expected, Moments found, String what) {
        assertEquals(expected.logLikelihood(), found.logLikelihood(), what);
        if (!Arrays.equals(expected.first(), found.first()) || !Arrays.equals(expected.second(), found.second())) {
            assertArrayEquals(expected.first(), found.first(), what);
            assertArrayEquals(expected.second(), found.second(), what);
        }
        assertArrayEquals(expected.weights(), found.weights(), what);
    }
}
