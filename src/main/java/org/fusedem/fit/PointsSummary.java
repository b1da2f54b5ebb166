package org.fusedem.fit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * What a fit has to know of its points before it begins: how many there are, what they weigh, and mean, variance and
 * range of every feature. Small, mergeable, and bytes if need be, so that points may lie in several processes.
 *
 * <p>Means and squares merge as in Chan, Golub and LeVeque (Updating formulae and a pairwise algorithm for computing
 * sample variances, 1979), so that nothing cancels. Immutable and thread-safe.
 */
public final class PointsSummary {
    /** "fep" and the version of the layout of bytes. */
    private static final int MAGIC = 'f' << 24 | 'e' << 16 | 'p' << 8 | 1;

    private static final int HEADER_BYTES = 3 * Integer.BYTES + Long.BYTES + Double.BYTES;
    /** Mean, sum of squares, minimum and maximum. */
    private static final int NUMBERS_PER_FEATURE = 4;

    private final ElementType type;
    private final long points;
    private final double totalWeight;
    private final double[] means;
    private final double[] squares;
    private final double[] minima;
    private final double[] maxima;

    private PointsSummary(ElementType type, long points, double totalWeight, double[] means, double[] squares,
            double[] minima, double[] maxima) {
        this.type = type;
        this.points = points;
        this.totalWeight = totalWeight;
        this.means = means;
        this.squares = squares;
        this.minima = minima;
        this.maxima = maxima;
    }

    /**
     * The summary of points, those of weight zero left out. Reads every value four times.
     *
     * @throws IllegalArgumentException if values are missing, or all points have weight zero
     * @throws IllegalStateException if the points are closed
     */
    public static PointsSummary of(Points points) {
        points.checkComplete("a fit of parts of the points needs all their values");
        int dims = points.dims();
        double totalWeight = Sample.totalWeight(points);
        if (!(totalWeight > 0)) {
            throw new IllegalArgumentException("no point has weight: points=" + points.size());
        }
        PointsSummary summary = new PointsSummary(points.type(), WeightlessPoints.countOthers(points), totalWeight,
                new double[dims], new double[dims], new double[dims], new double[dims]);
        for (int i = 0; i < dims; i++) {
            summary.read(points, i);
        }
        return summary;
    }

    private void read(Points of, int i) {
        minima[i] = of.get(Sample.extreme(of, i, -1), i);
        maxima[i] = of.get(Sample.extreme(of, i, 1), i);
        // Distances from the smallest value: their sum loses no digits to where the values lie.
        double sum = 0;
        for (long n = 0; n < of.size(); n++) {
            sum += of.weight(n) * (of.get(n, i) - minima[i]);
        }
        means[i] = minima[i] + sum / totalWeight;
        double rest = 0;
        for (long n = 0; n < of.size(); n++) {
            double distance = of.get(n, i) - means[i];
            double weighted = of.weight(n) * distance;
            rest += weighted;
            squares[i] += weighted * distance;
        }
        // What rounding of the mean has added.
        squares[i] = Math.max(0, squares[i] - rest * (rest / totalWeight));
        means[i] += rest / totalWeight;
    }

    /**
     * The summary of both sets of points: those of this one, and behind them the others.
     *
     * @throws IllegalArgumentException if their dims or types differ
     */
    public PointsSummary merge(PointsSummary others) {
        if (others.dims() != dims() || others.type != type) {
            throw new IllegalArgumentException("points of different kinds do not go together: dims=" + dims() + ", "
                    + type + "; and dims=" + others.dims() + ", " + others.type);
        }
        double total = totalWeight + others.totalWeight;
        double share = others.totalWeight / total;
        double[] mergedMeans = new double[dims()];
        double[] mergedSquares = new double[dims()];
        double[] mergedMinima = new double[dims()];
        double[] mergedMaxima = new double[dims()];
        for (int i = 0; i < dims(); i++) {
            double distance = others.means[i] - means[i];
            mergedMeans[i] = means[i] + distance * share;
            mergedSquares[i] = squares[i] + others.squares[i] + distance * (distance * share * totalWeight);
            mergedMinima[i] = Math.min(minima[i], others.minima[i]);
            mergedMaxima[i] = Math.max(maxima[i], others.maxima[i]);
        }
        return new PointsSummary(type, Math.addExact(points, others.points), total, mergedMeans, mergedSquares,
                mergedMinima, mergedMaxima);
    }

    /** How the points are stored. */
    public ElementType type() {
        return type;
    }

    /** D, the number of features. */
    public int dims() {
        return means.length;
    }

    /** The number of points that have weight. */
    public long points() {
        return points;
    }

    /** The sum of the points' weights. */
    public double totalWeight() {
        return totalWeight;
    }

    /** The scales of the features, given those of their bulks. */
    FeatureScales scales(double[] interquartileScales) {
        double[] spreads = Arrays.stream(squares).map(sum -> sum / totalWeight).toArray();
        boolean[] constant = new boolean[dims()];
        for (int i = 0; i < constant.length; i++) {
            constant[i] = minima[i] == maxima[i];
            spreads[i] = constant[i] ? 0 : spreads[i];
        }
        return new FeatureScales(means.clone(), spreads,
                FeatureScales.bulks(spreads, interquartileScales), constant, totalWeight);
    }

    /** All of this as bytes, for another process: {@code 28 + 32 D} of them. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(
                Math.addExact(HEADER_BYTES, Math.multiplyExact(NUMBERS_PER_FEATURE * Double.BYTES, dims())));
        bytes.putInt(MAGIC).putInt(type.ordinal()).putInt(dims()).putLong(points).putDouble(totalWeight);
        bytes.asDoubleBuffer().put(means).put(squares).put(minima).put(maxima);
        return bytes.array();
    }

    /**
     * What {@link #toBytes} was called on.
     *
     * @throws IllegalArgumentException if these are not the bytes of a summary, of this version, and all of them
     */
    public static PointsSummary ofBytes(byte[] array) {
        ByteBuffer bytes = ByteBuffer.wrap(array);
        if (array.length < HEADER_BYTES || bytes.getInt() != MAGIC) {
            throw new IllegalArgumentException("these bytes are no summary of this version: bytes=" + array.length);
        }
        int type = bytes.getInt();
        int dims = bytes.getInt();
        if (type < 0 || type >= ElementType.values().length || dims <= 0
                || HEADER_BYTES + (long) NUMBERS_PER_FEATURE * Double.BYTES * dims != array.length) {
            throw new IllegalArgumentException("these bytes are no summary, or not all of it: bytes=" + array.length
                    + ", dims=" + dims);
        }
        PointsSummary summary = new PointsSummary(ElementType.values()[type], bytes.getLong(), bytes.getDouble(),
                new double[dims], new double[dims], new double[dims], new double[dims]);
        bytes.asDoubleBuffer().get(summary.means).get(summary.squares).get(summary.minima).get(summary.maxima);
        return summary;
    }

    @Override
    public String toString() {
        return "PointsSummary[points=" + points + ", dims=" + dims() + ", " + type + ", totalWeight=" + totalWeight
                + "]";
    }
}
