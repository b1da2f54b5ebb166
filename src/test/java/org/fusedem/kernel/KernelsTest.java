package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KernelsTest {
    @Test
    void choosesWhatTheRunIsFor() {
        assertEquals(ExpectedKernel.name(), Kernels.chosen().name());
        assertEquals(ExpectedKernel.name().equals("scalar") ? 64 : ExpectedKernel.vectorBits(),
                Kernels.chosen().vectorBits());
    }
}
