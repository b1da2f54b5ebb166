package org.fusedem.model;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fusedem.em.Elbo;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;
import org.fusedem.kernel.Observations;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Passes;
import org.fusedem.kernel.ScalarPointKernel;
import org.fusedem.kernel.Team;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * A mixture of K Gaussians over D features: {@code p(x) = sum_k weight_k N(x | mean_k, Sigma_k)}.
 *
 * <pre>{@code
 * GaussianMixture model = GaussianMixture.of(Covariance.SPHERICAL, 1,
 *         new double[] {0.5, 0.5}, new double[] {-1, 1}, new double[] {1, 1});
 * double logDensity = model.logDensity(0.3);
 * int component = model.predict(0.3); // 1
 * }</pre>
 *
 * <p>{@link KullbackLeibler} compares two mixtures, {@link LogDensityQuantile} finds thresholds for anomalies, and
 * {@link MergeTree} joins components to clusters.
 *
 * <p>Immutable and thread-safe. Arrays that go in or out are copied. All logarithms are natural.
 */
public final class GaussianMixture {
    private final Parameters parameters;
    private final List<String> columns;
    private final boolean missingValues;

    private GaussianMixture(Parameters parameters, List<String> columns, boolean missingValues) {
        this.parameters = parameters;
        this.columns = columns;
        this.missingValues = missingValues;
    }

    /**
     * A mixture of given parameters.
     *
     * @param covariance the shape of the covariances
     * @param dims D
     * @param weights K non-negative weights with sum one (to 1e-6; they are kept as they are)
     * @param means {@code K x D}, by rows
     * @param covariances packed as {@link Covariance} says, each positive definite
     * @throws IllegalArgumentException if lengths do not match, a number is not finite, the weights do not sum to one,
     *     or a covariance is not positive definite
     */
    public static GaussianMixture of(
            Covariance covariance, int dims, double[] weights, double[] means, double[] covariances) {
        if (dims <= 0 || weights.length == 0) {
            throw new IllegalArgumentException(
                    "dims and components must be positive: dims=" + dims + ", components=" + weights.length);
        }
        // Before there is room for them: dims alone say how much that would be.
        Arguments.checkLength("means", means, (long) weights.length * dims);
        Arguments.checkLength("covariances", covariances, covariance.packedLength(weights.length, dims));
        Parameters parameters = new Parameters(covariance, weights.length, dims);
        set(parameters, weights, means, covariances);
        return new GaussianMixture(parameters, defaultColumns(dims), false);
    }

    /** Writes parameters in place, checked as {@link #of} says; those that are refused leave them of no use. */
    static void set(Parameters parameters, double[] weights, double[] means, double[] covariances) {
        Arguments.checkLength("weights", weights, parameters.components());
        Arguments.checkLength("means", means, parameters.means().length);
        Arguments.checkLength("covariances", covariances, parameters.covariances().length);
        Arguments.checkWeights(weights);
        Arguments.checkFinite("means", means);
        Arguments.checkFinite("covariances", covariances);
        System.arraycopy(weights, 0, parameters.weights(), 0, weights.length);
        System.arraycopy(means, 0, parameters.means(), 0, means.length);
        System.arraycopy(covariances, 0, parameters.covariances(), 0, covariances.length);
        int indefinite = parameters.factorize();
        if (indefinite >= 0) {
            throw new IllegalArgumentException("covariance not positive definite: component=" + indefinite);
        }
    }

    private static List<String> defaultColumns(int dims) {
        return IntStream.rangeClosed(1, dims).mapToObj(i -> "x" + i).toList();
    }

    /**
     * The same mixture with names for its features.
     *
     * @param names D names; without this call they are x1, x2, ...
     * @throws IllegalArgumentException if there are not D of them
     */
    public GaussianMixture withColumns(List<String> names) {
        if (names.size() != dims()) {
            throw new IllegalArgumentException("there must be " + dims() + " column names: names=" + names.size());
        }
        return new GaussianMixture(parameters, List.copyOf(names), missingValues);
    }

