package org.fusedem.benchmarks;

import java.util.Locale;
import org.fusedem.moments.Covariance;

/**
 * The size of a problem, as benchmark parameters write it: {@code covariance:points:dims:components}, for example
 * {@code full:100k:8:8}. Thousands and millions may be written {@code k} and {@code M}.
 *
 * @param covariance the shape of the covariances
 * @param points n
 * @param dims D
 * @param components K
 */
public record Shape(Covariance covariance, long points, int dims, int components) {
    private static final long THOUSAND = 1_000;
    private static final long MILLION = 1_000_000;

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static Shape parse(String text) {
        String[] parts = text.split(":");
        if (parts.length != 4) {
            throw new IllegalArgumentException(
                    "a shape is covariance:points:dims:components, for example full:100k:8:8: shape=" + text);
        }
        return new Shape(Covariance.ofLabel(parts[0]), number(parts[1]), Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
    }

    private static long number(String text) {
        long unit = text.endsWith("M") ? MILLION : text.endsWith("k") ? THOUSAND : 1;
        return unit * Long.parseLong(unit == 1 ? text : text.substring(0, text.length() - 1));
    }

    /** The same with another number of points. */
    public Shape withPoints(long changed) {
        return new Shape(covariance, changed, dims, components);
    }

    /**
     * The floating-point operations of one fused pass, by a fixed rule whatever the code executes: per point and
     * component {@code 8 D} for spherical and diagonal covariances (two FMA per feature for the density, two for the
     * moments), {@code 2 D (D + 1) + 4 D} for tied and full ones. The exponentials and logarithms are not counted.
     */
    public double passFlops() {
        double d = dims;
        double perDensity = switch (covariance) {
            case SPHERICAL, DIAGONAL -> 8 * d;
            case TIED, FULL -> 2 * d * (d + 1) + 4 * d;
        };
        return perDensity * points * components;
    }

    /** The bytes of points that one pass has to read, with numbers of so many bytes. */
    public double passBytes(int numberBytes) {
        return (double) points * dims * numberBytes;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return covariance.label() + ":" + shortened(points) + ":" + dims + ":" + components;
    }

    /** As a heading in a table or a chart: {@code full, 100k x 8, K=8}. */
    public String label() {
        return String.format(Locale.ROOT, "%s, %s x %d, K=%d", covariance.label(), shortened(points), dims, components);
    }

    private static String shortened(long points) {
        if (points % MILLION == 0 && points > 0) {
            return points / MILLION + "M";
        }
        return points % THOUSAND == 0 && points > 0 ? points / THOUSAND + "k" : Long.toString(points);
    }
}
