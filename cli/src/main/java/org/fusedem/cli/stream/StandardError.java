package org.fusedem.cli.stream;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/**
 * Where errors go. Before any of our code runs, the JVM prints a line about the incubating vector module to standard
 * error, and has no option to leave it. So the launcher starts it with standard error closed off, hands the real one
 * over as another descriptor, and names that in the property {@value #PROPERTY}.
 */
public final class StandardError {
    private static final String PROPERTY = "fusedem.stderr";

    private StandardError() {}

    public static OutputStream open() {
        Integer descriptor = Integer.getInteger(PROPERTY);
        return new FileOutputStream(descriptor == null ? FileDescriptor.err : descriptor(descriptor));
    }

    /** An open descriptor of this process; the launcher opens java.io to us for this one constructor. */
    private static FileDescriptor descriptor(int number) {
        try {
            var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return constructor.newInstance(number);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("-D" + PROPERTY + " needs the launcher", e);
        }
    }
}
