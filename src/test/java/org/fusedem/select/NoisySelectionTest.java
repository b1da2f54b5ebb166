package org.fusedem.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Noise;
import org.fusedem.model.NoisyMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Selection where all cells have noise. */
class NoisySelectionTest {
    private static final FitOptions FIT = FitOptions.components(1).withNoise(Noise.ofBoundingBox()).withRestarts(10);

    /** Two unit clusters, ten apart, and a tenth of outliers in a square 100 wide. */
    private static double[][] rows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[440][2];
        for (int n = 0; n < rows.length; n++) {
            boolean outlier = n >= 400;
            rows[n][0] = outlier ? random.nextDouble(-50, 50) : random.nextGaussian() + (n % 2 == 0 ? -5 : 5);
            rows[n][1] = outlier ? random.nextDouble(-50, 50) : random.nextGaussian();
        }
        return rows;
    }

    /** With noise each finds the clusters that there are; without it some component has to take the outliers. */
    @ParameterizedTest
    @EnumSource
    void criteriaFindTheClusters(Criterion criterion) {
        for (long seed = 0; seed < 3; seed++) {
            try (Points points = Points.ofRows(rows(seed))) {
                SelectOptions options = SelectOptions.components(1, 4).withCovariances(Covariance.SPHERICAL)
                        .withCriterion(criterion).withFit(FIT);
                int found = Selector.select(points, options).best().orElseThrow().components();
                // Those that ask for prediction alone do not mind one too many.
                boolean predicts = criterion == Criterion.AIC || criterion == Criterion.CROSS_VALIDATION;
                assertTrue(found == 2 || predicts && found > 2, criterion + " found " + found);
                int without = Selector.select(points, options.withFit(FIT.withNoise(null))).best().orElseThrow()
                        .components();
                assertTrue(without > 2, criterion + " found " + without);
            }
        }
    }

    /** Noise is one more class to be unsure of, and its weight one more parameter. */
    @Test
    void numbersAreThoseOfTheMixtureWithNoise() {
        double[][] rows = rows(5);
        try (Points points = Points.ofRows(rows)) {
            Selection selection = Selector.select(points,
                    SelectOptions.components(2, 2).withCovariances(Covariance.FULL).withFit(FIT).withFolds(4));
            Cell.Fitted cell = assertInstanceOf(Cell.Fitted.class, selection.cells().getFirst());
            NoisyMixture model = cell.result().noisyModel();
            double entropy = 0;
            double logLikelihood = 0;
            for (double[] row : rows) {
                for (double r : model.responsibilities(row)) {
                    entropy -= r > 0 ? r * Math.log(r) : 0;
                }
                logLikelihood += model.logDensity(row);
            }
            assertEquals(entropy, cell.entropy(), 1e-10);
            assertEquals(1 + 4 + 6 + 1, cell.parameterCount());
            assertEquals(-2 * logLikelihood + 12 * Math.log(rows.length), cell.bic(), 1e-9 * Math.abs(logLikelihood));
            // Without noise an outlier of the held-out fold would cost hundreds of nats.
            assertEquals(logLikelihood / rows.length, cell.heldOut().meanLogLikelihood(), 0.2);
        }
    }
}
