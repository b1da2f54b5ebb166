package org.fusedem.fit;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.RandomDensities;
import org.fusedem.kernel.Team;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;

/** Carries out a {@link Start}: leaves a mixture ready for its first E-step. */
final class Starter {
    /** k-means needs no more points than this, or 64 per component, to see where the clusters are. */
    private static final int LEAST_SAMPLE = 2048;

    private static final int SAMPLE_PER_COMPONENT = 64;

    private final Kernel kernel;
    private final Points points;
    private final FitOptions options;
    private final FeatureScales scales;
    private final Team team;

    Starter(Kernel kernel, Points points, FitOptions options, FeatureScales scales, Team team) {
        this.kernel = kernel;
        this.points = points;
        this.options = options;
        this.scales = scales;
        this.team = team;
    }

    void start(GaussianEm em, SplittableRandom random) {
        setBroad(em.parameters());
        switch (options.start()) {
            case Start.KMeansPlusPlus() -> kMeansPlusPlus(em, random);
            case Start.RandomPoints() -> randomPoints(em, random);
            case Start.RandomResponsibilities() -> randomResponsibilities(em, random);
            case Start.Given(GaussianMixture model) -> given(em, model);
        }
    }

    /** Every component as broad as the data: what a start does not set stays so. */
    private void setBroad(Parameters parameters) {
        int components = parameters.components();
        Arrays.fill(parameters.weights(), 1.0 / components);
        copy(scales.repeatedMeans(components), parameters.means());
        copy(scales.packedVariances(parameters.covariance(), components), parameters.covariances());
        parameters.factorize();
    }

    private void kMeansPlusPlus(GaussianEm em, SplittableRandom random) {
        Lloyd lloyd = new Lloyd(kernel, options.components(), scales.variances());
        int most = Math.max(LEAST_SAMPLE, Math.multiplyExact(SAMPLE_PER_COMPONENT, options.components()));
        if (points.size() <= most) {
            cluster(points, lloyd, random);
        } else {
            try (Points sample = Sample.draw(points, most, scales.totalWeight(), random)) {
                cluster(sample, lloyd, random);
            }
        }
        copy(lloyd.means(), em.parameters().means());
        em.startFrom(lloyd.densities(), Assignment.HARD, lloyd.shifts());
    }

    private void cluster(Points sample, Lloyd lloyd, SplittableRandom random) {
        try (Arena arena = Arena.ofConfined()) {
            int components = options.components();
            int[] seeds = new KMeansPlusPlus(kernel, sample, scales.variances(), components, arena)
                    .seed(components, random);
            for (int k = 0; k < components; k++) {
                copyRow(sample, seeds[k], lloyd.means(), k);
            }
        }
        lloyd.run(kernel, sample, team);
    }

    private void randomPoints(GaussianEm em, SplittableRandom random) {
        Set<Long> chosen = new HashSet<>();
        int k = 0;
        while (k < options.components()) {
            long row = random.nextLong(points.size());
            if (chosen.add(row)) {
                copyRow(points, row, em.parameters().means(), k++);
            }
        }
        em.startWith();
    }

    private void randomResponsibilities(GaussianEm em, SplittableRandom random) {
        RandomDensities densities = new RandomDensities(kernel, em.parameters(), random.nextLong());
        em.startFrom(densities, Assignment.SOFT, em.parameters().shifts());
    }

    private static void given(GaussianEm em, GaussianMixture model) {
        copy(model.weights(), em.parameters().weights());
        copy(model.means(), em.parameters().means());
        copy(model.covariances(), em.parameters().covariances());
        em.startWith();
    }

    private static void copyRow(Points source, long row, double[] means, int component) {
        for (int i = 0; i < source.dims(); i++) {
            means[component * source.dims() + i] = source.get(row, i);
        }
    }

    private static void copy(double[] source, double[] target) {
        System.arraycopy(source, 0, target, 0, target.length);
    }
}
