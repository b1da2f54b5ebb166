package org.fusedem.kernel;

/**
 * Log-densities that know nothing of the point: their responsibilities are the given ones.
 *
 * @param kernel prepares the tile for the stages to follow
 * @param parameters which it needs for that; their densities are overwritten
 * @param responsibilities a row of K for each point, not negative, with sum one
 */
public record GivenDensities(Kernel kernel, Parameters parameters, double[][] responsibilities) implements Densities {
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
}
