package org.fusedem.kernel;

import java.util.SplittableRandom;

/**
 * Log-densities that know nothing of the point: their responsibilities are drawn uniformly from the simplex
 * (a Dirichlet distribution with all parameters one: exponential variates, normalised). Each tile has a random
 * sequence of its own, so the draw does not depend on the threads.
 *
 * @param kernel prepares the tile for the stages to follow
 * @param parameters which it needs for that; their densities are overwritten
 * @param seed makes the draw repeatable
 */
public record RandomDensities(Kernel kernel, Parameters parameters, long seed) implements Densities {
    @Override
    public void fill(Tile tile, long firstPoint) {
        kernel.logDensities(parameters, tile);
        // The generator scrambles its seed, so neighbouring tiles are unrelated.
        SplittableRandom random = new SplittableRandom(seed + firstPoint);
        for (int n = 0; n < tile.count(); n++) {
            for (int k = 0; k < tile.components(); k++) {
                tile.value(k, n, Math.log(random.nextExponential()));
            }
        }
    }

    @Override
    public void change(double[] logDensities, long row) {
        // Counted down from the seed, where no tile's sequence starts.
        SplittableRandom random = new SplittableRandom(seed - 1 - row);
        for (int k = 0; k < logDensities.length; k++) {
            logDensities[k] = Math.log(random.nextExponential());
        }
    }
}
