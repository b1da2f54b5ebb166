package org.fusedem.fit;

import org.fusedem.kernel.Kernels;

/** Which kernel does the arithmetic of this process: chosen once, when the library is first used. */
public final class ComputeKernel {
    private ComputeKernel() {}

    /** {@code scalar} or {@code vector}. */
    public static String name() {
        return Kernels.chosen().name();
    }

    /** The bits that one instruction works on: 512, 256 or 128 in vectors, 64 in plain loops. */
    public static int vectorBits() {
        return Kernels.chosen().vectorBits();
    }
}