    /**
     * The same mixture, for points in which NaN means that a value is missing: these are scored by the marginal density
     * of what is observed, {@code p(x_o) = sum_k weight_k N(x_o | mean_k,o, Sigma_k,oo)}. A point of which nothing is
     * observed has density 1, and its responsibilities are the weights. Without this call missing values are refused.
     *
     * <p>Such a point costs {@code O(K D^3)} for full covariances and {@code O(D^3)} for tied ones, unless the one
     * before missed the same features; else the same as others in plain loops.
     */
    public GaussianMixture withMissingValues() {
        return new GaussianMixture(parameters, columns, true);
    }

    /** D, the number of features. */
    public int dims() {
        return parameters.dims();
    }

    /** K, the number of components. */
    public int components() {
        return parameters.components();
    }

    /** The shape of the covariances. */
    public Covariance covariance() {
        return parameters.covariance();
    }

    /** The names of the features. */
    public List<String> columns() {
        return columns;
    }

    /** The K mixing weights. */
    public double[] weights() {
        return parameters.weights().clone();
    }

    /** The mixing weight of a component. */
    public double weight(int component) {
        return parameters.weights()[checkComponent(component)];
    }

    /** The means, {@code K x D} by rows. */
    public double[] means() {
        return parameters.means().clone();
    }

    /** The covariances, packed as {@link Covariance} says. */
    public double[] covariances() {
        return parameters.covariances().clone();
    }

    /** The mean of a component, D numbers. */
    public double[] mean(int component) {
        int from = checkComponent(component) * dims();
        return Arrays.copyOfRange(parameters.means(), from, from + dims());
    }

    /** One coordinate of the mean of a component. */
    public double mean(int component, int feature) {
        return parameters.means()[checkComponent(component) * dims() + Objects.checkIndex(feature, dims())];
    }

    /** The covariance of two features, or the variance of one, within a component. */
    public double covariance(int component, int i, int j) {
        int row = Objects.checkIndex(Math.max(i, j), dims());
        int column = Objects.checkIndex(Math.min(i, j), dims());
        return Packed.element(covariance(), parameters.covariances(), checkComponent(component), dims(), row, column);
    }

