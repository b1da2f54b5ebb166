package org.fusedem.cli.plot;

import org.fusedem.model.GaussianMixture;
import org.fusedem.model.Scorer;
import org.fusedem.points.Points;

/**
 * Which component each point most likely belongs to, and how sure that is: the weight of the points by component and
 * class of certainty; for the first points also one by one.
 */
final class Assignments {
    /** A class of certainty begins at this probability of the most likely component; the last one at none. */
    static final double[] CLASSES = {0.99, 0.9, 0.7, 0};

    /** The classes that count as sure begin here. */
    static final double SURE = 0.9;

    private final double[][] weights;
    private final byte[] classes;
    private final int[] components;

    private Assignments(int components, int kept) {
        weights = new double[components][CLASSES.length];
        classes = new byte[kept];
        this.components = new int[kept];
    }

    /**
     * Scores all points.
     *
     * @param most one by one they can be asked for, if they are no more than this
     */
    static Assignments of(Points points, GaussianMixture mixture, int most) {
        int kept = points.size() <= most ? (int) points.size() : 0;
        Assignments assignments = new Assignments(mixture.components(), kept);
        try (Scorer scorer = mixture.scorer(points)) {
            for (long n = 0; n < points.size(); n++) {
                double[] responsibilities = scorer.responsibilities(n);
                int best = 0;
                for (int k = 1; k < responsibilities.length; k++) {
                    best = responsibilities[k] > responsibilities[best] ? k : best;
                }
                int level = 0;
                while (responsibilities[best] < CLASSES[level]) {
                    level++;
                }
                assignments.weights[best][level] += points.weight(n);
                if (n < kept) {
                    assignments.classes[(int) n] = (byte) level;
                    assignments.components[(int) n] = best;
                }
            }
        }
        return assignments;
    }

    /** Whether points can be asked for one by one. */
    boolean oneByOne() {
        return components.length > 0;
    }

    int component(long row) {
        return components[(int) row];
    }

    /** Whether the most likely component has at least the probability {@link #SURE}. */
    boolean certain(long row) {
        return CLASSES[classes[(int) row]] >= SURE;
    }

    /** The weight of a component's points in each class. */
    double[] weights(int component) {
        return weights[component];
    }
}
