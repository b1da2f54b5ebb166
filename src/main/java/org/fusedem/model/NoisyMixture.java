package org.fusedem.model;

import org.fusedem.em.Elbo;
import org.fusedem.points.Points;

/**
 * A Gaussian mixture beside uniform noise, such as outliers are:
 *
 * <pre>
 * p(x) = noiseWeight / V + (1 - noiseWeight) sum_k weight_k N(x | mean_k, Sigma_k)
 * </pre>
 *
 * (Banfield and Raftery, Model-based Gaussian and non-Gaussian clustering, Biometrics 49, 1993.) The noise has the same
 * density everywhere. So p is a density on the region of volume V that is meant, and the tails of the components beyond
 * it; at a point far outside it says how the noise would take that too.
 *
 * <p>Immutable and thread-safe. A point costs {@code O(K D)}, or {@code O(K D^2)} for tied and full covariances, in
 * plain loops.
 *
 * @param mixture the Gaussian components, whose weights sum to one
 * @param noiseWeight the noise's weight, from 0 to 1
 * @param logVolume log V, in the data's units
 */
public record NoisyMixture(GaussianMixture mixture, double noiseWeight, double logVolume) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the weight is not from 0 to 1, or the volume's logarithm not finite
     */
    public NoisyMixture {
        if (!(noiseWeight >= 0 && noiseWeight <= 1)) {
            throw new IllegalArgumentException("noiseWeight must be from 0 to 1: noiseWeight=" + noiseWeight);
        }
        if (!Double.isFinite(logVolume)) {
            throw new IllegalArgumentException("logVolume must be finite: logVolume=" + logVolume);
        }
    }

    /**
     * The log of weight times density: {@code log(1 - noiseWeight) + log weight_k + log N(x | mean_k, Sigma_k)} for
     * each component, and {@code log noiseWeight - log V} for the noise.
     *
     * @param point D finite coordinates
     * @return K + 1 numbers, the last of them the noise's; minus infinity where the weight is zero
     * @throws IllegalArgumentException if the point has not D coordinates or one is not finite
     */
    public double[] logJoint(double... point) {
        Arguments.checkLength("point", point, mixture.dims());
        Arguments.checkPoint(point, false);
        double[] ofMixture = mixture.logJoint(point);
        double[] logJoint = new double[ofMixture.length + 1];
        for (int k = 0; k < ofMixture.length; k++) {
            logJoint[k] = Math.log1p(-noiseWeight) + ofMixture[k];
        }
        logJoint[ofMixture.length] = logNoise();
        return logJoint;
    }

    private double logNoise() {
        return Math.log(noiseWeight) - logVolume;
    }

    /**
     * {@code log p(x)}.
     *
     * @param point D finite coordinates
     * @throws IllegalArgumentException as {@link #logJoint}
     */
    public double logDensity(double... point) {
        return Elbo.logEvidence(logJoint(point));
    }

    /**
     * The posterior probability of each component, and of the noise.
     *
     * @param point D finite coordinates
     * @return K + 1 numbers with sum one, the last of them the noise's
     * @throws IllegalArgumentException as {@link #logJoint}
     */
    public double[] responsibilities(double... point) {
        return Elbo.posterior(logJoint(point));
    }

    /**
     * The posterior probability that x is noise.
     *
     * @param point D finite coordinates
     * @throws IllegalArgumentException as {@link #logJoint}
     */
    public double noiseProbability(double... point) {
        return responsibilities(point)[mixture.components()];
    }

    /**
     * The most likely component of x, from 0, or K if it is most likely noise; the first, if several tie.
     *
     * @param point D finite coordinates
     * @throws IllegalArgumentException as {@link #logJoint}
     */
    public int predict(double... point) {
        return Elbo.mostLikely(logJoint(point));
    }

    /**
     * {@code sum_n w_n log p(x_n)} over all points, on the calling thread.
     *
     * @throws IllegalArgumentException if the points have not D features, or miss values
     */
    public double logLikelihood(Points points) {
        Arguments.checkDims(points, mixture.dims());
        points.checkComplete("a constant density says nothing of some features alone");
        PointScorer scorer = mixture.pointScorer();
        double[] point = new double[mixture.dims()];
        double[] logJoint = {0, logNoise()};
        double sum = 0;
        for (long n = 0; n < points.size(); n++) {
            points.copyRow(n, point);
            logJoint[0] = Math.log1p(-noiseWeight) + scorer.logDensity(point);
            sum += points.weight(n) * Elbo.logEvidence(logJoint);
        }
        return sum;
    }
}
