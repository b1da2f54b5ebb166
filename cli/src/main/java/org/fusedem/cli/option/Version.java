package org.fusedem.cli.option;

import picocli.CommandLine.IVersionProvider;

/** The version of this command, which the build writes into the module. */
public final class Version implements IVersionProvider {
    public static String text() {
        return Version.class.getModule().getDescriptor().rawVersion().orElse("(not packaged)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"fusedem " + text()};
    }
}
