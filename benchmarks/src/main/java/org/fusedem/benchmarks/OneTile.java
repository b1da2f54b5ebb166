package org.fusedem.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Tile;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;

/** The three stages over one tile, one at a time. Everything is in cache, as it is in a pass. */
final class OneTile implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final Kernel kernel;
    private final Parameters parameters;
    private final Tile tile;
    private final Moments moments;
    private final MemorySegment savedLogDensities;

    /** The first tile of the data, which must have as many points as a tile takes. */
    OneTile(Kernel kernel, DataSet data) {
        this.kernel = kernel;
        parameters = FusedPass.parametersOf(data.start());
        tile = new Tile(data.points(), parameters.components(), arena);
        tile.load(0, points(data.shape(), data.points().type()));
        moments = new Moments(parameters.covariance(), parameters.components(), parameters.dims());
        moments.reset(parameters.shifts());
        logDensities();
        savedLogDensities = copyOf(tile.logDensities());
        responsibilities();
    }

    private MemorySegment copyOf(MemorySegment segment) {
        return arena.allocate(segment.byteSize(), 64).copyFrom(segment);
    }

    /** The points in a tile of such a problem. */
    static int points(Shape shape, ElementType type) {
        return Tile.capacity(shape.components(), type);
    }

    /** Stage one. */
    Tile logDensities() {
        kernel.logDensities(parameters, tile);
        return tile;
    }

    /** Puts back what stage one has left, for stage two to read. */
    Tile restoreLogDensities() {
        tile.logDensities().copyFrom(savedLogDensities);
        return tile;
    }

    /** Stage two, in place. */
    double responsibilities() {
        return kernel.responsibilities(tile);
    }

    /** Stage three. The sums grow by the same amount with every call; a double takes 10^300 calls of that. */
    Moments moments() {
        kernel.moments(tile, moments);
        return moments;
    }

    @Override
    public void close() {
        arena.close();
    }
}
