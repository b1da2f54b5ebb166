package org.fusedem.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {
    private static double parse(String text) {
        String around = "9" + text + "9";
        return Cell.parse(around.toCharArray(), 1, text.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.0", "1", "+1", "1.", ".5", "-1.5e-3", "1E5", " 7 ", "\t7", "4.9e-324", "1e999", "-1e999",
            "00012", "0.1000000000000000055511151231257827021181583404541015625"})
    void readsNumbersAsJavaDoes(String text) {
        assertEquals(Double.parseDouble(text), parse(text));
    }

    @Test
    void readsBackWhateverJavaWrites() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            double x = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(x)) {
                assertEquals(x, parse(Double.toString(x)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "1x", "1,5", "1 2", "1d", "1f", "0x1p3", "-0x10", "NaN", "Infinity", "-inf", "1e",
            "e5", "--1", "1.2.3", ".", "-", "'1'", "\u0661", "1_000"})
    void refusesWhatIsNoNumber(String text) {
        assertTrue(Double.isNaN(parse(text)));
        assertFalse(Cell.isNumber(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''     | ' is empty'",
        "nan    | : 'nan' is not a finite number: leave the row out, or give it a value",
        "-Inf   | : '-Inf' is not a finite number: leave the row out, or give it a value",
        "NA     | : 'NA' is not a finite number: leave the row out, or give it a value",
        "1e9    | : '1e9' is too large: the limit is 1000.0, so rescale the column",
        "1,5    | : '1,5' has a comma in it: write decimals with a point, and thousands without a mark",
        "1.000,5| : '1.000,5' has a comma in it: write decimals with a point, and thousands without a mark",
        "1 2 3  | : '1 2 3' is not one number: columns are separated by comma, semicolon or tab",
        "1:2    | : '1:2' is not one number: columns are separated by comma, semicolon or tab",
        "two    | : 'two' is not a number",
    })
    void saysWhatIsWrong(String cell, String problem) {
        assertEquals(problem, Cell.problem(cell, 1000));
    }

    @Test
    void keepsHostileCellsOnOneShortLine() {
        assertEquals("'a\\nb\\u001b[31m'", Cell.shown("a\nb\u001b[31m"));
        assertEquals("'" + "x".repeat(40) + "...'", Cell.shown("x".repeat(1_000_000)));
    }
}
