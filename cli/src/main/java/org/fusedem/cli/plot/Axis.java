package org.fusedem.cli.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A range of values, and round ones among them to write beside it.
 *
 * @param from the least value
 * @param to the largest
 * @param ticks round values in between
 * @param labels what to write at these
 * @param note what to add to the title for the labels to be true: a power of ten to multiply by, a number to add; often
 *     empty
 */
record Axis(double from, double to, List<Double> ticks, List<String> labels, String note) {
    /** Labels of more digits than this share their first ones in the note. */
    private static final double MOST_STEPS = 1e5;

    /** Of the range, on both sides: dots at the ends do not sit on the frame. */
    private static final double COUNT_MARGIN = 0.03;

    private static final int LARGEST_PLAIN_POWER = 5;
    private static final int SMALLEST_PLAIN_POWER = -3;
    /** As many as a double is sure of. */
    private static final MathContext DIGITS = new MathContext(15);

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /** An axis with about so many ticks. A range of no width gets some. */
    static Axis over(double from, double to, int about) {
        double width = to - from;
        double size = Math.max(Math.abs(from), Math.abs(to));
        if (!(width > size * 1e-12)) {
            double margin = size == 0 ? 1 : size * 1e-3;
            return over(from - margin, to + margin, about);
        }
        return of(from, to, roundStep(width / about));
    }

    /** An axis of whole numbers with about so many ticks. */
    static Axis ofCounts(long from, long to, int about) {
        double step = Math.max(1, roundStep((double) (to - from) / about));
        double margin = from == to ? 1 : COUNT_MARGIN * (to - from);
        return of(from - margin, to + margin, Math.rint(step));
    }

    private static Axis of(double from, double to, double step) {
        double first = Math.ceil(from / step - 1e-9);
        double last = Math.floor(to / step + 1e-9);
        double offset = Math.max(Math.abs(first), Math.abs(last)) > MOST_STEPS ? offset(from, to) : 0;
        double largest = Math.max(Math.abs(from - offset), Math.abs(to - offset));
        int power = (int) Math.floor(Math.log10(largest));
        if (power >= SMALLEST_PLAIN_POWER && power <= LARGEST_PLAIN_POWER) {
            power = 0;
        }
        double unit = Math.pow(10, power);
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step / unit) - 1e-9));
        List<Double> ticks = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (double i = first; i <= last; i++) {
            ticks.add(i * step);
            double shown = (i * step - offset) / unit;
            labels.add(String.format(Locale.ROOT, "%." + decimals + "f", shown == 0 ? 0.0 : shown).replace('-', '−'));
        }
        return new Axis(from, to, List.copyOf(ticks), List.copyOf(labels), note(power, offset));
    }

    /** 1, 2 or 5 times a power of ten: the nearest. */
    private static double roundStep(double step) {
        double unit = Math.pow(10, Math.floor(Math.log10(step)));
        double digits = step / unit;
        return unit * (digits < 1.5 ? 1 : digits < 3.5 ? 2 : digits < 7.5 ? 5 : 10);
    }

    /** A number below the range, as round as it can be. */
    private static double offset(double from, double to) {
        double unit = Math.pow(10, Math.ceil(Math.log10(to - from)));
        return Math.floor(from / unit) * unit;
    }

    private static String note(int power, double offset) {
        StringBuilder note = new StringBuilder();
        if (power != 0) {
            note.append("×10").append(power < 0 ? "⁻" : "");
            String.valueOf(Math.abs(power)).chars().forEach(c -> note.append(SUPERSCRIPTS.charAt(c - '0')));
        }
        if (offset != 0) {
            String number = new BigDecimal(Math.abs(offset)).round(DIGITS).stripTrailingZeros().toPlainString();
            note.append(note.isEmpty() ? "" : " ").append(offset < 0 ? "−" : "+").append(number);
        }
        return note.toString();
    }
}
