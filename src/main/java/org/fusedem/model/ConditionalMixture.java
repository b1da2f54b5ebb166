package org.fusedem.model;

import java.util.List;
import org.fusedem.kernel.ComponentKernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.ScalarPointKernel;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/**
 * The distribution of some columns of a mixture given some others: Gaussian mixture regression. Factorises once; then
 * for given values a the mixture over the predicted columns b is
 *
 * <pre>
 * p(b | a)  = sum_k weight_k(a) N(b | mean_k(a), S_k)
 * weight_k(a) = weight_k N(a | mean_ka, Sigma_kaa) / p(a)
 * mean_k(a)   = mean_kb + Sigma_kba Sigma_kaa^-1 (a - mean_ka)
 * S_k         = Sigma_kbb - Sigma_kba Sigma_kaa^-1 Sigma_kab
 * mean        = sum_k weight_k(a) mean_k(a)
 * covariance  = sum_k weight_k(a) (S_k + (mean_k(a) - mean)(mean_k(a) - mean)^T)
 * </pre>
 *
 * (Bishop, Pattern Recognition and Machine Learning, 2.81 and 2.82; Ghahramani and Jordan, Supervised learning from
 * incomplete data via an EM approach, NIPS 1994; Sung, Gaussian mixture regression and classification, Rice University
 * 2004.) It has the shape of the mixture that it comes from.
 *
 * <pre>{@code
 * ConditionalMixture waiting = model.conditional(0); // given the duration of an eruption
 * double[] mean = new double[1];
 * waiting.mean(new double[] {3.6}, mean);
 * }</pre>
 *
 * <p>For A given and B predicted columns making one costs {@code O(K (A + B)^3)}, and the mean for a point
 * {@code O(K A (A + B))}; for spherical and diagonal shapes, {@code O(K (A + B))}. A covariance costs
 * {@code O(K B^2)} more. The methods that write into arrays allocate nothing. Not thread-safe: one per thread.
 *
 * <p>Weights are computed from logarithms: far from all components they still sum to one, and some 10^150 standard
 * deviations away, where all densities count as the same, all components that weigh anything share alike.
 */
public final class ConditionalMixture {
    private final GaussianMixture joint;
    private final int givenDims;
    private final int dims;
    /** Of the given columns. */
    private final Parameters marginal;
    private final ScalarPointKernel marginalKernel;
    private final Regression regression;
    /** Of the predicted columns; weights and means are those of the last point given. */
    private final Parameters conditional;
    private final ComponentKernel conditionalKernel;
    /** From a component's mean to the given point. */
    private final double[] difference;
    private final double[] logDensities;
    private final double[] mean;
    private final double[] covariance;

    private ConditionalMixture(GaussianMixture joint, GaussianMixture given) {
        this.joint = joint;
        givenDims = given.dims();
        dims = joint.dims() - givenDims;
        marginal = given.parameters();
        marginalKernel = new ScalarPointKernel(marginal);
        conditional = new Parameters(joint.covariance(), joint.components(), dims);
        regression = new Regression(joint.parameters(), conditional);
        int indefinite = conditional.factorize();
        if (indefinite >= 0) {
            throw new IllegalArgumentException(
                    "the given columns leave the predicted ones no variance: component=" + indefinite);
        }
        conditionalKernel = new ComponentKernel(conditional);
        difference = new double[givenDims];
        logDensities = new double[joint.components()];
        mean = new double[dims];
        covariance = new double[Covariance.triangle(dims)];
    }

    /**
     * The distribution of the predicted columns given the given ones; all others are integrated out.
     *
     * @param given columns from 0, in the order in which values will be given
     * @param predicted columns from 0, in the order in which they shall come out
     * @throws IllegalArgumentException if either is empty, a column is out of range or comes twice, or covariances are
     *     so close to singular that, to rounding, the given columns leave the predicted ones no variance
     */
    public static ConditionalMixture of(GaussianMixture model, int[] given, int[] predicted) {
        Arguments.checkColumns("given", given, model.dims());
        Arguments.checkColumns("predicted", predicted, model.dims());
        int[] both = new int[given.length + predicted.length];
        System.arraycopy(given, 0, both, 0, given.length);
        System.arraycopy(predicted, 0, both, given.length, predicted.length);
        Arguments.checkColumns("given and predicted", both, model.dims());
        return new ConditionalMixture(model.marginal(both), model.marginal(given));
    }

