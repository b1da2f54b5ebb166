package org.fusedem.online;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.fusedem.ForkedJvm;
import org.junit.jupiter.api.Test;

class OnlineAllocationTest {
    @Test
    void nothingIsAllocatedOnceWarm() throws IOException, InterruptedException {
        List<String> output =
                ForkedJvm.run(WarmStreams.class).stream().filter(line -> line.startsWith("allocated")).toList();
        assertEquals(24, output.size());
        assertEquals(List.of(), output.stream().filter(line -> !line.startsWith("allocated 0 ")).toList());
    }
}
