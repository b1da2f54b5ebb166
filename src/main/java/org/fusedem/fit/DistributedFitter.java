package org.fusedem.fit;

import java.util.Arrays;
import org.fusedem.fit.Restarts.Begin;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;
import org.fusedem.kernel.Parameters;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;

/**
 * Fits a mixture to points that this process does not hold: it does the M-steps, and whoever holds the points does the
 * E-steps as a {@link MomentsSource}. Iterations, floors, events, acceleration and tests of convergence are those of
 * {@link Fitter}, and so is the result for the same points, options and start, but for the order in which sums are
 * rounded.
 *
 * <p>Who holds the points first says what they are like ({@link PointsSummary}), and how broad their bulk is, by a sample
 * of a few thousand of them ({@link SamplePlan}); from that comes the {@linkplain FitOptions#regularization floor} of the
 * variances:
 *
 * <pre>{@code
 * PointsSummary all = PointsSummary.of(part1).merge(PointsSummary.of(part2));       // made by two processes
 * double[] scales = SamplePlan.interquartileScales(sample);                         // by a third
 * FitResult result = new DistributedFitter(options, all, scales).fit(source);
 * }</pre>
 *
 * <p>There is one run, from one start. Thread-safe as long as the sources are.
 */
public final class DistributedFitter {
    private final FitOptions options;
    private final PointsSummary all;
    private final FeatureScales scales;

    /**
     * A fitter for certain points.
     *
     * @param options with neither prior, noise nor missing values. Starts other than {@link Start.Given} are not looked
     *     at; nor are restarts, threads and kernel
     * @param all the summary of all points
     * @param interquartileScales those of the sample that {@link SamplePlan} draws from all parts
     * @throws IllegalArgumentException if the options ask for what needs the points themselves; there are fewer points
     *     than components; the start has other dims than the points; or a feature is so large or small that it has to be
     *     rescaled first
     */
    public DistributedFitter(FitOptions options, PointsSummary all, double[] interquartileScales) {
        check(options, all);
        if (interquartileScales.length != all.dims()) {
            throw new IllegalArgumentException("there must be a scale for each feature: dims=" + all.dims()
                    + ", scales=" + interquartileScales.length);
        }
        this.options = options.withRestarts(1);
        this.all = all;
        scales = all.scales(interquartileScales);
        checkScales();
    }

    private static void check(FitOptions options, PointsSummary all) {
        if (options.prior() != null || options.noise() != null || options.missingValues()) {
            throw new IllegalArgumentException("a distributed fit has neither prior, noise nor missing values (leave out"
                    + " withPrior, withNoise and withMissingValues): prior=" + options.prior() + ", noise="
                    + options.noise() + ", missingValues=" + options.missingValues());
        }
        if (all.points() < options.components()) {
            throw new IllegalArgumentException("there must be at least as many points as components: points="
                    + all.points() + ", components=" + options.components());
        }
        if (options.start() instanceof Start.Given(GaussianMixture model) && model.dims() != all.dims()) {
            throw new IllegalArgumentException("points and start differ: points have dims=" + all.dims()
                    + ", the start has dims=" + model.dims());
        }
    }

    private void checkScales() {
        boolean[] extremes = Rescaling.extremes(all.type(), options, scales);
        for (int i = 0; extremes != null && i < extremes.length; i++) {
            if (extremes[i]) {
                throw new IllegalArgumentException("values are too large, or too close together, for their squares to be"
                        + " numbers (rescale the column): column=" + i + ", variance=" + scales.spreads()[i]);
            }
        }
    }

    /**
     * Centres as a mixture under which the most likely component of a point is the nearest centre, every feature being
     * divided by its standard deviation: for {@link MomentsSource#nearest}, and for whoever looks for centres. Half the
     * squared distance of a point is what its log-density under a component falls short of the highest that this has.
     *
     * @param centres any number of them, {@code dims} coordinates each, row after row
     * @throws IllegalArgumentException if there is none, one is cut off, or a number is not finite
     */
    public GaussianMixture nearest(double[] centres) {
        int dims = all.dims();
        if (centres.length == 0 || centres.length % dims != 0) {
            throw new IllegalArgumentException("centres must be rows of dims coordinates: dims=" + dims
                    + ", coordinates=" + centres.length);
        }
        double[] weights = new double[centres.length / dims];
        Arrays.fill(weights, 1.0 / weights.length);
        double[] covariances = new double[centres.length];
        for (int from = 0; from < covariances.length; from += dims) {
            System.arraycopy(scales.variances(), 0, covariances, from, dims);
        }
        return GaussianMixture.of(Covariance.DIAGONAL, dims, weights, centres, covariances);
    }

