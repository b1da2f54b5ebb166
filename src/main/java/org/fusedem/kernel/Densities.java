package org.fusedem.kernel;

/**
 * Stage one of a pass: where the log-densities come from. Called by several threads at once, each with a tile of its
 * own.
 */
public interface Densities {
    /**
     * Writes {@link Tile#logDensities()} for all real points of the tile.
     *
     * @param firstPoint the row of the tile's first point
     */
    void fill(Tile tile, long firstPoint);

    /** The mixture that points with missing values are taken by: its marginals, and its conditional moments. */
    Parameters parameters();

    /**
     * Changes the marginal log-densities of one point with missing values, if these densities are not those of
     * {@link #parameters()}.
     *
     * @param logDensities one per component
     * @param row which point, among those with missing values
     */
    default void change(double[] logDensities, long row) {}

    /** Those of a mixture, whose parameters are read anew at every call. */
    static Densities of(Kernel kernel, Parameters parameters) {
        return new OfMixture(kernel, parameters);
    }

    /** A mixture's own. */
    record OfMixture(Kernel kernel, Parameters parameters) implements Densities {
        @Override
        public void fill(Tile tile, long firstPoint) {
            kernel.logDensities(parameters, tile);
        }
    }
}
