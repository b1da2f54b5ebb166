package org.fusedem.cli.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
    private static final Pattern NOTE = Pattern.compile("(?:×10(?<power>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))? ?(?<offset>[+−][\\d.]+)?");
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /** What a reader makes of a label and the note. */
    private static double read(String label, String note) {
        Matcher matcher = NOTE.matcher(note);
        assertTrue(matcher.matches(), note);
        double value = Double.parseDouble(label.replace('−', '-'));
        if (matcher.group("power") != null) {
            StringBuilder power = new StringBuilder();
            matcher.group("power").chars()
                    .forEach(c -> power.append(c == '⁻' ? "-" : String.valueOf(SUPERSCRIPTS.indexOf(c))));
            value *= Math.pow(10, Integer.parseInt(power.toString()));
        }
        String offset = matcher.group("offset");
        return value + (offset == null ? 0 : Double.parseDouble(offset.replace('−', '-')));
    }

    @Test
    void labelsReadAsTheirTicks() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            double width = Math.pow(10, random.nextDouble(-20, 20));
            double from = (random.nextDouble() - 0.5) * width * Math.pow(10, random.nextInt(0, 9));
            Axis axis = Axis.over(from, from + width, 6);
            String sentence = "from " + from + ", width " + width + ": " + axis;
            assertTrue(axis.ticks().size() >= 3 && axis.ticks().size() <= 14, sentence);
            for (int t = 0; t < axis.ticks().size(); t++) {
                double tick = axis.ticks().get(t);
                assertTrue(tick >= axis.from() - 1e-8 * width && tick <= axis.to() + 1e-8 * width, sentence);
                // A hundredth of the distance of ticks cannot be seen; beyond that a double has no more digits.
                assertEquals(tick, read(axis.labels().get(t), axis.note()),
                        width / 1000 + 8 * Math.ulp(Math.abs(from) + width), sentence);
                assertTrue(axis.labels().get(t).length() <= 11, sentence);
            }
            assertEquals(axis.labels().size(), axis.labels().stream().distinct().count(), sentence);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "-1e300, -1e300", "1e-300, 1e-300", "1e8, 1e8"})
    void aSingleValueHasAnAxisToo(double from, double to) {
        Axis axis = Axis.over(from, to, 6);
        assertTrue(axis.from() < from && axis.to() > to, axis.toString());
        assertTrue(axis.ticks().size() >= 3, axis.toString());
    }

    @Test
    void countsAreWhole() {
        assertEquals("[1, 2, 3]", Axis.ofCounts(1, 3, 8).labels().toString());
        assertEquals("[0, 500, 1000]", Axis.ofCounts(0, 1000, 2).labels().toString());
        assertEquals("[6, 7, 8]", Axis.ofCounts(7, 7, 8).labels().toString());
    }
}