    /**
     * Fits from the {@linkplain Start.Given given} start of the options.
     *
     * @throws IllegalArgumentException if they have none, parts of it are {@link Fixed} so far from the points that
     *     distances or densities are no numbers, or the source's moments are of another kind or not of all points
     */
    public FitResult fit(MomentsSource source) {
        if (!(options.start() instanceof Start.Given(GaussianMixture model))) {
            throw new IllegalArgumentException("a distributed fit needs a given start, or centres: start="
                    + options.start().getClass().getSimpleName());
        }
        return fit(source, (em, _) -> em.startWith(model.weights(), model.means(), model.covariances()));
    }

    /**
     * Fits from clusters: every point goes to its nearest centre, and the clusters' weights, means and covariances are
     * the start, as that of {@link Start.KMeansPlusPlus} is.
     *
     * @param centres K of them, {@code dims} coordinates each, row after row
     * @throws IllegalArgumentException if there are not so many, one is not finite, the options fix parts of a given
     *     start, which is another, or the source's moments are of another kind or not of all points
     */
    public FitResult fit(MomentsSource source, double[] centres) {
        if (centres.length != (long) options.components() * all.dims()) {
            throw new IllegalArgumentException("there must be a centre for each component: components="
                    + options.components() + ", dims=" + all.dims() + ", coordinates=" + centres.length);
        }
        if (!options.fixed().isEmpty()) {
            throw new IllegalArgumentException("parts can be fixed only as they are in a given start, so fit from that and not"
                    + " from centres: fixed=" + options.fixed());
        }
        Parameters clusters = parameters(nearest(centres));
        return fit(source, (em, _) -> {
            Starter.setBroad(em.parameters(), scales);
            System.arraycopy(centres, 0, em.parameters().means(), 0, centres.length);
            em.startFrom(Densities.of(Kernels.chosen(), clusters), Assignment.HARD, clusters.shifts());
        });
    }

    private static Parameters parameters(GaussianMixture model) {
        Parameters parameters = new Parameters(model.covariance(), model.components(), model.dims());
        model.copyTo(parameters.weights(), parameters.means(), parameters.covariances());
        parameters.factorize();
        return parameters;
    }

    private FitResult fit(MomentsSource source, Begin begin) {
        Kernel kernel = Kernels.chosen();
        GaussianEm em = new GaussianEm(kernel, all.type(), options, scales,
                (densities, assignment, shifts) -> moments(source, densities.parameters(), assignment, shifts));
        Restarts restarts = new Restarts(kernel, options, em, () -> FitDescription.of(all, options));
        restarts.runAll(begin);
        return restarts.result(Fitter.constantFeatures(scales));
    }

    private Moments moments(MomentsSource source, Parameters p, Assignment assignment, double[] shifts) {
        GaussianMixture model = GaussianMixture.of(p.covariance(), p.dims(), p.weights(), p.means(), p.covariances());
        return switch (assignment) {
            case SOFT -> checked(source.posterior(model));
            case HARD -> checked(source.nearest(model));
            case NONE -> {
                Moments none = new Moments(p.covariance(), p.components(), p.dims());
                none.reset(shifts);
                none.count(all.points(), all.totalWeight(), source.logLikelihood(model));
                yield none;
            }
        };
    }

    /** Refuses moments that are not those of all points: of another kind, or with parts of the points lost or double. */
    private Moments checked(Moments moments) {
        if (moments.covariance() != options.covariance() || moments.components() != options.components()
                || moments.dims() != all.dims()) {
            throw new IllegalArgumentException("the source's moments are of another kind than the fit: " + moments
                    + ", asked for " + options.covariance().label() + ", components=" + options.components() + ", dims="
                    + all.dims());
        }
        // Two sums of the same weights differ by a rounding for each of them at most.
        double rounding = 2 * 0x1p-53 * all.points() * all.totalWeight();
        if (!(Math.abs(moments.totalWeight() - all.totalWeight()) <= rounding)) {
            throw new IllegalArgumentException("the source's moments are not of all points, or not once of each: total"
                    + " weight=" + moments.totalWeight() + ", by the summary " + all.totalWeight());
        }
        return moments;
    }
}
