package org.fusedem.online;

import java.util.Arrays;
import org.fusedem.kernel.Parameters;

/**
 * What is subtracted from the points of each component before their moments are taken. Blocks add up only around the
 * same shifts, so these stay while the means move; until one of a component with weight is farther from its mean than 32
 * standard deviations, by Mahalanobis distance. A variance is then the difference of sums up to {@code 32^2 + 1} times
 * as large: about a thousand roundings, as passes themselves allow.
 */
final class Shifts {
    private static final double MOST_DEVIATIONS = 32;

    private final Parameters parameters;
    private final double[] values;
    private final double[] difference;

    Shifts(Parameters parameters) {
        this.parameters = parameters;
        values = new double[parameters.means().length];
        // Far from anything, until they follow.
        Arrays.fill(values, Double.NaN);
        difference = new double[parameters.dims()];
    }

    /** {@code components x dims}, by rows; live. */
    double[] values() {
        return values;
    }

    /** Takes those that the parameters ask for. */
    void follow() {
        System.arraycopy(parameters.shifts(), 0, values, 0, values.length);
    }

    /** Whether a component has moved too far away from its shift. */
    boolean areFar() {
        for (int k = 0; k < parameters.components(); k++) {
            for (int i = 0; i < difference.length; i++) {
                int at = k * difference.length + i;
                difference[i] = values[at] - parameters.means()[at];
            }
            // Negated, for NaN.
            if (parameters.weights()[k] > 0
                    && !(parameters.squaredDistance(k, difference) <= MOST_DEVIATIONS * MOST_DEVIATIONS)) {
                return true;
            }
        }
        return false;
    }
}
