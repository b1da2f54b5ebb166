package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jdk.incubator.vector.Vector;
import org.junit.jupiter.api.Test;

/**
 * No method of a kernel hands a vector to another: if the JIT does not inline that one, which in some JVMs it does not,
 * each call puts objects on the heap.
 */
class VectorsStayInMethodsTest {
    @Test
    void holdsForAllKernels() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(Kernel.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .resolve("org/fusedem/kernel");
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                for (Method method : Class.forName("org.fusedem.kernel." + name).getDeclaredMethods()) {
                    if (handlesVectors(method)) {
                        found.add(name + "." + method.getName());
                    }
                }
            }
        }
        assertEquals(Set.of(), found);
    }

    private static boolean handlesVectors(Method method) {
        return Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()))
                .anyMatch(Vector.class::isAssignableFrom);
    }
}
