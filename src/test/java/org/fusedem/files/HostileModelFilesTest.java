package org.fusedem.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileModelFilesTest {
    private static final String VALID = """
            {
              "format": "fusedem-gaussian-mixture",
              "version": 1,
              "dims": 2,
              "components": 2,
              "covarianceType": "full",
              "columns": ["length", "width"],
              "weights": [0.25, 0.75],
              "means": [[1, 2], [3, 4]],
              "covariances": [[[1, 0.5], [0.5, 2]], [[1, 0], [0, 3]]]
            }
            """;

    /** Pairs of lines: what of the valid text is replaced by what; the place, and what is said of it. */
    private static final String DAMAGES = """
            "format" -> "Format"
                1:1 not a model of fusedem: it has no key "format"
            fusedem-gaussian-mixture -> other
                2:13 not a model of fusedem: its format is "other", not "fusedem-gaussian-mixture"
            "version": 1 -> "version": 2
                3:14 the model was written by a newer fusedem: it has version 2, and this fusedem reads version 1
            "version": 1 -> "version": 0
                3:14 version must be a positive whole number
            "version": 1 -> "version": "1"
                3:14 version must be a positive whole number
            "dims": 2 -> "dims": 1.5
                4:11 dims must be a positive whole number
            "dims": 2 -> "dims": 1e99
                4:11 dims must be a positive whole number
            "dims": 2 -> "dims": 2147483647
                7:14 columns must be an array of 2147483647 strings, and is an array of 2 values
            "components": 2 -> "components": 2147483647
                8:14 weights must be an array of 2147483647 numbers, and is an array of 2 numbers
            "full" -> "FULL"
                6:21 covariance must be spherical, diagonal, tied or full: covariance=FULL
            "full" -> 7
                6:21 covarianceType must be a string, and is a number
            "full" -> "tied"
                10:19 covariances[0] must be an array of 2 numbers, and is an array of 2 values
            "full" -> "diagonal"
                10:19 covariances[0] must be an array of 2 numbers, and is an array of 2 values
            "full" -> "spherical"
                10:18 covariances must be an array of 2 numbers, and is an array of 2 values
            "width"] -> 3]
                7:25 columns must be strings, and this is a number
            ["length", "width"] -> null
                7:14 columns must be an array of 2 strings, and is null
            0.25, 0.75 -> 0.25, 0.7
                8:14 weights must sum to one: sum=0.95
            0.25, 0.75 -> -0.25, 1.25
                8:14 weight not between 0 and 1: component=0, weight=-0.25
            0.25, 0.75 -> 0.25, null
                8:14 weights must be an array of 2 numbers, and is an array of 2 values
            [3, 4] -> [3]
                9:21 means[1] must be an array of 2 numbers, and is an array of 1 number
            [3, 4]] -> [3, 4], [5, 6]]
                9:12 means must be an array of 2 arrays, and is an array of 3 values
            [3, 4] -> [3, NaN]
                9:25 not JSON: a value must start here
            [3, 4] -> [3, 1e999]
                9:25 the number is too large for a double
            [3, 4] -> [3, 04]
                9:26 not JSON: ',' must stand here
            [3, 4] -> [3, .4]
                9:25 not JSON: a value must start here
            [3, 4] -> [3, 4.]
                9:27 not JSON: a digit must stand here
            [3, 4] -> [3, 4,]
                9:27 not JSON: a value must start here
            [[1, 0], [0, 3]] -> [[1, 0], [0.1, 3]]
                10:41 covariances[1] must be symmetric: [1][0] is 0.1, [0][1] is 0.0
            [[1, 0], [0, 3]] -> [[1, 0], [0, 0]]
                10:41 covariances[1] must be positive definite
            [[1, 0], [0, 3]] -> [[1, 2], [2, 3]]
                10:41 covariances[1] must be positive definite
            "dims": 2, -> "dims": 2, "dims": 2,
                4:14 the key "dims" comes twice
            "dims": 2, -> "dims": 2
                5:3 not JSON: ',' must stand here
            "dims": 2, -> dims: 2,
                4:3 not JSON: a key in quotes must start here
            "dims": 2, -> "di⏎ms": 2,
                4:6 not JSON: a control character in a string must be escaped
            "dims": 2, -> "di\\x": 2,
                4:6 no such escape
            "dims": 2, -> "di\\u00g0": 2,
                4:10 not JSON: \\u needs four hexadecimal digits
            "length" -> "größe", tru
                7:24 not JSON: a value must start here
            ]]]⏎} -> ]]]⏎}}
                11:2 not JSON: the text should have ended here
            """;

    private static final byte[] HOSTILE_BYTES =
            {0, ' ', '"', '\\', ',', ':', '[', ']', '{', '}', '-', '9', 'e', (byte) 0xE2};

    /** A model, or the one exception; anything else fails the test. */
    private static boolean isModel(byte[] json) {
        try {
            ModelReader.read(json);
            return true;
        } catch (JsonException e) {
            e.in("file", json);
            return false;
        }
    }

    @Test
    void refusesEveryTruncation() {
        byte[] json = VALID.getBytes(StandardCharsets.UTF_8);
        int end = VALID.lastIndexOf('}') + 1;
        for (int length = 0; length < end; length++) {
            assertTrue(!isModel(Arrays.copyOf(json, length)), "cut to " + length + " bytes");
        }
        assertTrue(isModel(Arrays.copyOf(json, end)));
    }

    @Test
    void survivesAnyWrongByte() {
        byte[] json = VALID.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < json.length; at++) {
            for (byte hostile : HOSTILE_BYTES) {
                byte[] damaged = json.clone();
                damaged[at] = hostile;
                isModel(damaged);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void survivesManyWrongBytes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] json = ModelFiles.toJson(new RandomModels(seed).next(Covariance.TIED, 2, 3))
                .getBytes(StandardCharsets.UTF_8);
        for (int trial = 0; trial < 5000; trial++) {
            byte[] damaged = json.clone();
            for (int i = random.nextInt(5); i >= 0; i--) {
                int from = random.nextInt(json.length);
                int length = Math.min(random.nextInt(20), json.length - from);
                System.arraycopy(json, random.nextInt(json.length - length + 1), damaged, from, length);
            }
            isModel(damaged);
        }
    }

    static Stream<Arguments> damages() {
        String[] lines = DAMAGES.split("\n");
        return IntStream.range(0, lines.length / 2).mapToObj(i -> {
            String[] change = lines[2 * i].replace('⏎', '\n').split(" -> ");
            String[] place = lines[2 * i + 1].strip().split("[: ]", 3);
            String message = "JSON, line " + place[0] + ", column " + place[1] + ": " + place[2];
            return Arguments.of(change[0], change[1], message);
        });
    }

    @ParameterizedTest
    @MethodSource("damages")
    void saysWhereAndWhatIsWrong(String from, String to, String message) {
        assertTrue(VALID.contains(from));
        FileFormatException e =
                assertThrows(FileFormatException.class, () -> ModelFiles.fromJson(VALID.replace(from, to)));
        assertEquals(message, e.getMessage());
        assertEquals("JSON", e.file());
        assertTrue(e.getMessage().startsWith("JSON, line " + e.line() + ", column " + e.column() + ": "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"version", "dims", "components", "covarianceType", "columns", "weights", "means", "covariances"})
    void namesTheMissingKey(String key) {
        String json = VALID.replace("\"" + key + "\"", "\"other\"");
        FileFormatException e = assertThrows(FileFormatException.class, () -> ModelFiles.fromJson(json));
        assertEquals("JSON, line 1, column 1: the key \"" + key + "\" is missing", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"diagonal, '[[1, 2], [0, 4]]', covariances[1]", "spherical, '[0, 4]', covariances"})
    void refusesVariancesThatAreNotPositive(String type, String covariances, String name) {
        String json = VALID.replace("full", type).replace("[[[1, 0.5], [0.5, 2]], [[1, 0], [0, 3]]]", covariances);
        FileFormatException e = assertThrows(FileFormatException.class, () -> ModelFiles.fromJson(json));
        String problem = ": " + name + " must be positive, and number 0 from 0 is 0.0";
        assertTrue(e.getMessage().endsWith(problem), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[[1],"})
    void endsDeepNestingBeforeTheStackDoes(String opening) {
        FileFormatException e =
                assertThrows(FileFormatException.class, () -> ModelFiles.fromJson(opening.repeat(1_000_000)));
        assertTrue(e.getMessage().endsWith(": not JSON: nested more than 64 deep"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "7", "[]", "null", "\"fusedem-gaussian-mixture\"", "length,width\n1,2\n"})
    void refusesWhatIsNoModelAtAll(String json) {
        assertThrows(FileFormatException.class, () -> ModelFiles.fromJson(json));
    }

    @Test
    void namesTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("broken.json");
        Files.write(file, new byte[] {'{', '"', (byte) 0xC3, '"'});
        FileFormatException e = assertThrows(FileFormatException.class, () -> ModelFiles.read(file));
        assertEquals(file + ", line 1, column 3: the string that goes on here is not UTF-8", e.getMessage());
    }
}
