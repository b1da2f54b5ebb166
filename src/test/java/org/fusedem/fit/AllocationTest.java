package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.fusedem.ForkedJvm;
import org.junit.jupiter.api.Test;

class AllocationTest {
    @Test
    void aWarmRefitAllocatesNothingOnTheHeap() throws IOException, InterruptedException {
        List<String> output = ForkedJvm.run(WarmRefits.class).stream().filter(line -> line.startsWith("allocated")).toList();
        assertEquals(32, output.size());
        assertEquals(List.of(), output.stream().filter(line -> !line.startsWith("allocated 0 ")).toList());
    }
}
