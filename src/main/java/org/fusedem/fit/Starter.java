package org.fusedem.fit;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.GivenDensities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.LabelledDensities;
import org.fusedem.kernel.Observations;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.RandomDensities;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;

/**
 * Carries out a {@link Start}: leaves a mixture ready for its first E-step. Everything that all restarts can share is
 * made once.
 */
final class Starter implements AutoCloseable {
    /** k-means needs no more points than this, or 32 per component, to see where the clusters are. */
    private static final int LEAST_SAMPLE = 256;

    private static final int SAMPLE_PER_COMPONENT = 32;

    /** Three standard deviations of the bulk, squared: one point in 400 of a Gaussian is farther from its mean. */
    private static final double FEATURE_REACH = 9;

    private final Kernel kernel;
    private final Observations observations;
    private final Points points;
    private final FitOptions options;
    private final FeatureScales scales;
    private final Clustering clustering;

    /** A starter on these points, which may be a sample of those that the scales are of. */
    Starter(Kernel kernel, Observations observations, FitOptions options, FeatureScales scales, Arena arena) {
        this.kernel = kernel;
        this.observations = observations;
        points = observations.points();
        this.options = options;
        this.scales = scales;
        clustering = options.start() instanceof Start.KMeansPlusPlus ? new Clustering(arena) : null;
    }

    /** What k-means++ needs: the points, or a sample of them, and the two parts that work on these. */
    private final class Clustering {
        final Points sample;
        final KMeansPlusPlus seeding;
        final NearestMean centres;

        Clustering(Arena arena) {
            int components = options.components();
            int enough = Math.multiplyExact(SAMPLE_PER_COMPONENT, components);
            sample = Sample.of(observations, scales, enough, Math.max(LEAST_SAMPLE, enough),
                    new SplittableRandom(options.seed()));
            seeding = new KMeansPlusPlus(kernel, sample, scales.variances(), reach(), arena);
            centres = new NearestMean(kernel, components, scales.variances(), reach());
        }

        void run(SplittableRandom random) {
            int[] seeds = seeding.seed(options.components(), random);
            for (int k = 0; k < seeds.length; k++) {
                copyRow(sample, seeds[k], centres.means(), k);
            }
        }
    }

    /** The squared distance, in standard deviations, beyond which a point is noise rather than of any centre. */
    private double reach() {
        return options.noise() == null ? Double.POSITIVE_INFINITY : FEATURE_REACH * points.dims();
    }

    void start(GaussianEm em, SplittableRandom random) {
        setBroad(em.parameters(), scales);
        switch (options.start()) {
            case Start.KMeansPlusPlus() -> kMeansPlusPlus(em, random);
            case Start.RandomPoints() -> randomPoints(em, random);
            case Start.RandomResponsibilities() -> randomResponsibilities(em, random);
            case Start.Given(GaussianMixture model) ->
                em.startWith(model.weights(), model.means(), model.covariances());
            case Start.Responsibilities given -> responsibilities(em, given);
            case Start.Labels given -> labels(em, given, random);
        }
    }

    /** Every component as broad as the data: what a start does not set stays so. */
    static void setBroad(Parameters parameters, FeatureScales scales) {
        int components = parameters.components();
        Arrays.fill(parameters.weights(), 1.0 / components);
        copy(scales.repeatedMeans(components), parameters.means());
        copy(scales.packedVariances(parameters.covariance(), components), parameters.covariances());
        parameters.factorize();
    }

    private void kMeansPlusPlus(GaussianEm em, SplittableRandom random) {
        clustering.run(random);
        NearestMean centres = clustering.centres;
        copy(centres.means(), em.parameters().means());
        em.startFrom(centres.densities(), Assignment.HARD, centres.shifts());
    }

    private void randomPoints(GaussianEm em, SplittableRandom random) {
        long[] rows = Sample.distinct(points, options.components(), random);
        for (int k = 0; k < rows.length; k++) {
            copyRow(points, rows[k], em.parameters().means(), k);
        }
        em.startWith();
    }

    private void randomResponsibilities(GaussianEm em, SplittableRandom random) {
        Parameters all = em.kernelParameters();
        em.startFrom(new RandomDensities(kernel, all, random.nextLong()), Assignment.SOFT, all.shifts());
    }

    private void responsibilities(GaussianEm em, Start.Responsibilities given) {
        Parameters all = em.kernelParameters();
        GivenDensities densities = GivenDensities.of(kernel, all, given.shared(), observations);
        em.startFrom(densities, Assignment.SOFT, all.shifts());
    }

    private void labels(GaussianEm em, Start.Labels given, SplittableRandom random) {
        NearestMean centres = new NearestMean(kernel, options.components(), scales.variances(), reach());
        LabelMeans.set(points, given.shared(), scales.means(), centres.means(), random);
        copy(centres.means(), em.parameters().means());
        LabelledDensities densities = LabelledDensities.of(centres.densities(), given.shared(), observations);
        em.startFrom(densities, Assignment.HARD, centres.shifts());
    }

    /** What the point misses stays. */
    private static void copyRow(Points source, long row, double[] means, int component) {
        for (int i = 0; i < source.dims(); i++) {
            double x = source.get(row, i);
            if (!Double.isNaN(x)) {
                means[component * source.dims() + i] = x;
            }
        }
    }

    private static void copy(double[] source, double[] target) {
        System.arraycopy(source, 0, target, 0, target.length);
    }

    /** Frees the sample. */
    @Override
    public void close() {
        if (clustering != null && clustering.sample != observations.complete()) {
            clustering.sample.close();
        }
    }
}