    /** The number of given columns. */
    public int givenDims() {
        return givenDims;
    }

    /** The number of predicted columns. */
    public int dims() {
        return dims;
    }

    /** K, the number of components. */
    public int components() {
        return joint.components();
    }

    /** The names of the given columns. */
    public List<String> givenColumns() {
        return joint.columns().subList(0, givenDims);
    }

    /** The names of the predicted columns. */
    public List<String> columns() {
        return joint.columns().subList(givenDims, joint.dims());
    }

    /** The covariances S_k of the components, packed as {@link Covariance} says: the same whatever is given. */
    public double[] covariances() {
        return conditional.covariances().clone();
    }

    /**
     * The weights of the components.
     *
     * @param given one finite value per given column
     * @param into receives K numbers, which sum to one
     * @return {@code log p(given)} under the marginal mixture of the given columns
     * @throws IllegalArgumentException if a length is wrong or a value is not finite
     */
    public double weights(double[] given, double[] into) {
        Arguments.checkLength("given", given, givenDims);
        Arguments.checkFinite("given", given);
        Arguments.checkLength("into", into, components());
        return marginalKernel.responsibilities(given, into);
    }

    /**
     * The means of the components.
     *
     * @param given one finite value per given column
     * @param into receives {@code K x dims} numbers, by rows
     * @throws IllegalArgumentException if a length is wrong, a value is not finite, or so far away that a mean is
     *     beyond the range of double
     */
    public void componentMeans(double[] given, double[] into) {
        Arguments.checkLength("into", into, components() * dims);
        condition(given);
        System.arraycopy(conditional.means(), 0, into, 0, into.length);
    }

    /**
     * The mean over all components: of all functions of what is given the one of least squared error.
     *
     * @param given one finite value per given column
     * @param into receives {@code dims} numbers
     * @return {@code log p(given)}; if that is low, the mean is extrapolated
     * @throws IllegalArgumentException as {@link #componentMeans}
     */
    public double mean(double[] given, double[] into) {
        Arguments.checkLength("into", into, dims);
        double logDensity = condition(given);
        mixMeans(into);
        return logDensity;
    }

    /**
     * The mean and the covariance over all components.
     *
     * @param given one finite value per given column
     * @param meanInto receives {@code dims} numbers
     * @param covarianceInto receives the lower triangle by rows, {@code dims (dims + 1) / 2} numbers
     * @return {@code log p(given)}
     * @throws IllegalArgumentException as {@link #componentMeans}, or if a covariance is beyond the range of double
     */
    public double meanAndCovariance(double[] given, double[] meanInto, double[] covarianceInto) {
        Arguments.checkLength("mean", meanInto, dims);
        Arguments.checkLength("covariance", covarianceInto, covariance.length);
        double logDensity = condition(given);
        mixMeans(meanInto);
        for (int i = 0; i < dims; i++) {
            for (int j = 0; j <= i; j++) {
                covarianceInto[LowerTriangle.index(i, j)] = checkRange(mixCovariances(meanInto, i, j));
            }
        }
        return logDensity;
    }

    /**
     * {@code log p(predicted | given)}, so that {@code log p(given) + log p(predicted | given)} is the density of both.
     * At least -1e300.
     *
     * @param given one finite value per given column
     * @param predicted one finite value per predicted column
     * @throws IllegalArgumentException as {@link #componentMeans}
     */
    public double logDensity(double[] given, double[] predicted) {
        Arguments.checkLength("predicted", predicted, dims);
        Arguments.checkFinite("predicted", predicted);
        condition(given);
        conditionalKernel.logDensities(predicted, logDensities);
        return logSumOfProducts(marginalKernel.logJoint(given), logDensities);
    }

    /**
     * The whole conditional mixture, of the same shape as the mixture it comes from. Allocates, and factorises again:
     * {@code O(K dims^3)}.
     *
     * @param given one finite value per given column
     * @throws IllegalArgumentException as {@link #componentMeans}
     */
    public GaussianMixture at(double... given) {
        condition(given);
        return GaussianMixture.of(conditional.covariance(), dims, conditional.weights(), conditional.means(),
                conditional.covariances()).withColumns(columns());
    }

