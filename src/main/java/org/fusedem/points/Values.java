package org.fusedem.points;

/** What a coordinate and a weight may be, and the sentences for those that may not. */
final class Values {
    private Values() {}

    static void checkCoordinate(double value, ElementType type, int column, long row) {
        double largest = Math.min(type.largest(), Points.LARGEST_VALUE);
        if (!(Math.abs(value) <= largest)) {
            throw new IllegalArgumentException((Double.isFinite(value)
                            ? "value too large (the limit is " + largest + "; rescale the column)"
                            : "value not finite")
                    + ": column=" + column + ", row=" + row + ", value=" + value);
        }
    }

    static void checkWeight(double weight, ElementType type, long row) {
        if (!(weight >= 0 && weight <= Math.min(type.largest(), Points.LARGEST_VALUE))) {
            throw new IllegalArgumentException(
                    "weight must be finite and not negative: row=" + row + ", weight=" + weight);
        }
    }
}
