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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fusedem.fit.ComputeKernel;

/** Where, when and on what a report was measured: {@code machine.json} in its folder. */
final class Machine {
    private static final String FILE = "machine.json";
    private static final String COMMAND = "command";
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    private final JsonObject facts;

    private Machine(JsonObject facts) {
        this.facts = facts;
    }

    /** This machine, now. */
    static Machine here(Path root, String command) {
        JsonObject facts = new JsonObject();
        facts.put("date", LocalDate.now().toString());
        facts.put("cpu", cpu());
        String generation = generation();
        if (!generation.isEmpty()) {
            facts.put("cpu generation", generation);
        }
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("memory", memory());
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("jdk", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"));
        facts.put("flags", flags());
        facts.put("kernel", ComputeKernel.name() + ", " + ComputeKernel.vectorBits() + " bits");
        facts.put("commit", commit(root));
        facts.put(COMMAND, command);
        return new Machine(facts);
    }

    static Machine read(Path folder) throws IOException {
        try {
            return new Machine(JsonParser.object().from(Files.readString(folder.resolve(FILE))));
        } catch (JsonParserException e) {
            throw new IOException("not a report's " + FILE + ": " + e.getMessage(), e);
        }
    }

    /** Whether a folder holds a report. */
    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /**
     * These facts, and those that are different for some suites which were measured again, or for the first time, later:
     * {@code commit of elementary, stages}.
     */
    Machine with(Machine later, String suites) {
        boolean again = facts.getString(COMMAND).equals(later.facts.getString(COMMAND));
        JsonObject all = new JsonObject(facts);
        later.facts.forEach((fact, value) -> {
            String name = again ? fact : fact + " of " + suites;
            if (again || !String.valueOf(value).equals(String.valueOf(facts.get(fact)))) {
                all.put(name, value);
            } else {
                all.remove(name);
            }
        });
        return new Machine(all);
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
        return facts.values().stream().anyMatch(fact -> String.valueOf(fact).contains("--quick"));
    }

    List<List<String>> rows() {
        return facts.entrySet().stream().map(fact -> List.of(fact.getKey(), String.valueOf(fact.getValue()))).toList();
    }

    private static String cpu() {
        return cpuinfo("model name").or(() -> output("sysctl", "-n", "machdep.cpu.brand_string"))
                .orElse(System.getProperty("os.arch"));
    }

    /** On shared machines the name often says no more than who has made it. */
    private static String generation() {
        return Stream.of("cpu family", "model", "stepping")
                .flatMap(key -> cpuinfo(key).map(value -> key.replace("cpu ", "") + " " + value).stream())
                .collect(Collectors.joining(", "));
    }

    /** What Linux says about its first core. */
    private static Optional<String> cpuinfo(String key) {
        try {
            return Files.readAllLines(CPUINFO).stream()
                    .filter(line -> line.substring(0, Math.max(0, line.indexOf(':'))).strip().equals(key)).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip());
        } catch (IOException e) {
            return Optional.empty();
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
        Optional<String> commit = output("git", "-C", root.toString(), "rev-parse", "--short=12", "HEAD");
        boolean changed = output("git", "-C", root.toString(), "status", "--porcelain", "--", "pom.xml", "src", "benchmarks",
                ":(exclude)benchmarks/results", ":(exclude)benchmarks/*.md").isPresent();
        return commit.map(hash -> changed ? hash + ", with changes" : hash).orElse("unknown");
    }

    /** What a command prints, if it prints anything and succeeds. */
    private static Optional<String> output(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 && !text.isEmpty() ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
