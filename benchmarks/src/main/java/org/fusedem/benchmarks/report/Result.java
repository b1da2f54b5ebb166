package org.fusedem.benchmarks.report;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fusedem.benchmarks.Shape;

/**
 * One row of JMH's results.
 *
 * @param benchmark class and method
 * @param parameters by name
 * @param score the median of all values, in {@code unit}
 * @param unit as JMH writes it, for example {@code ms/op}
 * @param values every measured value: by fork, then iteration
 * @param secondary other results of the same run, by name: as many values
 */
record Result(String benchmark, Map<String, String> parameters, double score, String unit, double[][] values,
        Map<String, double[][]> secondary) {

    /** Reads JMH's JSON; no file, no results. */
    static List<Result> read(Path file) throws IOException {
        List<Result> results = new ArrayList<>();
        if (!Files.exists(file)) {
            return results;
        }
        try {
            for (Object row : JsonParser.array().from(Files.readString(file))) {
                results.add(of((JsonObject) row));
            }
        } catch (JsonParserException e) {
            throw new IOException("not JMH's JSON: " + file.getFileName() + ": " + e.getMessage(), e);
        }
        return results;
    }

    private static Result of(JsonObject row) {
        Map<String, String> parameters = new LinkedHashMap<>();
        row.getObject("params", new JsonObject()).forEach((name, value) -> parameters.put(name, (String) value));
        Map<String, double[][]> secondary = new LinkedHashMap<>();
        row.getObject("secondaryMetrics", new JsonObject()).forEach((name, metric) ->
                // Older JMH puts a dot before the names of profilers.
                secondary.put(name.replace("·", ""), values((JsonObject) metric)));
        JsonObject primary = row.getObject("primaryMetric");
        String name = row.getString("benchmark");
        String className = name.substring(0, name.lastIndexOf('.'));
        double[][] values = values(primary);
        return new Result(name.substring(className.lastIndexOf('.') + 1), parameters,
                Median.of(Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray()),
                primary.getString("scoreUnit"), values, secondary);
    }

    private static double[][] values(JsonObject metric) {
        return metric.getArray("rawData").stream()
                .map(fork -> ((JsonArray) fork).stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray())
                .toArray(double[][]::new);
    }

    /** The problem. */
    Shape shape() {
        return Shape.parse(parameters.get("shape"));
    }

    /** Whether a parameter has this value. */
    boolean has(String parameter, String value) {
        return value.equals(parameters.get(parameter));
    }

    /** The mean of a secondary result, or NaN if there is none. */
    double mean(String name) {
        return Arrays.stream(secondary.getOrDefault(name, new double[0][])).flatMapToDouble(Arrays::stream).average()
                .orElse(Double.NaN);
    }

    /** The score in seconds per operation. */
    double seconds() {
        return seconds(score);
    }

    /** One of the values in seconds per operation. */
    double seconds(double value) {
        return value * switch (unit) {
            case "ns/op" -> 1e-9;
            case "us/op" -> 1e-6;
            case "ms/op" -> 1e-3;
            case "s/op" -> 1;
            default -> throw new IllegalArgumentException("not a time: " + benchmark + ", unit=" + unit);
        };
    }

    /** The iterations' shares of the FMA peak that was measured around each, least first; none if it was not. */
    double[] sharesOfPeak() {
        double[][] peaks = secondary.getOrDefault("fmaGflops", new double[0][]);
        return IntStream.range(0, peaks.length).boxed()
                .flatMapToDouble(fork -> IntStream.range(0, peaks[fork].length).mapToDouble(i ->
                        shape().passFlops() / seconds(values[fork][i]) / (peaks[fork][i] * 1e9)))
                .sorted().toArray();
    }

    /** Least and largest of all values, in seconds per operation. */
    DoubleSummaryStatistics spread() {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).map(this::seconds).summaryStatistics();
    }
}
