package org.fusedem.kernel;

/**
 * Densities of points some of which are known to belong to a component: there all other components have density zero.
 * So the component takes all of the point in any assignment, and the log-density of its own is what the point adds to
 * the log-likelihood.
 *
 * @param densities those of points without labels
 * @param labels for each point its component, or a negative number if that is not known
 */
public record LabelledDensities(Densities densities, int[] labels) implements Densities {
    @Override
    public void fill(Tile tile, long firstPoint) {
        densities.fill(tile, firstPoint);
        for (int n = 0; n < tile.count(); n++) {
            int label = labels[Math.toIntExact(firstPoint + n)];
            if (label >= 0) {
                for (int k = 0; k < tile.components(); k++) {
                    if (k != label) {
                        // Lower than the floor, where the label's own density may be.
                        tile.value(k, n, Double.NEGATIVE_INFINITY);
                    }
                }
            }
        }
    }
}
