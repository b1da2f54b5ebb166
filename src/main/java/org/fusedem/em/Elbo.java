package org.fusedem.em;

/**
 * The identity that EM rests on, for one observation x and a discrete latent variable z with K values:
 *
 * <pre>
 * log p(x) = ELBO(q) + KL(q || p(z|x))
 * ELBO(q)  = E_q[log p(x, z)] + H(q)
 * </pre>
 *
 * for every distribution q over z (Bishop, Pattern Recognition and Machine Learning, (9.70) to (9.72)). All in nats;
 * {@code 0 log 0 = 0}. Nothing is checked: the arrays of one call must be of one length.
 */
public final class Elbo {
    private Elbo() {}

    /**
     * The evidence lower bound, {@code sum_z q_z (log p(x, z) - log q_z)}.
     *
     * @param q a distribution over z: K non-negative numbers with sum one
     * @param logJoint {@code log p(x, z)} for each z
     */
    public static double of(double[] q, double[] logJoint) {
        double sum = 0;
        for (int z = 0; z < q.length; z++) {
            if (q[z] > 0) {
                sum += q[z] * (logJoint[z] - Math.log(q[z]));
            }
        }
        return sum;
    }

    /**
     * The Kullback-Leibler divergence {@code KL(q || p) = sum_z q_z (log q_z - log p_z)}; infinite where q is positive
     * and p is not.
     */
    public static double divergence(double[] q, double[] p) {
        double sum = 0;
        for (int z = 0; z < q.length; z++) {
            if (q[z] > 0) {
                sum += q[z] * (Math.log(q[z]) - Math.log(p[z]));
            }
        }
        return sum;
    }

    /** The evidence, {@code log p(x) = log sum_z exp(log p(x, z))}, without overflow. */
    public static double logEvidence(double[] logJoint) {
        double max = max(logJoint);
        return max == Double.NEGATIVE_INFINITY ? max : max + Math.log(sumOfExp(logJoint, max));
    }

    /**
     * The posterior, {@code p(z|x) = p(x, z) / p(x)}; its sum is one to rounding, however small the evidence. At least
     * one of the K values must be finite.
     */
    public static double[] posterior(double[] logJoint) {
        double[] posterior = new double[logJoint.length];
        posterior(logJoint, posterior);
        return posterior;
    }

    /**
     * The same into an array of the caller's.
     *
     * @param into receives K probabilities; may be the other one
     */
    public static void posterior(double[] logJoint, double[] into) {
        double max = max(logJoint);
        double sum = sumOfExp(logJoint, max);
        for (int z = 0; z < logJoint.length; z++) {
            into[z] = Math.exp(logJoint[z] - max) / sum;
        }
    }

    /** The most likely z, {@code argmax_z p(x, z)}; the first, if several tie. */
    public static int mostLikely(double[] logJoint) {
        int best = 0;
        for (int z = 1; z < logJoint.length; z++) {
            if (logJoint[z] > logJoint[best]) {
                best = z;
            }
        }
        return best;
    }

    private static double max(double[] values) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    private static double sumOfExp(double[] values, double max) {
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - max);
        }
        return sum;
    }
}
