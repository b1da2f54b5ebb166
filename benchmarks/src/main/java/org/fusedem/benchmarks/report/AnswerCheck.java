package org.fusedem.benchmarks.report;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the other libraries for their answers before they are timed, each in a process of its own. That code is in a
 * module that may not be there, so it is known by name only.
 */
final class AnswerCheck {
    private static final String PEERS = "org.fusedem.benchmarks.peers.Peer";
    private static final String MAIN = "org.fusedem.benchmarks.peers.Answers";

    private final Path folder;

    AnswerCheck(Path folder) {
        this.folder = folder;
    }

    void run(String[] shapes) throws IOException, InterruptedException {
        JsonArray all = new JsonArray();
        Path file = Files.createTempFile("answers", ".json");
        try {
            for (Object peer : peers()) {
                Files.writeString(file, "[]");
                int status = process(file, peer.toString(), shapes).inheritIO().start().waitFor();
                if (status == 0) {
                    all.addAll(JsonParser.array().from(Files.readString(file)));
                } else {
                    addFailures(all, peer.toString(), shapes, "ended with status " + status);
                }
            }
        } catch (JsonParserException e) {
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(file);
        }
        Files.writeString(folder.resolve(PeersSection.ANSWERS), JsonWriter.indent("  ").string().array(all).done() + "\n");
    }

    private static Object[] peers() throws IOException {
        try {
            return Class.forName(PEERS).getEnumConstants();
        } catch (ClassNotFoundException e) {
            throw new IOException("the other libraries are not on the class path: use benchmarks/report", e);
        }
    }

    /** A process that dies is an answer, too, and must not look like a library that was not asked. */
    private static void addFailures(JsonArray all, String peer, String[] shapes, String failure) {
        for (String shape : shapes) {
            JsonObject row = new JsonObject();
            row.put("peer", peer);
            row.put("shape", shape);
            row.put("failure", failure);
            all.add(row);
        }
    }

    private static ProcessBuilder process(Path file, String peer, String[] shapes) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", ManagementFactory.getRuntimeMXBean().getClassPath(), MAIN, file.toString(), peer));
        command.addAll(List.of(shapes));
        return new ProcessBuilder(command);
    }
}
