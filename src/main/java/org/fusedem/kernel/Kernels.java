package org.fusedem.kernel;

import java.lang.System.Logger.Level;

/**
 * The one place that chooses the kernel, once: the vector kernel where the JVM has the vector module, and compiles what
 * is made of it, else the scalar one; or what the system property {@value #PROPERTY} says.
 */
public final class Kernels {
    private static final String PROPERTY = "fusedem.kernel";
    private static final String MODULE = "jdk.incubator.vector";
    private static final Kernel SCALAR = new ScalarKernel();
    private static final String ASKED = System.getProperty(PROPERTY, "");
    /** What is wrong with the property, or null: told to whoever asks, instead of failing to load this class. */
    private static final String PROBLEM = problem(ASKED);
    private static final Kernel CHOSEN = PROBLEM == null ? choose(ASKED) : SCALAR;

    private Kernels() {}

    /**
     * The kernel of this process.
     *
     * @throws IllegalArgumentException if the property asks for a kernel that there is not
     */
    public static Kernel chosen() {
        if (PROBLEM != null) {
            throw new IllegalArgumentException(PROBLEM);
        }
        return CHOSEN;
    }

    /** Whether the user has chosen it: then it is not for others to choose another. */
    public static boolean forced() {
        return !ASKED.isEmpty();
    }

    /** The reference. */
    public static Kernel scalar() {
        return SCALAR;
    }

    /**
     * The vector kernel.
     *
     * @throws IllegalStateException if this JVM runs without the vector module
     */
    public static Kernel vector() {
        if (!hasVectors()) {
            throw new IllegalStateException("the vector kernel needs the vector module: add --add-modules " + MODULE);
        }
        return CHOSEN == SCALAR ? new VectorKernel() : CHOSEN;
    }

    private static String problem(String asked) {
        return switch (asked) {
            case "", "scalar" -> null;
            case "vector" -> hasVectors()
                    ? null : PROPERTY + "=vector needs the vector module: add --add-modules " + MODULE;
            default -> PROPERTY + " must be scalar or vector: " + PROPERTY + "=" + asked;
        };
    }

    /** Touches the vector kernel, and with it the module, only if it is there. */
    private static Kernel choose(String asked) {
        if (asked.equals("scalar")) {
            return SCALAR;
        }
        if (hasVectors() && (asked.equals("vector") || VectorKernel.isCompiled())) {
            return new VectorKernel();
        }
        System.getLogger("org.fusedem").log(Level.WARNING, hasVectors()
                ? "vectors of 128 bits are not compiled here, so the scalar kernel runs: use a processor with AVX2"
                : "no vector module, so the scalar kernel runs, some 20 times slower: add --add-modules " + MODULE);
        return SCALAR;
    }

    private static boolean hasVectors() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }
}
