package org.fusedem.online;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Passes;
import org.fusedem.kernel.Team;
import org.fusedem.kernel.Tile;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.Sampler;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.fusedem.points.Window;
import org.junit.jupiter.api.Test;

/** The sums over blocks are those of a window's points, whatever has come and gone before. */
class BlocksTest {
    private static final int COMPONENTS = 2;
    private static final int DIMS = 2;
    private static final Kernel KERNEL = Kernels.scalar();

    private final GaussianMixture model = Streams.truth(Covariance.FULL, COMPONENTS, DIMS, 1);
    private final Parameters parameters = parameters(model);
    private final Densities densities = Densities.of(KERNEL, parameters);

    private static Parameters parameters(GaussianMixture model) {
        Parameters parameters = new Parameters(model.covariance(), model.components(), model.dims());
        System.arraycopy(model.weights(), 0, parameters.weights(), 0, parameters.weights().length);
        System.arraycopy(model.means(), 0, parameters.means(), 0, parameters.means().length);
        System.arraycopy(model.covariances(), 0, parameters.covariances(), 0, parameters.covariances().length);
        parameters.factorize();
        return parameters;
    }

    /** Visits what has changed, and says how many blocks that were. */
    private int visit(Blocks blocks) {
        blocks.noteChanges();
        int visited = 0;
        int block = blocks.next(0, 7);
        while (block >= 0) {
            blocks.begin(block, parameters.shifts());
            while (!blocks.isDone()) {
                blocks.visitTile(densities);
            }
            visited++;
            int next = blocks.next(block + 1, 7);
            blocks.complete(7, next);
            block = next;
        }
        return visited;
    }

    /** Not near: the same bits as if nothing had ever been there but the points that are. */
    @Property(tries = 60)
    void nothingDrifts(
            @ForAll @IntRange(min = 1, max = 3000) int capacity,
            @ForAll ElementType type,
            @ForAll @Size(max = 10) List<@IntRange(min = -500, max = 1500) Integer> changes,
            @ForAll long seed) {
        Sampler sampler = model.sampler(seed);
        try (Window window = Window.of(DIMS, capacity, type); Arena arena = Arena.ofConfined()) {
            Blocks blocks = new Blocks(KERNEL, window, Covariance.FULL, COMPONENTS, arena);
            for (int change : changes) {
                Streams.append(window, sampler, Math.max(0, change));
                window.evictOldest(Math.max(0, -change));
                visit(blocks);
                Blocks fresh = new Blocks(KERNEL, window, Covariance.FULL, COMPONENTS, arena);
                assertEquals(fresh.count(), visit(fresh));
                assertSameBits(fresh.total(), blocks.total());
                check(window, blocks.total());
            }
        }
    }

    private static void assertSameBits(Moments expected, Moments found) {
        assertArrayEquals(expected.weights(), found.weights());
        assertArrayEquals(expected.first(), found.first());
        assertArrayEquals(expected.second(), found.second());
        assertEquals(expected.logLikelihood(), found.logLikelihood());
        assertEquals(expected.points(), found.points());
    }

    /** Against one pass over a copy: n numbers of some units each, added up in another order. */
    private void check(Window window, Moments total) {
        assertEquals(window.size(), total.points());
        if (window.size() == 0) {
            return;
        }
        try (Points points = window.copy(); Arena arena = Arena.ofConfined()) {
            Passes passes = new Passes(KERNEL, points, Covariance.FULL, COMPONENTS, Team.CALLER, arena);
            Moments expected = passes.run(densities, Assignment.SOFT, parameters.shifts());
            double rounding = 1e-14 * window.size() * 100;
            assertArrayEquals(expected.weights(), total.weights(), rounding);
            assertArrayEquals(expected.first(), total.first(), rounding);
            assertArrayEquals(expected.second(), total.second(), rounding);
            assertEquals(expected.logLikelihood(), total.logLikelihood(), rounding);
        }
    }

    @Test
    void fewNewPointsCostFewBlocks() {
        try (Window window = Window.of(DIMS, 1000); Arena arena = Arena.ofConfined()) {
            Blocks blocks = new Blocks(KERNEL, window, Covariance.FULL, COMPONENTS, arena);
            assertEquals(8, blocks.count());
            assertEquals(8, visit(blocks));
            Sampler sampler = model.sampler(2);
            Streams.append(window, sampler, 1000);
            assertEquals(8, visit(blocks));
            for (int n = 0; n < 200; n++) {
                Streams.append(window, sampler, 10);
                int visited = visit(blocks);
                assertTrue(visited >= 1 && visited <= 2, "visited: " + visited);
            }
            assertEquals(0, visit(blocks));
            window.evictOldest(10);
            assertTrue(visit(blocks) <= 2);
        }
    }

    @Test
    void blocksAreWholeTilesUnlessThereAreFew() {
        int tile = Tile.capacity(3, ElementType.FLOAT64);
        assertEquals(512, tile);
        assertEquals(128, slots(Covariance.FULL, 3, 4, 1));
        assertEquals(128, slots(Covariance.FULL, 3, 4, 1000));
        assertEquals(384, slots(Covariance.FULL, 3, 4, 3000));
        assertEquals(tile, slots(Covariance.FULL, 3, 4, 8 * tile));
        assertEquals(tile, slots(Covariance.FULL, 3, 4, 1_000_000));
        // Moments as large as those of hundreds of points: fewer blocks, of several tiles.
        assertEquals(3 * 512, slots(Covariance.FULL, 32, 32, 100_000));
    }

    private static long slots(Covariance covariance, int components, int dims, long capacity) {
        try (Window window = Window.of(dims, capacity)) {
            return Blocks.blockSlots(window, covariance, components, Tile.capacity(components, window.type()));
        }
    }
}
