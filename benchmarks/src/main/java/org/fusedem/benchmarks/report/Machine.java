package org.fusedem.benchmarks.report;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fusedem.fit.ComputeKernel;

/** Where, when and on what a report was measured: {@code machine.json} in its folder. */
final class Machine {
    private static final String FILE = "machine.json";

    private final JsonObject facts;

    private Machine(JsonObject facts) {
        this.facts = facts;
    }

    /** This machine, now. */
    static Machine here(Path root, String command) {
        JsonObject facts = new JsonObject();
        facts.put("date", LocalDate.now().toString());
        facts.put("cpu", cpu());
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("memory", memory());
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("jdk", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"));
        facts.put("flags", flags());
        facts.put("kernel", ComputeKernel.name() + ", " + ComputeKernel.vectorBits() + " bits");
        facts.put("commit", commit(root));
        facts.put("command", command);
        return new Machine(facts);
    }

    static Machine read(Path folder) throws IOException {
        try {
            return new Machine(JsonParser.object().from(Files.readString(folder.resolve(FILE))));
        } catch (JsonParserException e) {
            throw new IOException("not a report's " + FILE + ": " + e.getMessage(), e);
        }
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), JsonWriter.indent("  ").string().object(facts).done() + "\n");
    }

    /** For the name of a folder: {@code 2026-01-31-intel-xeon}. */
    String slug() {
        String cpu = facts.getString("cpu").toLowerCase(Locale.ROOT)
                .replaceAll("\\((r|tm)\\)|@.*|\\bcpu\\b|\\bprocessor\\b", " ")
                .replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return facts.getString("date") + "-" + cpu;
    }

    /** Whether the numbers were not meant to mean anything. */
    boolean quick() {
        return facts.getString("command").contains("--quick");
    }

    List<List<String>> rows() {
        return facts.entrySet().stream().map(fact -> List.of(fact.getKey(), String.valueOf(fact.getValue()))).toList();
    }

    private static String cpu() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            // Not Linux.
            String brand = output("sysctl", "-n", "machdep.cpu.brand_string");
            return brand.isEmpty() ? System.getProperty("os.arch") : brand;
        }
    }

    private static String memory() {
        long bytes = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        return (bytes >> 30) + " GiB";
    }

    private static String flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream().collect(Collectors.joining(" "));
    }

    private static String commit(Path root) {
        String commit = output("git", "-C", root.toString(), "rev-parse", "--short=12", "HEAD");
        String changes = output("git", "-C", root.toString(), "status", "--porcelain", "--", "src", "benchmarks/src");
        return commit.isEmpty() ? "unknown" : commit + (changes.isEmpty() ? "" : ", with changes");
    }

    /** What a command prints, or nothing. */
    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
