package org.fusedem.benchmarks.report;

/**
 * {@code y = factor x^exponent}, a straight line over logarithmic axes.
 *
 * @param factor at x = 1
 * @param exponent the slope
 */
record PowerLaw(double factor, double exponent) {
    /** The least-squares line through the logarithms of the points from this index on; at least two. */
    static PowerLaw through(double[] x, double[] y, int from) {
        int n = x.length - from;
        double meanX = 0;
        double meanY = 0;
        for (int i = from; i < x.length; i++) {
            meanX += Math.log(x[i]) / n;
            meanY += Math.log(y[i]) / n;
        }
        double covariance = 0;
        double variance = 0;
        for (int i = from; i < x.length; i++) {
            double dx = Math.log(x[i]) - meanX;
            covariance += dx * (Math.log(y[i]) - meanY);
            variance += dx * dx;
        }
        double exponent = covariance / variance;
        return new PowerLaw(Math.exp(meanY - exponent * meanX), exponent);
    }

    double at(double x) {
        return factor * Math.pow(x, exponent);
    }
}
