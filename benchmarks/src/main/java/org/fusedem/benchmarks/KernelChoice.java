package org.fusedem.benchmarks;

import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Kernels;

/**
 * How a benchmark's parameter {@code kernel} takes effect. The library chooses its kernel once per process; JMH gives
 * each value of a parameter a fork of its own, so each fork can choose before it first uses the library.
 */
public final class KernelChoice {
    private static final String PROPERTY = "fusedem.kernel";

    private KernelChoice() {}

    /**
     * Chooses the kernel of this process.
     *
     * @param name {@code scalar} or {@code vector}
     * @throws IllegalStateException if this process runs another one already, or cannot run this one
     */
    public static Kernel force(String name) {
        System.setProperty(PROPERTY, name);
        Kernel kernel = Kernels.chosen();
        if (!kernel.name().equals(name)) {
            throw new IllegalStateException("this process runs another kernel: asked for kernel=" + name + ", got kernel="
                    + kernel.name() + "; with JMH, use at least one fork");
        }
        return kernel;
    }
}
