package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.fusedem.ForkedJvm;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.junit.jupiter.api.Test;

class ColdStartTest {
    @Test
    void smallFitsStartOnPlainLoopsAndMoveToWarmVectors() throws IOException, InterruptedException {
        assertEquals(List.of(
                        "small: scalar",
                        "small again: scalar",
                        "chosen: vector",
                        "large: vector",
                        "warm: true",
                        "small, warm: vector",
                        "small, other shape: scalar",
                        "no time: false"),
                kernels(ForkedJvm.run(FirstFits.class)));
    }

    @Test
    void thePropertyDecidesForAllThatDoNotChooseThemselves() throws IOException, InterruptedException {
        assertEquals(List.of(
                        "small: vector",
                        "small again: vector",
                        "chosen: vector",
                        "large: vector",
                        "warm: true",
                        "small, warm: vector",
                        "small, other shape: vector",
                        "no time: false"),
                kernels(ForkedJvm.run(FirstFits.class, "-Dfusedem.kernel=vector")));
    }

    @Test
    void refusesToWarmUpForNothing() {
        for (int[] size : new int[][] {{0, 2}, {2, 0}, {-1, 2}}) {
            assertEquals("dims and components must be positive: dims=" + size[0] + ", components=" + size[1],
                    assertThrows(IllegalArgumentException.class, () -> ComputeKernel.warmUp(
                            Covariance.FULL, ElementType.FLOAT64, size[0], size[1], Duration.ZERO)).getMessage());
        }
    }

    /** Without the JVM's own line about its incubating module. */
    private static List<String> kernels(List<String> output) {
        return output.stream().filter(line -> !line.startsWith("WARNING")).toList();
    }
}
