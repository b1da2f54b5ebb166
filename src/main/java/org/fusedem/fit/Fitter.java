package org.fusedem.fit;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.fusedem.events.Events;
import org.fusedem.events.FitSpan;
import org.fusedem.fit.FitEvent.Kind;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;
import org.fusedem.kernel.Observations;
import org.fusedem.kernel.Team;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;

/**
 * Fits Gaussian mixtures by expectation-maximisation.
 *
 * <pre>{@code
 * FitResult result = Fitter.fit(points, FitOptions.components(2));
 * double[] weights = result.model().weights();
 * }</pre>
 *
 * <p>Thread-safe. The same points and options give the same result, to the last bit, with any number of threads, as
 * long as the same kernel does the arithmetic: see {@link KernelChoice}.
 */
public final class Fitter {
    private Fitter() {}

    /**
     * Fits a mixture: tries many starts by short EM runs, on a sample of {@code K (1000 + 100 D)} points where there
     * are more, and runs the best few to their end; see {@link FitOptions#restarts}. The run with the highest
     * log-likelihood (with a prior, the highest {@link FitResult#objective objective}) wins (the first of several that
     * differ by less than the tolerance, {@linkplain org.fusedem.em.Convergence#nats in nats}), one in which no component
     * has collapsed or died before any in which one has (a collapsed component's likelihood is no merit).
     *
     * <p>Costs, per iteration, {@code O(n K D)} for spherical and diagonal covariances, {@code O(n K D^2)} for tied and
     * full ones; memory beside the points for some copies of the parameters and a few hundred kilobytes per thread.
     *
     * <p>Where the squares of a column's distances are beyond a double's range, or a float's, the columns are
     * multiplied by powers of two, which rounds nothing, in a copy of the points; the result is that of the points as
     * they are.
     *
     * <p>Points of weight zero are left out, as if they were not there; where there are some, the others are copied,
     * off-heap, for as long as the fit runs. A weight otherwise counts as so many points in one place, and need not be
     * whole.
     *
     * <p>Where values are missing, and {@link FitOptions#missingValues} allows that: points with gaps go through plain
     * loops, not vectors, and each different set of missing features costs another {@code O(K D^3)} per iteration for
     * full covariances, {@code O(D^3)} for tied ones; so up to {@code O(n K D^3)} if each point misses others. While
     * the fit runs it holds a copy of the points, those with gaps in 64 bits.
     *
     * @throws IllegalArgumentException if there are fewer points with weight than components, no point has weight, a
     *     column's values lie so close together that no model could hold their variance (standard deviations below some
     *     1e-150, or 1e-33 for points in 32 bits), a given start or prior is of other points or dims, values are
     *     missing that may not be, a feature has no value at all, parts are {@link Fixed} so far from the points that
     *     distances or densities are no numbers, or {@link Noise} is to fill a bounding box without volume
     * @throws IllegalStateException if the points are closed, or the vector kernel is asked for in a JVM without it
     */
    public static FitResult fit(Points points, FitOptions options) {
        points.checkOpen();
        check(points, options);
        long count = WeightlessPoints.countOthers(points);
        if (count == 0 || count == points.size()) {
            return fitAll(points, options);
        }
        try (Points others = WeightlessPoints.copyOthers(points)) {
            return fitAll(others, options.withStart(WeightlessPoints.ofOthers(points, options.start())));
        }
    }

    private static FitResult fitAll(Points points, FitOptions options) {
        checkCount(points, options);
        FitSpan span = Events.beginFit();
        Kernel kernel = switch (options.kernel()) {
            case SCALAR -> ColdStart.told(Kernels.scalar(), "asked");
            case VECTOR -> ColdStart.told(Kernels.vector(), "asked");
            case AUTOMATIC -> ColdStart.choose(points, options);
        };
        FitResult result = fit(kernel, points, options);
        span.end(points.size(), points.dims(), options.components(), options.covariance().label(), result.kernel(),
                result.iterations(), result.logLikelihood(), result.stopReason().name());
        return result;
    }

    static FitResult fit(Kernel kernel, Points points, FitOptions options) {
        if (options.threads() == 1) {
            return fit(kernel, points, options, Team.CALLER);
        }
        if (options.executor() != null) {
            return fit(kernel, points, options, new Team(options.threads(), options.executor()));
        }
        try (ExecutorService helpers = Executors.newFixedThreadPool(options.threads() - 1)) {
            return fit(kernel, points, options, new Team(options.threads(), helpers));
        }
    }

