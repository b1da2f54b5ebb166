package org.fusedem.benchmarks.report;

import java.util.DoubleSummaryStatistics;
import java.util.Locale;

/** Numbers for people: three significant digits, and a dash for what was not measured. */
final class Text {
    private static final String NONE = "-";

    private Text() {}

    static String number(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double size = Math.abs(value);
        String pattern = size >= 100 || size == 0 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3g";
        return String.format(Locale.ROOT, pattern, value);
    }

    /** A duration in the unit that suits it. */
    static String time(double seconds) {
        if (!Double.isFinite(seconds)) {
            return NONE;
        }
        return seconds >= 1 ? number(seconds) + " s"
                : seconds >= 1e-3 ? number(seconds * 1e3) + " ms"
                : seconds >= 1e-6 ? number(seconds * 1e6) + " us"
                : number(seconds * 1e9) + " ns";
    }

    /** The time of a result, with the least and the largest, if it was measured more than once. */
    static String time(Result result) {
        DoubleSummaryStatistics spread = result.spread();
        return time(result.seconds())
                + (spread.getCount() > 1 ? " (" + time(spread.getMin()) + " to " + time(spread.getMax()) + ")" : "");
    }

    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", 100 * share) : NONE;
    }

    static String times(double ratio) {
        return Double.isFinite(ratio) ? number(ratio) + "x" : NONE;
    }
}
