package org.fusedem.kernel;

/**
 * Stage one of a pass: where the log-densities come from. Called by several threads at once, each with a tile of its
 * own.
 */
@FunctionalInterface
public interface Densities {
    /**
     * Writes {@link Tile#logDensities()} for all real points of the tile.
     *
     * @param firstPoint the row of the tile's first point
     */
    void fill(Tile tile, long firstPoint);

    /** Those of a mixture, whose parameters are read anew at every call. */
    static Densities of(Kernel kernel, Parameters parameters) {
        return (tile, firstPoint) -> kernel.logDensities(parameters, tile);
    }
}
