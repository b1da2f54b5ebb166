package org.fusedem.cli.plot;

import java.util.Locale;

/** Numbers to be read in passing. */
final class Numbers {
    private static final double LARGEST_PLAIN = 1e15;
    private static final double SMALLEST_PLAIN = 1e-3;

    private Numbers() {}

    /** Whole numbers with commas between thousands; others with three digits. */
    static String plain(double number) {
        if (number == Math.rint(number) && Math.abs(number) < LARGEST_PLAIN) {
            return String.format(Locale.ROOT, "%,d", (long) number);
        }
        double size = Math.abs(number);
        return String.format(Locale.ROOT, size >= LARGEST_PLAIN || size < SMALLEST_PLAIN ? "%.2e"
                : size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", number);
    }

    /** A share as percent. */
    static String percent(double share) {
        return String.format(Locale.ROOT, share == 0 || share == 1 || share >= 0.1 ? "%.0f%%" : "%.1f%%", 100 * share);
    }

    /** So many of something. */
    static String count(long number, String what) {
        return plain(number) + " " + what + (number == 1 ? "" : "s");
    }
}
