package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.fusedem.ForkedJvm;
import org.junit.jupiter.api.Test;

/**
 * The compiler, under default flags, must not give up on a kernel, nor box its vectors. {@code -Xbatch} and the like
 * would hide it, so this is a process of its own.
 */
class CompiledKernelTest {
    @Test
    void shouldCompileEveryStageAndThenAllocateNothing() throws IOException, InterruptedException {
        List<String> output = ForkedJvm.run(KernelWorkout.class, "-XX:+PrintCompilation");
        List<String> skipped = output.stream()
                .filter(line -> line.contains("COMPILE SKIPPED") && line.contains("org.fusedem"))
                .toList();
        assertEquals(List.of(), skipped);
        List<String> allocations = output.stream().filter(line -> line.contains("allocated ")).toList();
        assertEquals(16, allocations.size(), () -> String.join("\n", output));
        for (String line : allocations) {
            assertTrue(line.contains("allocated 0 "), line);
        }
    }
}
