package org.fusedem.maximization;

/**
 * What is small, for a feature: the variance of its bulk,
 * {@code min(standard deviation, interquartile range / 1.349)^2} (the scale that Silverman, Density Estimation for
 * Statistics and Data Analysis, 1986, (3.30), takes to be safe for any distribution), and the plain variance where half
 * of the values are equal, so that the range between the quartiles may be 0.
 */
public final class Bulk {
    /** Where there are more points than this, a sample of so many shows the quartiles. */
    public static final int SAMPLE = 4096;

    /** The upper quartile of the standard normal distribution less the lower one. */
    private static final double NORMAL_RANGE = 1.3489795003921634;

    /** A bulk's variance counts as at least this share of the whole's, so that their ratio is no extreme number. */
    private static final double LEAST_SHARE = 1e-200;

    private Bulk() {}

    /**
     * The interquartile range in units of the normal distribution's: for normal values it is the standard deviation. A
     * quartile is the smallest value with a quarter, or three quarters, of all at or below it. Costs {@code O(size)} and
     * allocates nothing.
     *
     * @param values the first {@code size} of which count, and are reordered
     */
    public static double interquartileScale(double[] values, int size) {
        int lower = Math.ceilDiv(size, 4) - 1;
        double quarter = OrderStatistic.select(values, 0, size, lower);
        return interquartileScale(
                OrderStatistic.select(values, lower, size, Math.ceilDiv(3 * size, 4) - 1) - quarter);
    }

    /** The scale for this range between the quartiles. */
    public static double interquartileScale(double range) {
        return range / NORMAL_RANGE;
    }

    /**
     * The bulk's variance.
     *
     * @param variance of all values
     * @param interquartileScale 0 if half of the values are equal
     */
    public static double variance(double variance, double interquartileScale) {
        return interquartileScale > 0
                ? Math.min(variance, Math.max(interquartileScale * interquartileScale, LEAST_SHARE * variance))
                : variance;
    }

    /** In place of zeros, those of constant features, the average of the others; 1 if there are none. */
    public static void replaceZeros(double[] variances) {
        double sum = 0;
        int positive = 0;
        for (double variance : variances) {
            sum += variance;
            positive += variance > 0 ? 1 : 0;
        }
        double average = positive == 0 ? 1 : sum / positive;
        for (int i = 0; i < variances.length; i++) {
            variances[i] = variances[i] > 0 ? variances[i] : average;
        }
    }
}
