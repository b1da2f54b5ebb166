package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.fusedem.ForkedJvm;
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

    /** Without the JVM's own line about its incubating module. */
    private static List<String> kernels(List<String> output) {
        return output.stream().filter(line -> !line.startsWith("WARNING")).toList();
    }
}
