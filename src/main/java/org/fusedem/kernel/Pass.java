package org.fusedem.kernel;

import java.lang.foreign.Arena;
import org.fusedem.moments.Moments;
import org.fusedem.points.Points;

/**
 * One thread's way through a range of points: tile after tile, the three stages over each while it is in cache.
 *
 * <p>Allocated once with its scratch, from an arena that must outlive it; then {@link #run} allocates nothing. Not
 * thread-safe: one per thread.
 */
public final class Pass {
    private final Kernel kernel;
    private final Points points;
    private final Tile tile;
    private final int tilePoints;

    /** A pass over these points for mixtures of so many components. */
    public Pass(Kernel kernel, Points points, int components, Arena arena) {
        this.kernel = kernel;
        this.points = points;
        tile = new Tile(points, components, arena);
        tilePoints = Tile.capacity(components, points.type());
    }

    /**
     * Adds the moments of points {@code from} (inclusive) to {@code to} (exclusive), and their log-likelihood.
     *
     * @throws IllegalStateException if the points are closed
     */
    public void run(long from, long to, Densities densities, Assignment assignment, Moments into) {
        points.checkOpen();
        for (long start = from; start < to; start += tilePoints) {
            tile.load(start, (int) Math.min(tilePoints, to - start));
            densities.fill(tile, start);
            double logLikelihood = switch (assignment) {
                case SOFT -> kernel.responsibilities(tile);
                case HARD -> kernel.assign(tile);
                case NONE -> kernel.logLikelihood(tile);
            };
            if (assignment != Assignment.NONE) {
                kernel.moments(tile, into);
            }
            into.count(tile.count(), tile.totalWeight(), logLikelihood);
        }
    }
}
