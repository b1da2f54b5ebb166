package org.fusedem.fit;

/**
 * Something that went wrong with a component, and the rule that was applied.
 *
 * @param kind what happened
 * @param index the component it happened to, or for a constant feature the column; from 0
 * @param firstIteration when it happened first; 0 is the start
 * @param lastIteration when it happened last; if this is the fit's last iteration, the model is affected
 */
public record FitEvent(Kind kind, int index, int firstIteration, int lastIteration) {
    /** What can happen. */
    public enum Kind {
        /**
         * The component's variance, in some direction, would have fallen below the floor; it was held there. Said only of
         * directions in which the points vary: where a feature is constant, no component can help it.
         */
        VARIANCE_FLOORED("component %d collapsed: its variance was held at the floor"),
        /** The component has no weight left that a double could tell; weight 0, mean and covariance stay as they were. */
        WEIGHT_VANISHED("component %d died: its weight is 0, its mean and covariance stay as they were"),
        /**
         * No points are left to the component, or fewer than a double could tell, and its weight is not the fit's to
         * choose (see {@link Fixed}), or {@link Noise} has taken all points; weight, mean and covariance stay as they
         * were.
         */
        POINTS_VANISHED("component %d has no points: it stays as it was, and keeps its weight"),
        /**
         * All values of the feature are equal; where its scale was needed the average variance of the other features
         * stood in for its own.
         */
        FEATURE_CONSTANT("column %d is constant: its variance is held at the floor");

        private final String format;

        Kind(String format) {
            this.format = format;
        }
    }

    /** The event in one sentence; components and columns counted from 1. */
    public String sentence() {
        return kind.format.formatted(index + 1) + switch (kind) {
            case FEATURE_CONSTANT -> "";
            default -> firstIteration == lastIteration
                    ? " (iteration " + firstIteration + ")"
                    : " (iterations " + firstIteration + " to " + lastIteration + ")";
        };
    }
}
