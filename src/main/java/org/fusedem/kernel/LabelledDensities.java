package org.fusedem.kernel;

/**
 * Densities of points some of which are known to belong to a component: there all other components have density zero.
 * So the component takes all of the point in any assignment, and the log-density of its own is what the point adds to
 * the log-likelihood.
 *
 * @param densities those of points without labels
 * @param labels for each point its component, or a negative number if that is not known; in the order of passes
 * @param complete how many points have no gaps: these come first
 */
public record LabelledDensities(Densities densities, int[] labels, long complete) implements Densities {
    /** Those of these points, with labels in the order in which the points were given. */
    public static LabelledDensities of(Densities densities, int[] labels, Observations observations) {
        return new LabelledDensities(densities, observations.inOrder(labels), observations.complete().size());
    }

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

    @Override
    public Parameters parameters() {
        return densities.parameters();
    }

    @Override
    public void change(double[] logDensities, long row) {
        densities.change(logDensities, row);
        int label = labels[Math.toIntExact(complete + row)];
        if (label >= 0) {
            for (int k = 0; k < logDensities.length; k++) {
                logDensities[k] = k == label ? logDensities[k] : Double.NEGATIVE_INFINITY;
            }
        }
    }
}
