package org.fusedem.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.fusedem.cli.option.Version;
import org.fusedem.cli.stream.Streams;
import org.fusedem.cli.stream.Units;
import org.fusedem.fit.ComputeKernel;
import picocli.CommandLine.Command;

/** {@code fusedem info}: what a report of a problem should begin with. */
@Command(
        name = "info",
        description = "Prints the version, the JDK, and the kernel that does the arithmetic.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class InfoCommand implements Callable<Integer> {
    private final Streams streams;

    InfoCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        line("fusedem", Version.text());
        line("JDK", Runtime.version() + ", " + System.getProperty("java.vendor"));
        line("system", System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
        line("processors", String.valueOf(runtime.availableProcessors()));
        line("heap", "up to " + Units.size(runtime.maxMemory()) + "; points stand outside of it");
        boolean vectors = ComputeKernel.name().equals("vector");
        line("kernel", ComputeKernel.name() + (vectors ? "; scalar for fits too small to warm it up" : ""));
        line("vector width", ComputeKernel.vectorBits() + " bits");
        streams.out().flush();
        return 0;
    }

    private void line(String what, String value) throws IOException {
        streams.out().append("%-13s %s%n".formatted(what, value));
    }
}
