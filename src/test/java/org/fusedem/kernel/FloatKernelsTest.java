package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class FloatKernelsTest {
    static final Iterable<String> NAMES = FloatKernels.NAMES;

    /** Maven runs tests in the module's directory, {@code src}. */
    private static final Path SOURCES = Path.of(System.getProperty("fusedem.sources", "main/java"));

    @ParameterizedTest
    @FieldSource("NAMES")
    void shouldBeUpToDate(String name) throws IOException {
        String made = FloatKernels.of(Files.readString(FloatKernels.source(SOURCES, name + "64")), name);
        assertEquals(made, Files.readString(FloatKernels.source(SOURCES, name + "32")),
                name + "32.java is stale: run FloatKernels on src/main/java");
    }
}
