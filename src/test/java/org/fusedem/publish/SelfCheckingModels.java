package org.fusedem.publish;

import org.fusedem.moments.Covariance;

/**
 * Models that are no mixtures: every number follows from the version, so that a mixture of two versions shows itself.
 */
final class SelfCheckingModels {
    final SharedLayout layout;
    final double[] weights;
    final double[] means;
    final double[] covariances;

    SelfCheckingModels(Covariance covariance, int components, int dims) {
        layout = SharedLayout.of(covariance, components, dims, SharedLayout.DEFAULT_SLOTS);
        weights = new double[components];
        means = new double[components * dims];
        covariances = new double[layout.covarianceLength()];
    }

    /** Makes the model of a version. */
    void make(long version) {
        fill(weights, version, 0);
        fill(means, version, 1);
        fill(covariances, version, 2);
    }

    private static void fill(double[] numbers, long version, int salt) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(version, salt, i);
        }
    }

    /** Whole numbers below 2^53, so that each is exact, and that of one version never that of the next. */
    private static double number(long version, int salt, int index) {
        return (version * 8191 + index * 3L + salt) % (1L << 52);
    }

    /** The first number that is not that of the reader's version, in words; null if all are. */
    static String problem(SharedModelReader reader) {
        String inWeights = problem("weight", reader.weights(), reader.version(), 0);
        String inMeans = problem("mean", reader.means(), reader.version(), 1);
        String inCovariances = problem("covariance", reader.covariances(), reader.version(), 2);
        return inWeights != null ? inWeights : inMeans != null ? inMeans : inCovariances;
    }

    private static String problem(String what, double[] numbers, long version, int salt) {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != number(version, salt, i)) {
                return "torn: version=" + version + ", " + what + " " + i + " is " + numbers[i] + ", not "
                        + number(version, salt, i);
            }
        }
        return null;
    }
}
