package org.fusedem.benchmarks.report;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fusedem.benchmarks.Shape;
import org.knowm.xchart.CategoryChart;

/** Other libraries, beside ours. */
final class PeersSection implements Section {
    static final String ANSWERS = "answers.json";
    private static final String OURS = "FUSEDEM";

    @Override
    public void write(Results results, Page page) throws IOException {
        List<Result> times = new ArrayList<>(results.of("peers-full"));
        times.addAll(results.of("peers-diagonal"));
        if (times.isEmpty()) {
            return;
        }
        page.heading("Other libraries");
        page.paragraph("""
                The same fit by everyone, on one thread: the same points, the same start, 10 EM iterations, nobody stops
                early. Before anything was timed, each had to reach our log-likelihood within 1e-6, relatively. Commons
                Math, ELKI (the fastest of its three full models) and Spark (`spark.mllib` on a local master) run 10
                iterations in one call; Smile's EM ends after one step when the log-likelihood is negative, so it is called
                10 times for one step each. Ours is the vector kernel, as after `ComputeKernel.warmUp`; without that call
                fits of less than about half a second in plain loops run in those, the second line. Spark and Commons Math have
                full covariances only.""");
        List<JsonObject> answers = answers(results.folder().resolve(ANSWERS));
        Set<String> shapes = new LinkedHashSet<>();
        times.forEach(time -> shapes.add(time.parameters().get("shape")));
        Set<String> peers = new LinkedHashSet<>();
        times.forEach(time -> peers.add(time.parameters().get("peer")));
        answers.forEach(answer -> peers.add(answer.getString("peer")));

        List<String> header = new ArrayList<>(List.of("library"));
        shapes.forEach(shape -> header.add(Shape.parse(shape).label()));
        List<List<String>> rows = new ArrayList<>();
        for (String peer : peers) {
            List<String> row = new ArrayList<>(List.of(name(peer)));
            for (String shape : shapes) {
                row.add(cell(times, answers, peer, shape));
            }
            rows.add(row);
        }
        page.table(header, rows);
        page.chart("peers", chart(times, peers, shapes));
    }

    private static String cell(List<Result> times, List<JsonObject> answers, String peer, String shape) {
        Optional<Result> time = find(times, peer, shape);
        if (time.isPresent()) {
            double ours = find(times, OURS, shape).map(Result::seconds).orElse(Double.NaN);
            String ratio = peer.equals(OURS) ? "" : ", " + Text.times(time.get().seconds() / ours);
            return Text.time(time.get()) + ratio;
        }
        return answers.stream()
                .filter(answer -> answer.getString("peer").equals(peer) && answer.getString("shape").equals(shape))
                .map(answer -> answer.has("failure") ? answer.getString("failure")
                        : answer.getBoolean("equal") ? "-" : "another answer: " + answer.getDouble("logLikelihood"))
                .findFirst().orElse("-");
    }

    private static Optional<Result> find(List<Result> times, String peer, String shape) {
        return times.stream().filter(time -> time.has("peer", peer) && time.has("shape", shape)).findFirst();
    }

    private static List<JsonObject> answers(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            JsonArray array = JsonParser.array().from(Files.readString(file));
            return array.stream().map(JsonObject.class::cast).toList();
        } catch (JsonParserException e) {
            throw new IOException("not the peers' answers: " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /** As its people write it. */
    static String name(String peer) {
        return switch (peer) {
            case "FUSEDEM" -> "fusedem";
            case "FUSEDEM_SCALAR" -> "fusedem, scalar";
            case "COMMONS_MATH" -> "Commons Math 3.6.1";
            case "SMILE" -> "Smile 6.2.5";
            case "ELKI" -> "ELKI 0.8.0";
            case "SPARK" -> "Spark MLlib 4.1.0";
            default -> peer;
        };
    }

    private static CategoryChart chart(List<Result> times, Set<String> peers, Set<String> shapes) {
        CategoryChart chart = Charts.bars("10 EM iterations, one thread: lower is better", "milliseconds");
        List<Double> all = times.stream().map(time -> 1e3 * time.seconds()).toList();
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(Charts.decadeBelow(all));
        chart.getStyler().setYAxisMax(Charts.decadeAbove(all));
        chart.getStyler().setYAxisTickLabelsFormattingFunction(Charts::tick);
        List<String> labels = shapes.stream().map(shape -> Shape.parse(shape).label()).toList();
        for (String peer : peers) {
            // A missing bar is a bar of no height.
            List<Double> heights = shapes.stream().map(shape -> find(times, peer, shape)
                    .map(time -> 1e3 * time.seconds()).orElse(Charts.decadeBelow(all))).toList();
            chart.addSeries(name(peer), labels, heights);
        }
        return chart;
    }
}
