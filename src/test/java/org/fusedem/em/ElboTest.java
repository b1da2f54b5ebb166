package org.fusedem.em;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;

class ElboTest {
    /** log p(x) = ELBO(q) + KL(q || posterior) for a q that has nothing to do with the posterior. */
    @Property
    void evidenceIsBoundPlusDivergence(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int components) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = simplex(components, random);
        double[] means = random.doubles(2L * components, -3, 3).toArray();
        double[] variances = random.doubles(2L * components, 0.2, 4).toArray();
        GaussianMixture model = GaussianMixture.of(Covariance.DIAGONAL, 2, weights, means, variances);
        double[] x = random.doubles(2, -4, 4).toArray();

        double[] logJoint = model.logJoint(x);
        double[] posterior = model.responsibilities(x);
        double[] q = simplex(components, random);
        double evidence = model.logDensity(x);

        double bound = Elbo.of(q, logJoint);
        double divergence = Elbo.divergence(q, posterior);
        // Each of K terms of either sum carries a few roundings of its logarithms and their product.
        double tolerance = 16 * components * 0x1p-53 * (1 + Math.abs(evidence) + largest(logJoint));
        assertEquals(evidence, bound + divergence, tolerance);
        assertTrue(bound <= evidence + tolerance);
        assertEquals(evidence, Elbo.of(posterior, logJoint), tolerance, "at the posterior the bound touches");
    }

    @Test
    void aComponentWithoutWeightTakesNoPart() {
        double[] logJoint = {-1, Double.NEGATIVE_INFINITY};
        assertEquals(-1, Elbo.logEvidence(logJoint));
        assertEquals(0, Elbo.posterior(logJoint)[1]);
        assertEquals(-1, Elbo.of(new double[] {1, 0}, logJoint));
        assertEquals(Double.POSITIVE_INFINITY, Elbo.divergence(new double[] {0.5, 0.5}, new double[] {1, 0}));
    }

    private static double[] simplex(int size, SplittableRandom random) {
        double[] shares = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            shares[i] = random.nextExponential();
            sum += shares[i];
        }
        for (int i = 0; i < size; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @Test
    void theFirstOfTheMostLikelyCounts() {
        assertEquals(1, Elbo.mostLikely(new double[] {-3, -1, -2, -1}));
        assertEquals(1, Elbo.mostLikely(new double[] {Double.NEGATIVE_INFINITY, -1e300}));
        assertEquals(0, Elbo.mostLikely(new double[] {5}));
    }
}
