package org.fusedem.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Makes the float kernels from the double kernels: {@code X32.java} from {@code X64.java}.
 *
 * <p>Rules: {@link #SUBSTITUTIONS}, in order, in every line, comments included; but a line that ends in
 * {@code // in double} is left as it is. So sums over many points are marked so, and prose says "element type".
 *
 * <p>Not made but written by hand: {@code Element}, {@code Exponential}, {@code Logarithm} (other constants, other
 * polynomials) and {@code Centring} (which differs on purpose).
 *
 * <p>Run {@code main} with the directory {@code src/main/java} to write the files anew.
 */
final class FloatKernels {
    static final List<String> NAMES = List.of("DiagonalDensities", "DiagonalMoments", "FullDensities", "FullMoments",
            "HardAssignment", "LaneSum", "LogSumExp", "Responsible", "Scores", "Stages", "TiedTransform");

    private static final String KEPT = "// in double";
    private static final Map<String, String> SUBSTITUTIONS = new LinkedHashMap<>();

    static {
        SUBSTITUTIONS.put("(?<=[a-z])64\\b", "32");
        SUBSTITUTIONS.put("\\bDoubleVector\\b", "FloatVector");
        SUBSTITUTIONS.put("<Double>", "<Float>");
        SUBSTITUTIONS.put("\\bdouble\\b", "float");
    }

    private FloatKernels() {}

    /** The float kernel's source. */
    static String of(String doubleKernel, String name) {
        StringBuilder made = new StringBuilder("// Made from " + name + "64.java by FloatKernels: change that one.\n");
        for (String line : doubleKernel.split("\n")) {
            made.append(line.endsWith(KEPT) ? line.replaceAll("(?<=[a-z])64\\b", "32") : substitute(line)).append('\n');
        }
        return made.toString();
    }

    private static String substitute(String line) {
        String made = line;
        for (Map.Entry<String, String> rule : SUBSTITUTIONS.entrySet()) {
            made = made.replaceAll(rule.getKey(), Matcher.quoteReplacement(rule.getValue()));
        }
        return made;
    }

    static Path source(Path sources, String name) {
        return sources.resolve("org/fusedem/kernel").resolve(name + ".java");
    }

    public static void main(String[] args) throws IOException {
        for (String name : NAMES) {
            String made = of(Files.readString(source(Path.of(args[0]), name + "64")), name);
            Files.writeString(source(Path.of(args[0]), name + "32"), made);
        }
    }
}
