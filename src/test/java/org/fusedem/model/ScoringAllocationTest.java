package org.fusedem.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.fusedem.ForkedJvm;
import org.junit.jupiter.api.Test;

class ScoringAllocationTest {
    @Test
    void warmScoringAllocatesNothingOnTheHeap() throws IOException, InterruptedException {
        List<String> output =
                ForkedJvm.run(ScoringCalls.class).stream().filter(line -> line.startsWith("allocated")).toList();
        assertEquals(8, output.size());
        assertEquals(List.of(), output.stream().filter(line -> !line.startsWith("allocated 0 ")).toList());
    }
}
