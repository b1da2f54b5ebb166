package org.fusedem.points;

/** What a coordinate and a weight may be, and the sentences for those that may not. */
final class Values {
    private Values() {}

    static void checkCoordinate(double value, ElementType type, int column, long row) {
        if (!(Math.abs(value) <= type.largestValue())) {
            throw new IllegalArgumentException(problem(value, type)
                    + ": column=" + column + ", row=" + row + ", value=" + value);
        }
    }

    private static String problem(double value, ElementType type) {
        if (Double.isNaN(value)) {
            return "value not finite (NaN can mean missing: see PointsBuilder.allowMissing)";
        }
        return Double.isFinite(value)
                ? "value too large (the limit is " + type.largestValue() + "; rescale the column)"
                : "value not finite";
    }

    static void checkWeight(double weight, ElementType type, long row) {
        if (!(weight >= 0 && weight <= type.largestValue())) {
            throw new IllegalArgumentException((weight >= 0 && weight < Double.POSITIVE_INFINITY
                            ? "weight too large (the limit is " + type.largestValue() + "; scale all weights down)"
                            : "weight must be finite and not negative")
                    + ": row=" + row + ", weight=" + weight);
        }
        if (weight > 0 && type.stored(weight) == 0) {
            throw new IllegalArgumentException("weight too small (" + type + " stores it as 0; scale all weights up)"
                    + ": row=" + row + ", weight=" + weight);
        }
    }
}
