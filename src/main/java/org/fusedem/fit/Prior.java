package org.fusedem.fit;

import java.util.Arrays;
import java.util.function.Consumer;
import org.fusedem.points.ElementType;

/**
 * A conjugate prior on the parameters of a mixture; with it {@link Fitter} finds the most probable parameters instead
 * of the most likely ones (MAP-EM). Immutable; made by {@link #conjugate()}, changed by the {@code with} methods, each
 * of which returns a changed copy and refuses a value out of range with {@link IllegalArgumentException}.
 *
 * <pre>
 * weights              ~ Dirichlet(alpha, ..., alpha)
 * mean_k | Sigma_k     ~ N(m, Sigma_k / kappa)
 * full, tied           Sigma_k ~ inverse Wishart(nu, L)        |Sigma_k|^(-(nu + D + 1) / 2) exp(-tr(Sigma_k^-1 L) / 2)
 * diagonal, spherical  v_ki    ~ inverse gamma(nu/2, l_i/2)    v_ki^(-(nu + 2) / 2) exp(-l_i / (2 v_ki))
 * </pre>
 *
 * The last column is the density, up to a constant; tied covariances have one Sigma, spherical ones one v_k and one l.
 *
 * <p>This prior and its defaults are those of Fraley and Raftery, Bayesian regularization for normal mixture estimation
 * and model-based clustering, Journal of Classification 24, 2007, section 3, and of mclust's {@code priorControl()}: m
 * the mean of the data, kappa 0.01, nu = D + 2, and a scale of the data's variance over {@code K^(2/D)}, which shares
 * the volume of the data among the components: the covariance matrix of all points for full and tied; its average
 * variance for spherical; and for diagonal the variances of the features, where Fraley and Raftery take their average,
 * so that units do not matter. Variances are sums divided by the total weight. Where values are missing, means and
 * variances are those of what is observed, and covariances sums over the points that have both features, divided by the
 * total weight. The weights have no prior of their own: alpha is 1.
 *
 * <p>With weights N_k, means c_k and scatter matrices W_k around them of the points as the E-step shares them out, n
 * their sum, and {@code e_k = c_k - m}, the M-step is
 *
 * <pre>
 * weight_k = (N_k + alpha - 1) / (n + K (alpha - 1))        mean_k = (N_k c_k + kappa m) / (N_k + kappa)
 * B_k      = W_k + kappa N_k / (kappa + N_k) e_k e_k^T
 * full       Sigma_k = (L + B_k)           / (nu + N_k + D + 2)
 * tied       Sigma   = (L + sum_k B_k)     / (nu + n + D + K + 1)
 * diagonal   v_ki    = (l_i + (B_k)_ii)    / (nu + N_k + 3)
 * spherical  v_k     = (l + tr B_k)        / (nu + (N_k + 1) D + 2)
 * </pre>
 *
 * where with kappa 0, so no prior on the means, the denominators are less by 1 (tied: K; spherical: D). That is the
 * mode of the posterior; the {@link FitOptions#regularization variance floor} holds beside it.
 */
public final class Prior {
    /** The default of {@link #shrinkage}. */
    public static final double DEFAULT_SHRINKAGE = 0.01;

    /** The largest count of points, so to speak, that a prior may stand for: no double tells what is beyond the data. */
    private static final double MOST = 1e100;

    // Nothing writes to them once with() has returned.
    private double weightConcentration = 1;
    private double shrinkage = DEFAULT_SHRINKAGE;
    private double degreesOfFreedom = Double.NaN;
    private double[] mean;
    private double[] scale;

    private Prior() {}

    /** The defaults of Fraley and Raftery. */
    public static Prior conjugate() {
        return new Prior();
    }

    private Prior with(Consumer<Prior> change) {
        Prior changed = new Prior();
        changed.weightConcentration = weightConcentration;
        changed.shrinkage = shrinkage;
        changed.degreesOfFreedom = degreesOfFreedom;
        changed.mean = mean;
        changed.scale = scale;
        change.accept(changed);
        return changed;
    }

    /** Another alpha: from 1 (below that the mode may lie where weights are negative) to 1e100. */
    public Prior withWeightConcentration(double changed) {
        checkRange("weightConcentration", changed, 1);
        return with(prior -> prior.weightConcentration = changed);
    }

    /** alpha, of the Dirichlet distribution of the weights: alpha - 1 more points per component. 1 unless changed. */
    public double weightConcentration() {
        return weightConcentration;
    }

    /** Another kappa: from 0, for no prior on the means, to 1e100. */
    public Prior withShrinkage(double changed) {
        checkRange("shrinkage", changed, 0);
        return with(prior -> prior.shrinkage = changed);
    }

    /** kappa: the prior draws each mean towards m as so many points at m would. 0.01 unless changed. */
    public double shrinkage() {
        return shrinkage;
    }

    /** Another nu: from 0 to 1e100. */
    public Prior withDegreesOfFreedom(double changed) {
        checkRange("degreesOfFreedom", changed, 0);
        return with(prior -> prior.degreesOfFreedom = changed);
    }

    /** nu, for points of so many dims: D + 2 unless changed. */
    public double degreesOfFreedom(int dims) {
        return Double.isNaN(degreesOfFreedom) ? dims + 2 : degreesOfFreedom;
    }

    /** Another m: D numbers, copied, in the units of the data, and no larger than the largest that points may have, 1e152. */
    public Prior withMean(double... changed) {
        double[] copy = changed.clone();
        checkFinite("mean", copy);
        for (int i = 0; i < copy.length; i++) {
            if (Math.abs(copy[i]) > ElementType.FLOAT64.largestValue()) {
                throw new IllegalArgumentException("mean too large (the limit is " + ElementType.FLOAT64.largestValue()
                        + "): index=" + i + ", value=" + copy[i]);
            }
        }
        return with(prior -> prior.mean = copy);
    }

    /** m, a copy; null for the mean of the data. */
    public double[] mean() {
        return mean == null ? null : mean.clone();
    }

    /**
     * Another L or l, in the squared units of the data: one block as {@link org.fusedem.moments.Covariance} packs them,
     * so one number for spherical, D for diagonal, the lower triangle by rows for tied and full; copied.
     *
     * @param changed finite; the variances among them not negative. Of which length it must be, and that a matrix must
     *     be positive definite, is checked by the fit
     */
    public Prior withScale(double... changed) {
        double[] copy = changed.clone();
        checkFinite("scale", copy);
        return with(prior -> prior.scale = copy);
    }

    /** L or l, packed, a copy; null for the data's variance over {@code K^(2/D)}. */
    public double[] scale() {
        return scale == null ? null : scale.clone();
    }

    private static void checkRange(String name, double value, int least) {
        if (!(value >= least && value <= MOST)) {
            throw new IllegalArgumentException(
                    name + " must be from " + least + " to " + MOST + ": " + name + "=" + value);
        }
    }

    private static void checkFinite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + " not finite: index=" + i + ", value=" + values[i]);
            }
        }
    }

    @Override
    public String toString() {
        return "Prior[weightConcentration=" + weightConcentration + ", shrinkage=" + shrinkage + ", degreesOfFreedom="
                + (Double.isNaN(degreesOfFreedom) ? "D + 2" : degreesOfFreedom) + ", mean="
                + (mean == null ? "the data's" : Arrays.toString(mean)) + ", scale="
                + (scale == null ? "the data's" : Arrays.toString(scale)) + "]";
    }
}
