package org.fusedem.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this command, which the build writes into the module. */
final class Version implements IVersionProvider {
    static String text() {
        return Main.class.getModule().getDescriptor().rawVersion().orElse("(not packaged)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"fusedem " + text()};
    }
}
