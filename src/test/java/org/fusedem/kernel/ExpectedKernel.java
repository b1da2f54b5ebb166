package org.fusedem.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a test run has been started for, as the pom's executions say: a run that tested something else than it claims
 * must fail.
 */
final class ExpectedKernel {
    private ExpectedKernel() {}

    /** The kernel that {@link Kernels#chosen()} must be. */
    static String name() {
        return System.getProperty("fusedem.expectedKernel", "vector");
    }

    /** The width that vectors must have: what the run allows, or the widest of the processor if that is less. */
    static int vectorBits() {
        return Math.min(Integer.getInteger("fusedem.expectedBits", 512), processorBits());
    }

    private static int processorBits() {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        if (!System.getProperty("os.arch").equals("amd64") || !Files.isReadable(cpuinfo)) {
            return 128;
        }
        try {
            String flags = Files.readString(cpuinfo);
            return flags.contains(" avx512dq") ? 512 : flags.contains(" avx2") ? 256 : 128;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
