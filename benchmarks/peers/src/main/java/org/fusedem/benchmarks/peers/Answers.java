package org.fusedem.benchmarks.peers;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fusedem.benchmarks.DataSet;
import org.fusedem.points.ElementType;

/** Asks a peer for its answer to each problem, and writes down whether it is ours. */
final class Answers {
    private Answers() {}

    /**
     * Writes a JSON array, an object for each shape.
     *
     * @param arguments the file to write, the peer, and the shapes
     */
    public static void main(String[] arguments) throws IOException {
        Peer peer = Peer.valueOf(arguments[1]);
        JsonArray answers = new JsonArray();
        for (String shape : List.of(arguments).subList(2, arguments.length)) {
            try (DataSet data = DataSet.of(shape, ElementType.FLOAT64)) {
                answers.add(answer(peer, data));
            }
        }
        Files.writeString(Path.of(arguments[0]), JsonWriter.indent("  ").string().array(answers).done() + "\n");
    }

    private static JsonObject answer(Peer peer, DataSet data) {
        JsonObject row = new JsonObject();
        row.put("peer", peer.name());
        row.put("shape", data.shape().toString());
        try (PeerFit fit = peer.prepare(data)) {
            Answer answer = Answer.of(fit.fit(PeerBenchmark.ITERATIONS), data, PeerBenchmark.ITERATIONS);
            row.put("logLikelihood", answer.logLikelihood());
            row.put("expected", answer.expected());
            row.put("equal", answer.isEqual());
        } catch (RuntimeException | LinkageError e) {
            // A library that fails, or a native part of it that is missing, is an answer too.
            row.put("failure", String.valueOf(e.getMessage()));
        }
        System.out.println(JsonWriter.string(row));
        return row;
    }
}
