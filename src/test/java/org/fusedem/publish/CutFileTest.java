package org.fusedem.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.fusedem.ForkedJvm;
import org.junit.jupiter.api.Test;

class CutFileTest {
    @Test
    void aFileThatIsCutWhileMappedIsAnExceptionAndNotTheEndOfTheProcess() throws IOException, InterruptedException {
        List<String> output = ForkedJvm.run(CutFiles.class);
        assertEquals("alive, failures: all", output.getLast(), () -> String.join("\n", output));
    }

    @Test
    void aFileThatIsCutWhileItIsOpenedIsAnExceptionToo() throws IOException, InterruptedException {
        List<String> output = ForkedJvm.run(RacedOpens.class);
        assertEquals("alive, refused: many", output.getLast(), () -> String.join("\n", output));
    }
}
