package org.fusedem.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plain rows are read by one reader and all others by another: whichever reads a row, the same comes of it. A blank line in
 * front makes the second one read all.
 */
class PlainRowsTest {
    private static final String HOSTILE = "\"\"  ,,;\t\r\n\n-+.eE0019x\u00e9N";

    @TempDir
    private Path folder;

    /** The points to the bit, or the sentence. */
    private String read(String content, String weights) throws IOException {
        Path file = folder.resolve("data.csv");
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        try (DataPoints read = DataPoints.read(
                file, new DataOptions(), new RowOptions(weights, null, 0), null, List.of())) {
            StringBuilder text = new StringBuilder(read.columns().toString());
            Points points = read.points();
            for (long n = 0; n < points.size(); n++) {
                double[] row = new double[points.dims()];
                points.copyRow(n, row);
                text.append(Arrays.toString(row)).append(points.weight(n));
            }
            return text.toString();
        } catch (CommandException e) {
            return e.getMessage();
        }
    }

    /** The sentence with the line it would have without the blank one in front. */
    private static String oneLineLess(String result) {
        String[] parts = result.split(", line ", 2);
        if (parts.length == 1) {
            return result;
        }
        int digits = parts[1].replaceAll("\\D.*", "").length();
        return parts[0] + ", line " + (Long.parseLong(parts[1].substring(0, digits)) - 1) + parts[1].substring(digits);
    }

    private void assertSameByBoth(String content, String weights) throws IOException {
        assertEquals(oneLineLess(read("\n" + content, weights)), read(content, weights), () -> "of " + content);
    }

    private static String number(SplittableRandom random) {
        return switch (random.nextInt(9)) {
            case 0 -> Integer.toString(random.nextInt(-1000, 1000));
            case 1 -> Double.toString(random.nextGaussian());
            case 2 -> String.format(Locale.ROOT, "%.4f", 100 * random.nextGaussian());
            case 3 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(-300, 150)));
            case 4 -> "+" + random.nextInt(10) + ".";
            case 5 -> "-." + random.nextLong(1L << 60);
            case 6 -> " " + random.nextLong() + " ";
            case 7 -> "0".repeat(random.nextInt(30)) + random.nextLong(1L << 54) + "." + "0".repeat(random.nextInt(30)) + "7";
            default -> Long.toString((1L << 53) + random.nextInt(-3, 3)) + (random.nextBoolean() ? ".5" : "");
        };
    }

    private static String table(SplittableRandom random, String lineEnd) {
        StringBuilder text = new StringBuilder("a,\"b\",c" + lineEnd);
        for (int n = random.nextInt(1, 20); n > 0; n--) {
            text.append(number(random)).append(',').append(number(random)).append(',')
                    .append(random.nextInt(50)).append(n > 1 || random.nextBoolean() ? lineEnd : "");
        }
        return text.toString();
    }

    @Test
    void readsTheSameNumbersAsTheOtherReader() throws IOException {
        SplittableRandom random = new SplittableRandom(21);
        for (int trial = 0; trial < 400; trial++) {
            assertSameByBoth(table(random, random.nextBoolean() ? "\n" : "\r\n"), random.nextBoolean() ? "c" : null);
        }
    }

    @Test
    void roundsAsJavaDoes() throws IOException {
        SplittableRandom random = new SplittableRandom(22);
        for (int trial = 0; trial < 2000; trial++) {
            String number = number(random);
            assertEquals("[a, b][" + Double.parseDouble(number) + ", 1.0]1.0", read("a,b\n" + number + ",1\n", null));
        }
    }

    @Test
    void refusesTheSameAsTheOtherReader() throws IOException {
        SplittableRandom random = new SplittableRandom(23);
        for (int trial = 0; trial < 3000; trial++) {
            StringBuilder text = new StringBuilder(table(random, "\n"));
            for (int i = random.nextInt(3); i >= 0; i--) {
                char hostile = HOSTILE.charAt(random.nextInt(HOSTILE.length()));
                int at = random.nextInt(4, text.length());
                if (random.nextBoolean()) {
                    text.setCharAt(at, hostile);
                } else {
                    text.insert(at, hostile);
                }
            }
            assertSameByBoth(text.toString(), random.nextBoolean() ? "3" : null);
        }
    }

    @Test
    void readsFilesThatAreLongerThanItsBuffer() throws IOException {
        SplittableRandom random = new SplittableRandom(24);
        StringBuilder text = new StringBuilder("a,b,c\n");
        while (text.length() < 1_000_000) {
            text.append(number(random)).append(',').append(number(random)).append(",1\n");
        }
        assertSameByBoth(text.toString(), null);
        text.insert(900_000 + text.substring(900_000).indexOf('\n') + 1, "1,\"2\",3\n");
        assertSameByBoth(text.toString(), null);
        // A line that no buffer holds.
        assertSameByBoth("a,b\n1,2\n3," + " ".repeat(400_000) + "4\n5,6\n", null);
        assertSameByBoth("a,b\n1,2\n3," + "4".repeat(400_000) + "x\n", null);
    }
}