    /** The covariance of a component as a full symmetric {@code D x D} matrix, whatever the shape. */
    public double[][] covariance(int component) {
        double[][] matrix = new double[dims()][dims()];
        for (int i = 0; i < dims(); i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = matrix[j][i] = covariance(component, i, j);
            }
        }
        return matrix;
    }

    /**
     * Copies all numbers to where the caller wants them, packed as {@link #of} takes them.
     *
     * @param intoWeights receives K weights
     * @param intoMeans receives {@code K x D} means
     * @param intoCovariances receives the covariances
     * @throws IllegalArgumentException if a length is wrong
     */
    public void copyTo(double[] intoWeights, double[] intoMeans, double[] intoCovariances) {
        copy("weights", parameters.weights(), intoWeights);
        copy("means", parameters.means(), intoMeans);
        copy("covariances", parameters.covariances(), intoCovariances);
    }

    private static void copy(String name, double[] from, double[] into) {
        Arguments.checkLength(name, into, from.length);
        System.arraycopy(from, 0, into, 0, from.length);
    }

    /** The number of free parameters: {@code K - 1} weights, {@code K D} means, and the covariances'. */
    public int parameterCount() {
        return components() - 1 + components() * dims() + parameters.covariances().length;
    }

    /**
     * {@code log weight_k + log N(x | mean_k, Sigma_k)} for each component.
     *
     * @param point D finite coordinates, or NaN where {@link #withMissingValues} allows that
     * @return K numbers, minus infinity where the weight is zero
     * @throws IllegalArgumentException if the point has not D coordinates or one is not finite
     */
    public double[] logJoint(double... point) {
        Arguments.checkLength("point", point, dims());
        Arguments.checkPoint(point, missingValues);
        return new ScalarPointKernel(parameters, missingValues).logJoint(point);
    }

    /**
     * {@code log p(x)}.
     *
     * @param point D finite coordinates, or NaN where {@link #withMissingValues} allows that
     * @throws IllegalArgumentException as {@link #logJoint}
     */
    public double logDensity(double... point) {
        return Elbo.logEvidence(logJoint(point));
    }

    /**
     * The posterior probability of each component given x; K numbers that sum to one.
     *
     * @param point D finite coordinates, or NaN where {@link #withMissingValues} allows that
     * @throws IllegalArgumentException as {@link #logJoint}
     */
    public double[] responsibilities(double... point) {
        return Elbo.posterior(logJoint(point));
    }

    /**
     * The most likely component of x, from 0; the first, if several tie.
     *
     * @param point D finite coordinates, or NaN where {@link #withMissingValues} allows that
     * @throws IllegalArgumentException as {@link #logJoint}
     */
    public int predict(double... point) {
        return Elbo.mostLikely(logJoint(point));
    }

    /**
     * The squared Mahalanobis distance to each component, {@code (x - mean_k)^T Sigma_k^-1 (x - mean_k)}: of a point of
     * that component, chi-squared with D degrees of freedom.
     *
     * @param point D finite coordinates
     * @return K numbers, infinite where that is more than a double holds
     * @throws IllegalArgumentException as {@link #logJoint}
     */
    public double[] squaredMahalanobis(double... point) {
        double[] squared = new double[components()];
        new PointScorer(Kernels.scalar(), parameters, false).squaredMahalanobis(point, squared);
        return squared;
    }

    /**
     * {@code log N(x | mean_k, Sigma_k)} for each component, whatever it weighs.
     *
     * @param point D finite coordinates
     * @return K log-densities
     * @throws IllegalArgumentException as {@link #logJoint}
     */
    public double[] componentLogDensities(double... point) {
        double[] logDensities = new double[components()];
        new PointScorer(Kernels.scalar(), parameters, false).componentLogDensities(point, logDensities);
        return logDensities;
    }

    /**
     * Scores many points; the scorer must be closed before the points are.
     *
     * @throws IllegalArgumentException if the points have not D features, or miss values without
     *     {@link #withMissingValues}
     */
    public Scorer scorer(Points points) {
        checkPoints(points);
        return new Scorer(Kernels.chosen(), parameters, points);
    }

    /**
     * Scores points batch by batch, from arrays, segments or {@link Points}, without garbage; one per thread. Computes
     * in {@link ElementType#FLOAT64}.
     *
     * @param capacity the most points of a batch
     * @throws IllegalArgumentException if the capacity is not positive, or too large for one array of responsibilities
     */
    public BatchScorer batchScorer(int capacity) {
        return batchScorer(ElementType.FLOAT64, capacity);
    }

    /**
     * As {@link #batchScorer(int)}.
     *
     * @param type what to compute in, whatever the points' own type: {@code FLOAT32} is about twice as fast, with some
     *     seven digits
     */
    public BatchScorer batchScorer(ElementType type, int capacity) {
        return new BatchScorer(Kernels.chosen(), parameters, missingValues, type, capacity);
    }

    /** Scores one point at a time without garbage; one per thread. */
    public PointScorer pointScorer() {
        return new PointScorer(Kernels.chosen(), parameters, missingValues);
    }

    /**
     * {@code sum_n w_n log p(x_n)} over all points: one pass, {@code O(n K D)} or {@code O(n K D^2)}, on the calling
     * thread. Points that miss values are copied for that.
     *
     * @throws IllegalArgumentException if the points have not D features, or miss values without
     *     {@link #withMissingValues}
     */
    public double logLikelihood(Points points) {
        checkPoints(points);
        Kernel kernel = Kernels.chosen();
        try (Arena arena = Arena.ofConfined(); Observations observations = Observations.of(points, arena)) {
            Passes passes = new Passes(kernel, observations, covariance(), components(), Team.CALLER, arena);
            return passes.run(Densities.of(kernel, parameters), Assignment.NONE, parameters.shifts())
                    .logLikelihood();
        }
    }

    /**
     * The Bayesian information criterion, {@code -2 logLikelihood + parameterCount log n}; smaller is better (Schwarz
     * 1978).
     *
     * @param logLikelihood of the points under this model
     * @param points the number of points, or the sum of their weights where these say how often each was seen; weights
     *     of any other sum make no sense here, as n is the number of observations
     */
    public double bic(double logLikelihood, double points) {
        return -2 * logLikelihood + parameterCount() * Math.log(points);
    }

    /**
     * Akaike's information criterion, {@code -2 logLikelihood + 2 parameterCount}; smaller is better (Akaike 1974).
     *
     * @param logLikelihood of the points under this model
     */
    public double aic(double logLikelihood) {
        return -2 * logLikelihood + 2 * parameterCount();
    }

    /**
     * Draws points from this mixture: a component by weight, then {@code mean + L z} with standard normal z.
     *
     * @param count how many
     * @param seed the same seed draws the same points
     * @return new points, to be closed by the caller
     * @throws IllegalArgumentException if count is negative, or a point is drawn that points cannot hold: beyond 1e152
     */
    public Points sample(long count, long seed) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative: count=" + count);
        }
        Sampler sampler = sampler(seed);
        double[] point = new double[dims()];
        try (PointsBuilder builder = Points.builder(dims())) {
            for (long n = 0; n < count; n++) {
                sampler.next(point);
                builder.add(point);
            }
            return builder.build();
        }
    }

    /**
     * The log-density below which this mixture itself puts a share of its points: a threshold for anomalies. Estimated
     * from points drawn from it, see {@link LogDensityQuantile}; costs {@code O(sampleSize K D^2)}.
     *
     * @param probability of a point of this mixture to fall below, between 0 and 1
     * @param sampleSize how many points to draw; {@code 100 / probability} of them, 100 below the threshold, place it well
     * @param seed the same seed gives the same threshold
     * @throws IllegalArgumentException if the probability is not between 0 and 1, or the size not positive
     */
    public QuantileEstimate logDensityQuantile(double probability, int sampleSize, long seed) {
        return LogDensityQuantile.ofModel(this, probability, sampleSize, seed);
    }

    /** Draws points one by one: the same ones as {@link #sample} with the same seed. */
    public Sampler sampler(long seed) {
        return new Sampler(parameters, new SplittableRandom(seed));
    }

    /**
     * The mixture of some features alone, all others integrated out; of the same shape. Costs {@code O(K d^3)} for d
     * columns.
     *
     * @param columns from 0, all different, in the order they shall have
     * @throws IllegalArgumentException if there is no column, one is out of range or comes twice
     */
    public GaussianMixture marginal(int... columns) {
        return likewise(Marginals.of(this, columns));
    }

    /**
     * The distribution of all other features, given these: Gaussian mixture regression.
     *
     * @param given columns from 0, all different
     * @throws IllegalArgumentException as {@link ConditionalMixture#of}
     */
    public ConditionalMixture conditional(int... given) {
        return ConditionalMixture.of(this, given, Arguments.others(given, dims()));
    }

    /**
     * This mixture with two of its components made one, which takes the place of the first: the mixture's mean stays
     * the same, and as much of its covariance as the shape can hold (Runnalls 2007). What is lost is, unless
     * covariances are tied, at most the sum over both of weight times {@link KullbackLeibler#ofComponents} to the new
     * one. Costs {@code O(K D^3)}.
     *
     * @throws IndexOutOfBoundsException if there is no such component
     * @throws IllegalArgumentException if both are the same, or so far apart that the new variance is beyond a double
     */
    public GaussianMixture merged(int component, int other) {
        return likewise(ComponentMerge.of(this, component, other));
    }

    @Override
    public String toString() {
        return "GaussianMixture[" + covariance().label() + ", components=" + components() + ", dims=" + dims() + "]";
    }

    /** Not to be written. */
    Parameters parameters() {
        return parameters;
    }

    /** Another mixture, which takes missing values if this does. */
    GaussianMixture likewise(GaussianMixture other) {
        return missingValues ? other.withMissingValues() : other;
    }

    private int checkComponent(int component) {
        return Objects.checkIndex(component, components());
    }

    /** Refuses points of other dims, or that miss values without leave. */
    void checkPoints(Points points) {
        Arguments.checkDims(points, dims());
        if (!missingValues) {
            points.checkComplete("GaussianMixture.withMissingValues() would score what is there");
        }
    }
}