    /**
     * The mean for each of many points.
     *
     * @param given points of the given columns, in their order
     * @return as many points of the predicted columns, with the same weights; to be closed by the caller
     * @throws IllegalArgumentException if the points have not {@link #givenDims} dims, or as {@link #componentMeans}
     */
    public Points means(Points given) {
        return map(given, false);
    }

    /**
     * The mean and the covariance for each of many points.
     *
     * @param given points of the given columns, in their order
     * @return as many points, with the same weights, of {@code dims} means and then the lower triangle of the
     *     covariance by rows, {@code dims (dims + 1) / 2} numbers; to be closed by the caller
     * @throws IllegalArgumentException if the points have not {@link #givenDims} dims, or as {@link #meanAndCovariance}
     */
    public Points meansAndCovariances(Points given) {
        return map(given, true);
    }

    private Points map(Points given, boolean covariances) {
        Arguments.checkDims(given, givenDims);
        given.checkComplete("take the conditional mixture of what is observed");
        double[] from = new double[givenDims];
        double[] into = new double[dims + (covariances ? covariance.length : 0)];
        try (PointsBuilder builder = Points.builder(into.length)) {
            for (long n = 0; n < given.size(); n++) {
                given.copyRow(n, from);
                if (covariances) {
                    meanAndCovariance(from, mean, covariance);
                    System.arraycopy(covariance, 0, into, dims, covariance.length);
                } else {
                    mean(from, mean);
                }
                System.arraycopy(mean, 0, into, 0, dims);
                if (given.weighted()) {
                    builder.addWeighted(given.weight(n), into);
                } else {
                    builder.add(into);
                }
            }
            return builder.build();
        }
    }

    /** Writes the weights and the means of the conditional mixture. */
    private double condition(double[] given) {
        double logDensity = weights(given, conditional.weights());
        for (int k = 0; k < components(); k++) {
            for (int i = 0; i < givenDims; i++) {
                difference[i] = given[i] - marginal.means()[k * givenDims + i];
            }
            for (int i = 0; i < dims; i++) {
                conditional.means()[k * dims + i] =
                        checkRange(joint.mean(k, givenDims + i) + regression.shift(k, i, difference));
            }
        }
        return logDensity;
    }

    private static double checkRange(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "given is so far from the mixture that what it predicts is beyond the range of double");
        }
        return value;
    }

    private void mixMeans(double[] into) {
        for (int i = 0; i < dims; i++) {
            double sum = 0;
            for (int k = 0; k < components(); k++) {
                sum += conditional.weights()[k] * conditional.means()[k * dims + i];
            }
            into[i] = sum;
        }
    }

    private double mixCovariances(double[] center, int i, int j) {
        double sum = 0;
        for (int k = 0; k < components(); k++) {
            double weight = conditional.weights()[k];
            // Zero times what may be infinite is no number.
            if (weight > 0) {
                double between = (conditional.means()[k * dims + i] - center[i])
                        * (conditional.means()[k * dims + j] - center[j]);
                double within =
                        Packed.element(conditional.covariance(), conditional.covariances(), k, dims, i, j);
                sum += weight * (within + between);
            }
        }
        return sum;
    }

    /**
     * {@code log(sum_k exp(a_k + b_k) / sum_k exp(a_k))}, where some a, not all, may be minus infinity. The largest a
     * is subtracted first: it may be so low that the logarithm of the sum would be lost on it.
     */
    private static double logSumOfProducts(double[] a, double[] b) {
        double maxA = Double.NEGATIVE_INFINITY;
        for (double value : a) {
            maxA = Math.max(maxA, value);
        }
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < a.length; k++) {
            max = Math.max(max, a[k] - maxA + b[k]);
        }
        double numerator = 0;
        double denominator = 0;
        for (int k = 0; k < a.length; k++) {
            numerator += Math.exp(a[k] - maxA + b[k] - max);
            denominator += Math.exp(a[k] - maxA);
        }
        return max + (Math.log(numerator) - Math.log(denominator));
    }
}
