package org.fusedem.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fusedem.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishAllocationTest {
    @TempDir
    private Path folder;

    @Test
    void publishingAndReadingAllocateNothingOnTheHeap() throws IOException, InterruptedException {
        Process process = ForkedJvm.start(PublishCalls.class, folder.resolve("model").toString());
        List<String> output = process.inputReader().lines().toList();
        assertEquals(0, process.waitFor(), () -> String.join("\n", output));
        assertTrue(output.contains("allocated 0 through a file"), () -> String.join("\n", output));
        assertTrue(output.contains("allocated 0 in memory"), () -> String.join("\n", output));
    }
}
