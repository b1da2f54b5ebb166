package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every kernel must do. Each stage is compared with its formula in plain double arithmetic, fed with what the
 * kernel's own stage before has left, so that a tolerance covers the rounding of one stage: {@code eps} of the type the
 * kernel computes in, times the operations on the longest way, times the sum of the magnitudes that are added.
 */
abstract class KernelContract {
    private static final int[] DIMS = {1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33};
    private static final int[] COMPONENTS = {1, 2, 3, 4, 5, 8, 9};

    abstract Kernel kernel();

    /** Whether the kernel computes in the points' own type; if not, in double. */
    abstract boolean computesInOwnType();

    private double eps(ElementType type) {
        return computesInOwnType() && type == ElementType.FLOAT32 ? 0x1p-24 : 0x1p-53;
    }

    @Test
    void shouldRunAtTheExpectedWidth() {
        if (computesInOwnType()) {
            assertEquals(ExpectedKernel.vectorBits(), kernel().vectorBits());
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldAgreeForAllDimsAndComponents(Covariance shape) {
        for (ElementType type : ElementType.values()) {
            for (int dims : DIMS) {
                for (int components : COMPONENTS) {
                    new Case(shape, type, components, dims, 67).check();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldAgreeForManyDimsOrComponents(Covariance shape) {
        for (ElementType type : ElementType.values()) {
            new Case(shape, type, 2, 256, 70).check();
            new Case(shape, type, 700, 2, 64).check();
            new Case(shape, type, 70, 3, 513).check();
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldAgreeForAllLengths(Covariance shape) {
        for (ElementType type : ElementType.values()) {
            int lanes = Math.max(1, kernel().vectorBits() / 8 / type.bytes());
            int tile = Tile.capacity(3, type);
            TreeSet<Integer> lengths = new TreeSet<>(Arrays.asList(1, lanes - 1, lanes, lanes + 1, 4 * lanes / 3,
                    3 * lanes, 8 * lanes, 8 * lanes + 2, 63, 64, 65, tile - 1, tile, tile + 1, 3 * tile + 65));
            lengths.remove(0);
            for (int length : lengths) {
                new Case(shape, type, 3, 3, length).check();
                new Case(shape, type, 3, 3, length).weighted().view().check();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldAgreeFarFromZeroAndWithComponentsFarApart(Covariance shape) {
        for (ElementType type : ElementType.values()) {
            new Case(shape, type, 3, 5, 200).offset(1e4).check();
            new Case(shape, type, 3, 5, 200).offset(-1e8).check();
            for (double spread : new double[] {0, 10, 1e2, 1e3, 1e6, 1e9}) {
                new Case(shape, type, 5, 4, 200).spread(spread).check();
                new Case(shape, type, 5, 4, 200).spread(spread).offset(1e8).weighted().check();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldTakeMomentsAroundAnyShifts(Covariance shape) {
        for (ElementType type : ElementType.values()) {
            for (int dims : new int[] {1, 4, 6}) {
                new Case(shape, type, 4, dims, 130).shifts(Shifts.MEANS).check();
                new Case(shape, type, 4, dims, 130).shifts(Shifts.ZERO).check();
                new Case(shape, type, 4, dims, 130).shifts(Shifts.NEAR_MEANS).offset(1e3).check();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldLeaveOutComponentsOfWeightZero(Covariance shape) {
        for (ElementType type : ElementType.values()) {
            Case withDead = new Case(shape, type, 4, 3, 100);
            withDead.parameters.weights()[1] = 0;
            withDead.parameters.factorize();
            withDead.check();
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldAssignToTheFirstOfTheMostLikely(Covariance shape) {
        for (ElementType type : ElementType.values()) {
            for (boolean weighted : new boolean[] {false, true}) {
                Case tied = new Case(shape, type, 5, 2, 131);
                // Component 3 is component 1 again.
                Parameters p = tied.parameters;
                System.arraycopy(p.means(), 2, p.means(), 6, 2);
                int length = shape.blockLength(2);
                System.arraycopy(p.covariances(), shape.blockOffset(1, 2), p.covariances(), shape.blockOffset(3, 2),
                        length);
                p.factorize();
                (weighted ? tied.weighted() : tied).checkAssignment();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void shouldSurviveDensitiesBeyondAllBounds(ElementType type) {
        double huge = type.largestValue();
        Parameters parameters = new Parameters(Covariance.DIAGONAL, 2, 1);
        Arrays.fill(parameters.weights(), 0.5);
        parameters.means()[1] = 1;
        Arrays.fill(parameters.covariances(), 1e-300);
        assertEquals(-1, parameters.factorize());
        try (Points points = Points.ofRows(new double[][] {{huge}, {-huge}, {0}}, type);
                Arena arena = Arena.ofConfined()) {
            Tile tile = new Tile(points, 2, arena);
            tile.load(0, 3);
            kernel().logDensities(parameters, tile);
            for (int n = 0; n < 3; n++) {
                assertTrue(tile.value(0, n) >= Kernel.LOG_DENSITY_FLOOR, "log-density " + tile.value(0, n));
            }
            kernel().responsibilities(tile);
            for (int n = 0; n < 3; n++) {
                assertEquals(1, tile.value(0, n) + tile.value(1, n), 1e-6);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void shouldAddUpOverTilesToWhatPlainLoopsFind(Covariance shape) {
        for (ElementType type : ElementType.values()) {
            Case several = new Case(shape, type, 3, 4, 2000);
            Parameters p = several.parameters;
            try (Points points = several.points(); Arena arena = Arena.ofConfined()) {
                Moments found = new Moments(shape, 3, 4);
                Moments expected = new Moments(shape, 3, 4);
                found.reset(p.shifts());
                expected.reset(p.shifts());
                new Pass(kernel(), points, 3, arena)
                        .run(5, 1990, Densities.of(kernel(), p), Assignment.SOFT, found);
                new Pass(Kernels.scalar(), points, 3, arena)
                        .run(5, 1990, Densities.of(Kernels.scalar(), p), Assignment.SOFT, expected);
                double limit = 2000 * eps(type);
                assertEquals(expected.points(), found.points());
                assertEquals(expected.totalWeight(), found.totalWeight());
                assertEquals(expected.logLikelihood(), found.logLikelihood(),
                        limit * Math.abs(expected.logLikelihood()));
                assertClose(expected.weights(), found.weights(), limit * 2000);
                assertClose(expected.first(), found.first(), limit * 2000 * 4);
                assertClose(expected.second(), found.second(), limit * 2000 * 16);
            }
        }
    }

    private static void assertClose(double[] expected, double[] found, double limit) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], limit, "element " + i);
        }
    }

    private enum Shifts { CHOSEN, MEANS, NEAR_MEANS, ZERO }

    /** One mixture, its points, and the checks of the stages on each tile of them. */
    private final class Case {
        final Covariance shape;
        final ElementType type;
        final int components;
        final int dims;
        final int count;
        double offset;
        double spread = 2;
        boolean weighted;
        boolean view;
        Shifts shifts = Shifts.CHOSEN;
        Parameters parameters;

        Case(Covariance shape, ElementType type, int components, int dims, int count) {
            this.shape = shape;
            this.type = type;
            this.components = components;
            this.dims = dims;
            this.count = count;
            makeParameters();
        }

        private void makeParameters() {
            parameters = Mixtures.of(shape, components, dims, offset, spread, 1000L * components + dims);
        }

        Case offset(double value) {
            offset = value;
            makeParameters();
            return this;
        }

        Case spread(double value) {
            spread = value;
            makeParameters();
            return this;
        }

        Case shifts(Shifts value) {
            shifts = value;
            return this;
        }

        Case weighted() {
            weighted = true;
            return this;
        }

        Case view() {
            view = true;
            return this;
        }

        Points points() {
            double[][] columns = Mixtures.columns(parameters, count, count);
            double[] weights = new Random(3).doubles(count, 0, 2).toArray();
            if (!view && !weighted) {
                return Points.ofColumns(columns, type);
            }
            MemorySegment[] segments = new MemorySegment[dims];
            for (int i = 0; i < dims; i++) {
                segments[i] = segment(columns[i]);
            }
            return Points.weightedView(type, count, weighted ? segment(weights) : null, segments);
        }

        /** A segment of its own, NaN behind the last value. */
        private MemorySegment segment(double[] values) {
            MemorySegment segment = Arena.ofAuto().allocate((values.length + 100L) * type.bytes(), 64);
            for (int n = 0; n < values.length + 100; n++) {
                double value = n < values.length ? values[n] : Double.NaN;
                if (type == ElementType.FLOAT64) {
                    segment.setAtIndex(ValueLayout.JAVA_DOUBLE, n, value);
                } else {
                    segment.setAtIndex(ValueLayout.JAVA_FLOAT, n, (float) value);
                }
            }
            return segment;
        }

        private double[] shiftValues() {
            return switch (shifts) {
                case CHOSEN -> parameters.shifts();
                case MEANS -> parameters.means();
                case NEAR_MEANS -> Arrays.stream(parameters.means()).map(m -> m + 0.25).toArray();
                case ZERO -> new double[components * dims];
            };
        }

        @Override
        public String toString() {
            return shape + " " + type + " components=" + components + " dims=" + dims + " count=" + count + " offset="
                    + offset + " spread=" + spread + (weighted ? " weighted" : "") + (view ? " view" : "") + " "
                    + shifts;
        }

        void check() {
            try (Points points = points(); GuardedArena arena = new GuardedArena()) {
                Tile tile = new Tile(points, components, arena);
                int capacity = Tile.capacity(components, type);
                for (int from = 0; from < count; from += capacity) {
                    tile.load(from, Math.min(capacity, count - from));
                    kernel().logDensities(parameters, tile);
                    checkDensities(tile);
                    double[][] densities = values(tile);
                    double logLikelihood = kernel().responsibilities(tile);
                    checkResponsibilities(tile, densities, logLikelihood);
                    Moments moments = new Moments(shape, components, dims);
                    moments.reset(shiftValues());
                    kernel().moments(tile, moments);
                    checkMoments(tile, moments);
                    kernel().logDensities(parameters, tile);
                    assertEquals(logLikelihood, kernel().logLikelihood(tile), this::toString);
                }
            }
        }

        private double[][] values(Tile tile) {
            double[][] values = new double[components][tile.count()];
            for (int k = 0; k < components; k++) {
                for (int n = 0; n < tile.count(); n++) {
                    values[k][n] = tile.value(k, n);
                }
            }
            return values;
        }

        private void checkDensities(Tile tile) {
            double eps = eps(type);
            double[] u = new double[dims];
            double[] magnitude = new double[dims];
            PackedParameters packed = parameters.packed();
            for (int k = 0; k < components; k++) {
                boolean far = type == ElementType.FLOAT64 ? packed.isFar64(k) : packed.isFar32(k);
                double[] centre = far ? Arrays.copyOfRange(parameters.means(), k * dims, (k + 1) * dims)
                        : packed.centre();
                double constant = parameters.logConstants()[k];
                for (int n = 0; n < tile.count(); n++) {
                    for (int i = 0; i < dims; i++) {
                        double mean = parameters.means()[k * dims + i];
                        u[i] = tile.get(n, i) - mean;
                        magnitude[i] = Math.abs(tile.get(n, i) - centre[i]) + Math.abs(mean - centre[i])
                                // Means and points are themselves rounded, wherever they lie.
                                + (Math.abs(mean) + Math.abs(tile.get(n, i))) * 0x1p-53 / eps;
                    }
                    double distance = 0;
                    double error = 0;
                    for (int i = 0; i < dims; i++) {
                        double z = factorTimes(k, i, u, false);
                        double dz = (dims + 4) * eps * factorTimes(k, i, magnitude, true);
                        distance += 0.5 * z * z;
                        error += Math.abs(z) * dz + 0.5 * dz * dz + 0.5 * (dims + 4) * eps * z * z;
                    }
                    double expected = Math.max(constant - distance, Kernel.LOG_DENSITY_FLOOR);
                    double found = tile.value(k, n);
                    double limit = error + 4 * eps * (Math.abs(constant) + distance);
                    if (expected < -1e30) {
                        assertTrue(found <= -1e30 && found >= Kernel.LOG_DENSITY_FLOOR, this::toString);
                    } else if (!(Math.abs(found - expected) <= limit)) {
                        assertEquals(expected, found, limit,
                                "log-density of component " + k + ", point " + n + ", " + this);
                    }
                }
            }
        }

        /** Row i of the factor of component k times a vector, or of magnitudes. */
        private double factorTimes(int k, int i, double[] v, boolean magnitudes) {
            double[] factors = parameters.factors();
            int block = shape.blockOffset(k, dims);
            if (shape == Covariance.SPHERICAL || shape == Covariance.DIAGONAL) {
                return factors[block + (shape == Covariance.DIAGONAL ? i : 0)] * v[i];
            }
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                double f = factors[block + LowerTriangle.index(i, j)];
                sum += (magnitudes ? Math.abs(f) : f) * v[j];
            }
            return sum;
        }

        private void checkResponsibilities(Tile tile, double[][] densities, double logLikelihood) {
            double eps = eps(type);
            double total = 0;
            double magnitude = 0;
            for (int n = 0; n < tile.count(); n++) {
                double max = Double.NEGATIVE_INFINITY;
                for (int k = 0; k < components; k++) {
                    max = Math.max(max, densities[k][n]);
                }
                double sum = 0;
                for (int k = 0; k < components; k++) {
                    sum += Math.exp(densities[k][n] - max);
                }
                for (int k = 0; k < components; k++) {
                    double gap = max - densities[k][n];
                    double expected = tile.weight(n) * Math.exp(-gap) / sum;
                    // Exponential and quotient: 4; the gap's own rounding; the sum's; what is flushed to zero.
                    double limit = expected * eps * (8 + gap + components) + tile.weight(n) * eps / 8;
                    double found = tile.value(k, n);
                    if (!(Math.abs(found - expected) <= limit)) {
                        assertEquals(expected, found, limit,
                                "responsibility of " + k + " for point " + n + ", " + this);
                    }
                }
                total += tile.weight(n) * (max + Math.log(sum));
                magnitude += tile.weight(n) * (Math.abs(max) + Math.log(sum) + 1);
            }
            assertEquals(total, logLikelihood, (tile.count() + components + 8) * eps * magnitude, this::toString);
        }

        private void checkMoments(Tile tile, Moments moments) {
            double[] centre = parameters.packed().centre();
            double growth = (tile.count() + 8) * eps(type);
            double[] second = new double[moments.second().length];
            double[] magnitudes = new double[second.length];
            for (int k = 0; k < components; k++) {
                double weight = 0;
                for (int n = 0; n < tile.count(); n++) {
                    weight += tile.value(k, n);
                }
                assertEquals(weight, moments.weights()[k], growth * weight, this::toString);
                for (int i = 0; i < dims; i++) {
                    checkFirst(tile, moments, k, i, centre[i], growth);
                    int columns = shape == Covariance.TIED || shape == Covariance.FULL ? i + 1 : 1;
                    for (int j = 0; j < columns; j++) {
                        addSecond(tile, moments, centre, k, i, columns == 1 && shape != Covariance.TIED
                                && shape != Covariance.FULL ? i : j, second, magnitudes);
                    }
                }
            }
            // All components of a tied covariance add to the same sums.
            growth *= shape == Covariance.TIED ? components : 1;
            for (int i = 0; i < second.length; i++) {
                assertEquals(second[i], moments.second()[i], growth * magnitudes[i],
                        "second moment " + i + ", " + this);
            }
        }

        private void checkFirst(Tile tile, Moments moments, int k, int i, double centre, double growth) {
            double shift = moments.shifts()[k * dims + i];
            double sum = 0;
            double magnitude = 0;
            for (int n = 0; n < tile.count(); n++) {
                sum += tile.value(k, n) * (tile.get(n, i) - shift);
                magnitude += tile.value(k, n) * (Math.abs(tile.get(n, i) - centre) + Math.abs(shift - centre));
            }
            assertEquals(sum, moments.first()[k * dims + i], growth * magnitude, "first moment of " + k + ", " + this);
        }

        private void addSecond(Tile tile, Moments moments, double[] centre, int k, int i, int j, double[] second,
                double[] magnitudes) {
            double shiftI = moments.shifts()[k * dims + i];
            double shiftJ = moments.shifts()[k * dims + j];
            int at = shape.blockOffset(k, dims) + switch (shape) {
                case SPHERICAL -> 0;
                case DIAGONAL -> i;
                case TIED, FULL -> LowerTriangle.index(i, j);
            };
            for (int n = 0; n < tile.count(); n++) {
                double r = tile.value(k, n);
                double x = tile.get(n, i);
                double y = tile.get(n, j);
                second[at] += r * ((x - shiftI) * (y - shiftJ));
                magnitudes[at] += r * (Math.abs(x - centre[i]) + Math.abs(shiftI - centre[i]))
                        * (Math.abs(y - centre[j]) + Math.abs(shiftJ - centre[j]));
            }
        }

        void checkAssignment() {
            try (Points points = points(); GuardedArena arena = new GuardedArena()) {
                Tile tile = new Tile(points, components, arena);
                tile.load(0, count);
                kernel().logDensities(parameters, tile);
                double[][] densities = values(tile);
                double sum = kernel().assign(tile);
                double expectedSum = 0;
                double magnitude = 0;
                for (int n = 0; n < count; n++) {
                    int best = 0;
                    for (int k = 1; k < components; k++) {
                        best = densities[k][n] > densities[best][n] ? k : best;
                    }
                    for (int k = 0; k < components; k++) {
                        assertEquals(k == best ? tile.weight(n) : 0, tile.value(k, n), this::toString);
                    }
                    expectedSum += tile.weight(n) * densities[best][n];
                    magnitude += tile.weight(n) * Math.abs(densities[best][n]);
                }
                assertEquals(expectedSum, sum, count * eps(type) * magnitude, this::toString);
            }
        }
    }
}
