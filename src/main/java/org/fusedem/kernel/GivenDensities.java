package org.fusedem.kernel;

/**
 * Log-densities that know nothing of the point: their responsibilities are the given ones.
 *
 * @param kernel prepares the tile for the stages to follow
 * @param parameters which it needs for that; their densities are overwritten
 * @param responsibilities a row of K for each point, not negative, with sum one; in the order of passes
 * @param complete how many points have no gaps: these come first
 */
public record GivenDensities(Kernel kernel, Parameters parameters, double[][] responsibilities, long complete)
        implements Densities {
    /** Those of these points, with responsibilities in the order in which the points were given. */
    public static GivenDensities of(
            Kernel kernel, Parameters parameters, double[][] responsibilities, Observations observations) {
        return new GivenDensities(
                kernel, parameters, observations.inOrder(responsibilities), observations.complete().size());
    }

    @Override
    public void fill(Tile tile, long firstPoint) {
        kernel.logDensities(parameters, tile);
        for (int n = 0; n < tile.count(); n++) {
            double[] row = responsibilities[Math.toIntExact(firstPoint + n)];
            for (int k = 0; k < tile.components(); k++) {
                tile.value(k, n, Math.log(row[k]));
            }
        }
    }

    @Override
    public void change(double[] logDensities, long row) {
        double[] given = responsibilities[Math.toIntExact(complete + row)];
        for (int k = 0; k < logDensities.length; k++) {
            logDensities[k] = Math.log(given[k]);
        }
    }
}
