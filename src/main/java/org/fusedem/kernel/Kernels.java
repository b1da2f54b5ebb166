package org.fusedem.kernel;

import java.lang.System.Logger.Level;

/**
 * The one place that chooses the kernel, once: the vector kernel where the JVM has the vector module, else the scalar
 * one; or what the system property {@value #PROPERTY} says.
 */
public final class Kernels {
    private static final String PROPERTY = "fusedem.kernel";
    private static final String MODULE = "jdk.incubator.vector";
    private static final Kernel SCALAR = new ScalarKernel();
    private static final String ASKED = System.getProperty(PROPERTY, "");
    private static final Kernel CHOSEN = choose(ASKED);

    private Kernels() {}

    /** The kernel of this process. */
    public static Kernel chosen() {
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
        return CHOSEN == SCALAR ? newVectorKernel("the vector kernel") : CHOSEN;
    }

    private static Kernel choose(String asked) {
        return switch (asked) {
            case "scalar" -> SCALAR;
            case "vector" -> newVectorKernel(PROPERTY + "=vector");
            case "" -> {
                if (hasVectors()) {
                    yield new VectorKernel();
                }
                System.getLogger("org.fusedem").log(Level.WARNING,
                        "no vector module, so the scalar kernel runs, some 20 times slower: add --add-modules " + MODULE);
                yield SCALAR;
            }
            default -> throw new IllegalArgumentException(
                    PROPERTY + " must be scalar or vector: " + PROPERTY + "=" + asked);
        };
    }

    /** Touches the class, and with it the module, only if it is there. */
    private static Kernel newVectorKernel(String asker) {
        if (!hasVectors()) {
            throw new IllegalStateException(asker + " needs the vector module: add --add-modules " + MODULE);
        }
        return new VectorKernel();
    }

    private static boolean hasVectors() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }
}
