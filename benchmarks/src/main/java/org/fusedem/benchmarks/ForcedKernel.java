package org.fusedem.benchmarks;

import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;

/**
 * How a benchmark's parameter {@code kernel} takes effect. The library reads its system property once per process; JMH
 * gives each value of a parameter a fork of its own, so each fork can set it before it first uses the library.
 */
public final class ForcedKernel {
    private static final String PROPERTY = "fusedem.kernel";

    /** What runs unless a kernel is asked for: in a fit, whichever is faster at the moment. */
    private static final String AUTO = "auto";

    private ForcedKernel() {}

    /**
     * Forces the kernel of this process.
     *
     * @param name {@code scalar} or {@code vector}; or {@code auto}, which forces none
     * @return the kernel of passes; fits may choose another if none is forced
     * @throws IllegalStateException if this process runs another one already, or cannot run this one
     */
    public static Kernel use(String name) {
        if (name.equals(AUTO)) {
            return Kernels.chosen();
        }
        System.setProperty(PROPERTY, name);
        Kernel kernel = Kernels.chosen();
        if (!kernel.name().equals(name)) {
            throw new IllegalStateException("this process runs another kernel: asked for kernel=" + name + ", got kernel="
                    + kernel.name() + "; with JMH, use at least one fork");
        }
        return kernel;
    }
}
