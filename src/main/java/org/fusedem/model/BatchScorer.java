package org.fusedem.model;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.PointKernel;
import org.fusedem.kernel.ScalarPointKernel;
import org.fusedem.kernel.Tile;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * Scores points batch by batch, from wherever they stand and without garbage, with a model that may be replaced: what a
 * service needs on each of its threads. A batch of one is a point.
 *
 * <pre>{@code
 * try (BatchScorer scorer = model.batchScorer(1024)) {
 *     scorer.score(rows, 0, count);               // double[], row after row
 *     for (int n = 0; n < scorer.size(); n++) {
 *         if (scorer.isAnomaly(n, threshold)) {
 *             report(n, scorer.logDensity(n), scorer.mostLikely(n));
 *         }
 *     }
 *     scorer.use(newerModel);
 * }
 * }</pre>
 *
 * <p>{@code score} computes everything at once; the results stay until the next call of it. A point with a coordinate
 * that is NaN or infinite has, by itself, the results below; it does not touch the others, and nothing is thrown.
 *
 * <table>
 * <caption>What comes out</caption>
 * <tr><th>point</th><th>log density</th><th>responsibilities</th><th>most likely</th><th>anomaly</th></tr>
 * <tr><td>finite</td><td>finite, -1e300 at the least</td><td>sum to one</td><td>a component</td>
 *     <td>below the threshold</td></tr>
 * <tr><td>NaN, where the model takes it for missing</td><td>of what is observed</td><td>sum to one</td>
 *     <td>a component</td><td>below the threshold</td></tr>
 * <tr><td>NaN otherwise, or infinite</td><td>NaN</td><td>NaN</td><td>-1</td><td>yes</td></tr>
 * </table>
 *
 * <p>Batches go through the kernels that fits use, a few hundred points at a time, in the element type given; a handful
 * of points, or what is left over, goes one by one in double, which is then faster. So the same point may differ by
 * rounding between batches: in the last digits of its log density in {@code FLOAT64}, while {@code FLOAT32} has some
 * seven of them, and rounds coordinates. Points with missing values go one by one, and cost what
 * {@link GaussianMixture#withMissingValues} says.
 *
 * <p>Cost: {@code O(K D)} or {@code O(K D^2)} per point. All memory is allocated at the start: off the heap
 * {@code 4 KiB} for each component and some {@code 16 KiB} for each feature, on the heap {@code 8 (K + 1)} bytes for
 * each point of the largest batch. Then nothing is, whatever is called, once the JIT has compiled it; see
 * {@link org.fusedem.fit.ComputeKernel#warmUp}. Not thread-safe: one per thread, though it need not be the thread that
 * made it. Close it to free the memory; after that, {@code score} throws {@link IllegalStateException}.
 */
public final class BatchScorer implements AutoCloseable {
    /**
     * Up to so many points, one by one is faster than a tile, which is padded to 512 bytes of each column: measured, it
     * is even at some 20 points of FLOAT64, and later in FLOAT32.
     */
    private static final int FEW = 16;

    /** Below this, in either type, is what is out of bounds or not finite: so only then coordinates are looked at. */
    private static final double SUSPECT = -0.5e30;

    private final int capacity;
    private final int dims;
    private final int components;
    private final ModelInUse model;
    private final Kernel kernel;
    private final PointKernel pointKernel;
    /** For points with missing values; null if these are refused. */
    private final ScalarPointKernel incomplete;
    private final Arena arena = Arena.ofShared();
    private final Staging staging;
    private final Rows.OfDoubles doubles;
    private final Rows.OfFloats floats;
    private final Rows.OfSegment segment;
    private final Rows.OfPoints points = new Rows.OfPoints();
    private final double[] point;
    private final double[] shares;
    private final double[] logDensities;
    /** Component by component, {@code capacity} each. */
    private final double[] responsibilities;
    private int size;

    BatchScorer(Kernel kernel, Parameters parameters, boolean missingValues, ElementType type, int capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity must be positive: capacity=" + capacity);
        }
        this.capacity = capacity;
        this.kernel = kernel;
        dims = parameters.dims();
        components = parameters.components();
        if ((long) components * capacity > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("too many responsibilities for one array: components=" + components
                    + ", capacity=" + capacity);
        }
        model = new ModelInUse(parameters);
        pointKernel = PointKernel.of(kernel, parameters);
        incomplete = missingValues ? new ScalarPointKernel(parameters, true) : null;
        doubles = new Rows.OfDoubles(dims);
        floats = new Rows.OfFloats(dims);
        segment = new Rows.OfSegment(dims);
        point = new double[dims];
        shares = new double[components];
        logDensities = new double[capacity];
        responsibilities = new double[components * capacity];
        staging = new Staging(type, components, dims, arena);
    }

    /** D, the number of features of a point. */
    public int dims() {
        return dims;
    }

    /** The most points of a batch. */
    public int capacity() {
        return capacity;
    }

    /**
     * Scores with another model from now on. Costs {@code O(K D^2)}. Whether NaN means missing stays as it was at the
     * start.
     *
     * @throws IllegalArgumentException if its shape, components or dims are others
     */
    public void use(GaussianMixture newModel) {
        model.use(newModel);
        load();
    }

    /**
     * Scores with another model from now on, given by its numbers, which are copied: those of
     * {@link GaussianMixture#of}. The first call allocates room for them. Costs {@code O(K D^3)} for full covariances.
     *
     * @throws IllegalArgumentException as {@link GaussianMixture#of}; then the model stays as it was
     */
    public void use(double[] weights, double[] means, double[] covariances) {
        model.use(weights, means, covariances);
        load();
    }

    private void load() {
        pointKernel.load(model.parameters());
        if (incomplete != null) {
            incomplete.load(model.parameters());
        }
    }

    /**
     * Scores points that stand row after row.
     *
     * @param rows holds {@code count x D} coordinates
     * @param from the index of the first
     * @throws IndexOutOfBoundsException if there are not so many coordinates from there
     * @throws IllegalArgumentException if the count is beyond the capacity
     */
    public void score(double[] rows, int from, int count) {
        checkRows(rows.length, from, count);
        score(doubles.set(rows, from), count);
        doubles.set(null, 0);
    }

    /** As {@link #score(double[], int, int)}, from 32 bits. */
    public void score(float[] rows, int from, int count) {
        checkRows(rows.length, from, count);
        score(floats.set(rows, from), count);
        floats.set(null, 0);
    }

    /**
     * Scores points of any regular layout: coordinate i of point n stands at byte
     * {@code offset + n * pointStride + i * columnStride}, in the byte order of the machine, aligned or not.
     *
     * <pre>
     * row after row      pointStride = D * type.bytes()     columnStride = type.bytes()
     * within records     pointStride = size of a record     columnStride = type.bytes()
     * column by column   pointStride = type.bytes()         columnStride = bytes of a column
     * </pre>
     *
     * @param memory native or on the heap
     * @param type of a coordinate
     * @throws IndexOutOfBoundsException if a coordinate is not within the segment
     * @throws IllegalArgumentException if the count is beyond the capacity, or a stride is negative
     * @throws IllegalStateException if the segment's memory is closed
     */
    public void score(
            MemorySegment memory, ElementType type, long offset, long pointStride, long columnStride, int count) {
        checkCount(count);
        if (pointStride < 0 || columnStride < 0) {
            throw new IllegalArgumentException("strides must not be negative: pointStride=" + pointStride
                    + ", columnStride=" + columnStride);
        }
        if (count > 0) {
            // In doubles a sum beyond a long stays beyond any segment; up to 2^53 it is exact.
            double end = (double) offset + (count - 1) * (double) pointStride + (dims - 1) * (double) columnStride
                    + type.bytes();
            if (offset < 0 || !(end <= memory.byteSize())) {
                throw new IndexOutOfBoundsException("points beyond their segment: offset=" + offset + ", pointStride="
                        + pointStride + ", columnStride=" + columnStride + ", count=" + count + ", dims=" + dims
                        + ", bytes=" + memory.byteSize());
            }
        }
        score(segment.set(memory, type, offset, pointStride, columnStride), count);
        segment.set(null, null, 0, 0, 0);
    }

    /**
     * Scores some points of a set; their weights do not matter.
     *
     * @param from the row of the first
     * @throws IndexOutOfBoundsException if there are not so many from there
     * @throws IllegalArgumentException if the count is beyond the capacity, or the points have not D features
     * @throws IllegalStateException if the points are closed
     */
    public void score(Points some, long from, int count) {
        some.checkOpen();
        Arguments.checkDims(some, dims);
        checkCount(count);
        Objects.checkFromIndexSize(from, (long) count, some.size());
        score(points.set(some, from), count);
        points.set(null, 0);
    }

    private void checkRows(int length, int from, int count) {
        checkCount(count);
        Objects.checkFromIndexSize((long) from, (long) count * dims, (long) length);
    }

    private void checkCount(int count) {
        if (count < 0 || count > capacity) {
            throw new IllegalArgumentException("count must be from 0 to the capacity: count=" + count + ", capacity="
                    + capacity);
        }
    }

    private void score(Rows rows, int count) {
        if (!arena.scope().isAlive()) {
            throw new IllegalStateException("this scorer is closed: use it before close()");
        }
        size = 0; // Should a segment be closed on the way, there is no half of a batch.
        for (int start = 0; start < count; start += staging.capacity()) {
            int points = Math.min(staging.capacity(), count - start);
            if (points <= FEW) {
                for (int n = start; n < count; n++) {
                    scoreOne(rows, n);
                }
            } else {
                scoreTile(rows, start, points);
            }
        }
        size = count;
    }

    private void scoreTile(Rows rows, int start, int count) {
        Tile tile = staging.load(rows, start, count);
        kernel.logDensities(model.parameters(), tile);
        kernel.score(tile, logDensities, start);
        for (int k = 0; k < components; k++) {
            tile.copyRow(k, responsibilities, k * capacity + start);
        }
        for (int n = start; n < start + count; n++) {
            if (logDensities[n] <= SUSPECT) {
                scoreOne(rows, n);
            }
        }
    }

    private void scoreOne(Rows rows, int n) {
        rows.copyRow(n, point);
        boolean missing = false;
        boolean infinite = false;
        for (double x : point) {
            missing |= Double.isNaN(x);
            infinite |= Double.isInfinite(x);
        }
        if (infinite || missing && incomplete == null) {
            logDensities[n] = Double.NaN;
            Arrays.fill(shares, Double.NaN);
        } else {
            logDensities[n] = (missing ? incomplete : pointKernel).responsibilities(point, shares);
        }
        for (int k = 0; k < components; k++) {
            responsibilities[k * capacity + n] = shares[k];
        }
    }

    /** The number of points of the last batch. */
    public int size() {
        return size;
    }

    /**
     * {@code log p(x)} of point n of the last batch, in nats.
     *
     * @throws IndexOutOfBoundsException if there is no such point
     */
    public double logDensity(int n) {
        return logDensities[Objects.checkIndex(n, size)];
    }

    /**
     * The posterior probability of a component for point n of the last batch.
     *
     * @throws IndexOutOfBoundsException if there is no such point or component
     */
    public double responsibility(int n, int component) {
        return responsibilities[Objects.checkIndex(component, components) * capacity + Objects.checkIndex(n, size)];
    }

    /**
     * Copies the posterior probabilities of all components for point n of the last batch.
     *
     * @param into receives K numbers
     * @throws IndexOutOfBoundsException if there is no such point
     * @throws IllegalArgumentException if {@code into} has not K numbers
     */
    public void responsibilities(int n, double[] into) {
        Objects.checkIndex(n, size);
        Arguments.checkLength("into", into, components);
        for (int k = 0; k < components; k++) {
            into[k] = responsibilities[k * capacity + n];
        }
    }

    /**
     * The most likely component of point n of the last batch, from 0: the first of several that tie, and never one of
     * weight zero; -1 for a point that is not finite.
     *
     * @throws IndexOutOfBoundsException if there is no such point
     */
    public int mostLikely(int n) {
        Objects.checkIndex(n, size);
        double[] weights = model.parameters().weights();
        int best = -1;
        double most = -1;
        for (int k = 0; k < components; k++) {
            double share = responsibilities[k * capacity + n];
            if (share > most && weights[k] > 0) {
                best = k;
                most = share;
            }
        }
        return best;
    }

    /**
     * Whether point n of the last batch is less likely than a threshold, or not finite.
     *
     * @param threshold a log density: {@link LogDensityQuantile} finds one
     * @throws IndexOutOfBoundsException if there is no such point
     */
    public boolean isAnomaly(int n, double threshold) {
        return !(logDensity(n) >= threshold);
    }

    /** Frees the memory off the heap; a second call does nothing. The last results can still be read. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
