package org.fusedem.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.Stream;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NoisyMixtureTest {
    private static final GaussianMixture LINE = GaussianMixture.of(Covariance.FULL, 1, new double[] {0.25, 0.75},
            new double[] {-1, 1}, new double[] {1, 1});

    /** At 0 both components have density exp(-1/2) / sqrt(2 pi). */
    @Test
    void densityByHand() {
        NoisyMixture model = new NoisyMixture(LINE, 0.1, Math.log(20));
        double gaussian = Math.exp(-0.5) / Math.sqrt(2 * Math.PI);
        double density = 0.1 / 20 + 0.9 * gaussian;
        assertEquals(Math.log(density), model.logDensity(0), 1e-15);
        assertArrayEquals(new double[] {0.9 * 0.25 * gaussian / density, 0.9 * 0.75 * gaussian / density,
            0.1 / 20 / density}, model.responsibilities(0), 1e-15);
        assertEquals(0.1 / 20 / density, model.noiseProbability(0), 1e-15);
        assertEquals(1, model.predict(0));
        assertEquals(0, model.predict(-2));
        assertEquals(2, model.predict(9));
        assertEquals(Math.log(0.1 / 20), model.logDensity(1e200), 1e-14);
    }

    @ParameterizedTest
    @EnumSource
    void probabilitiesSumToOneAndShareAsTheMixtureDoes(Covariance shape) {
        GaussianMixture mixture = RandomMixtures.of(shape, 3, 2, 0, 5);
        NoisyMixture model = new NoisyMixture(mixture, 0.2, Math.log(50));
        try (Points points = mixture.sample(50, 6)) {
            double[] point = new double[2];
            for (int n = 0; n < 50; n++) {
                points.copyRow(n, point);
                double[] responsibilities = model.responsibilities(point);
                assertEquals(1, Arrays.stream(responsibilities).sum(), 1e-15);
                double noise = model.noiseProbability(point);
                double[] ofMixture = mixture.responsibilities(point);
                for (int k = 0; k < 3; k++) {
                    assertEquals((1 - noise) * ofMixture[k], responsibilities[k], 1e-14);
                }
            }
        }
    }

    @Test
    void logLikelihoodIsThatOfWeightedPoints() {
        NoisyMixture model = new NoisyMixture(LINE, 0.1, 3);
        try (PointsBuilder builder = Points.builder(1).addWeighted(2, 0.5).addWeighted(0, 7).addWeighted(0.5, -4);
                Points points = builder.build()) {
            assertEquals(2 * model.logDensity(0.5) + 0.5 * model.logDensity(-4), model.logLikelihood(points), 1e-14);
        }
    }

    /** All of the weight on either side is a model too, with no NaN. */
    @Test
    void eitherSideMayHaveAllOfTheWeight() {
        NoisyMixture none = new NoisyMixture(LINE, 0, 1);
        assertEquals(LINE.logDensity(0.3), none.logDensity(0.3), 1e-15);
        assertEquals(0, none.noiseProbability(40));
        NoisyMixture all = new NoisyMixture(LINE, 1, 1);
        assertEquals(-1, all.logDensity(0.3));
        assertEquals(1, all.noiseProbability(0.3));
        assertEquals(2, all.predict(0.3));
    }

    static Stream<Arguments> refused() {
        NoisyMixture model = new NoisyMixture(LINE, 0.1, 3);
        return Stream.of(
                Arguments.of("noiseWeight must be from 0 to 1: noiseWeight=1.5",
                        (Executable) () -> new NoisyMixture(LINE, 1.5, 3)),
                Arguments.of("noiseWeight must be from 0 to 1: noiseWeight=NaN",
                        (Executable) () -> new NoisyMixture(LINE, Double.NaN, 3)),
                Arguments.of("logVolume must be finite: logVolume=-Infinity",
                        (Executable) () -> new NoisyMixture(LINE, 0.1, Double.NEGATIVE_INFINITY)),
                Arguments.of("point must have 1 numbers: length=2", (Executable) () -> model.logDensity(1, 2)),
                Arguments.of("value missing: column=0, row=1 (missing values in all: 1); a constant density says"
                        + " nothing of some features alone", (Executable) () -> {
                            try (Points points = Points.ofIncompleteRows(new double[][] {{1}, {Double.NaN}})) {
                                new NoisyMixture(LINE.withMissingValues(), 0.1, 3).logLikelihood(points);
                            }
                        }),
                Arguments.of("point not finite: index=0, value=NaN",
                        (Executable) () -> new NoisyMixture(LINE.withMissingValues(), 0.1, 3).predict(Double.NaN)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }
}