    private static void check(Points points, FitOptions options) {
        if (!options.missingValues()) {
            points.checkComplete("FitOptions.withMissingValues() would fit what is there");
        }
        switch (options.start()) {
            case Start.KMeansPlusPlus _, Start.RandomPoints _, Start.RandomResponsibilities _ -> { }
            case Start.Given(GaussianMixture model) -> checkSame("dims", points.dims(), model.dims());
            case Start.Responsibilities given -> checkSame("size", points.size(), given.shared().length);
            case Start.Labels given -> checkSame("size", points.size(), given.shared().length);
        }
        if (options.prior() != null) {
            ConjugatePrior.check(options.prior(), options.covariance(), points.dims());
        }
    }

    private static void checkCount(Points points, FitOptions options) {
        if (points.size() < options.components()) {
            throw new IllegalArgumentException("there must be at least as many points as components: points="
                    + points.size() + ", components=" + options.components());
        }
    }

    private static void checkSame(String name, long ofPoints, long ofStart) {
        if (ofPoints != ofStart) {
            throw new IllegalArgumentException("points and start differ: points have " + name + "=" + ofPoints
                    + ", the start has " + name + "=" + ofStart);
        }
    }

    private static FitResult fit(Kernel kernel, Points points, FitOptions options, Team team) {
        // A team's threads all use the scratch; a confined arena is cheaper where there is one.
        try (Arena arena = team == Team.CALLER ? Arena.ofConfined() : Arena.ofShared()) {
            FeatureScales scales = FeatureScales.of(kernel, points, team, arena);
            Rescaling rescaling = Rescaling.of(points, options, scales);
            if (rescaling == null) {
                return fit(kernel, points, options, scales, team, arena);
            }
            try (Points rescaled = rescaling.apply(points)) {
                FeatureScales rescaledScales = FeatureScales.of(kernel, rescaled, team, arena);
                rescaling.checkFloors(points, options, rescaledScales);
                return rescaling.undo(
                        fit(kernel, rescaled, rescaling.apply(options), rescaledScales, team, arena), options);
            }
        }
    }

    /** Takes outliers into account, if the options say that there are some. */
    private static FitResult fit(
            Kernel kernel, Points points, FitOptions options, FeatureScales scales, Team team, Arena arena) {
        return options.noise() == null
                ? fitMixture(kernel, points, options, scales, team, arena)
                : fitMixture(kernel, points, options.withNoise(withVolume(options.noise(), points)), scales.ofBulk(),
                        team, arena);
    }

    private static Noise withVolume(Noise noise, Points points) {
        if (noise.logVolume().isPresent()) {
            return noise;
        }
        double logVolume = 0;
        for (int i = 0; i < points.dims(); i++) {
            double range = FeatureScales.range(points, i);
            if (range == 0) {
                throw new IllegalArgumentException("the bounding box has no volume for the noise, since all values of a"
                        + " column are equal (give one by Noise.ofVolume): column=" + i);
            }
            logVolume += Math.log(range);
        }
        return Noise.ofLogVolume(logVolume).withWeight(noise.weight());
    }

    private static FitResult fitMixture(
            Kernel kernel, Points points, FitOptions options, FeatureScales scales, Team team, Arena arena) {
        try (Observations observations = Observations.of(points, arena)) {
            GaussianEm em = new GaussianEm(kernel, observations, options, scales, team, arena);
            Restarts restarts = new Restarts(kernel, options, em, () -> FitDescription.of(points, options));
            if (options.hasShortRuns()) {
                try (ShortRuns shortRuns = new ShortRuns(kernel, observations, options, scales, em, team, arena)) {
                    restarts.runBest(shortRuns);
                }
            } else {
                try (Starter starter = new Starter(kernel, observations, options, scales, arena)) {
                    restarts.runAll(starter::start);
                }
            }
            return restarts.result(constantFeatures(scales));
        }
    }

    static List<FitEvent> constantFeatures(FeatureScales scales) {
        List<FitEvent> events = new ArrayList<>();
        for (int i = 0; i < scales.constant().length; i++) {
            if (scales.constant()[i]) {
                events.add(new FitEvent(Kind.FEATURE_CONSTANT, i, 0, 0));
            }
        }
        return events;
    }
}
