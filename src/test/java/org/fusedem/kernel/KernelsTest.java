package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.fusedem.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class KernelsTest {
    @Test
    void choosesWhatTheRunIsFor() {
        assertEquals(ExpectedKernel.name(), Kernels.chosen().name());
        assertEquals(ExpectedKernel.name().equals("scalar") ? 64 : ExpectedKernel.vectorBits(),
                Kernels.chosen().vectorBits());
    }

    @Test
    @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
    void vectorsThatWouldStayObjectsAreNotChosenButForced() throws IOException, InterruptedException {
        List<String> chosen = ForkedJvm.run(ChosenKernel.class, "-XX:MaxVectorSize=16");
        assertEquals("scalar, 64 bits", chosen.getLast());
        assertTrue(chosen.toString().contains("vectors of 128 bits are not compiled here"), chosen::toString);
        assertEquals("vector, 128 bits",
                ForkedJvm.run(ChosenKernel.class, "-XX:MaxVectorSize=16", "-Dfusedem.kernel=vector").getLast());
    }
}
