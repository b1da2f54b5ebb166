package org.fusedem.cli.plot;

import java.io.IOException;

/** The fonts of the machine: pixels need one. SVG leaves that to whoever shows it. */
final class Fonts {
    private Fonts() {}

    /** What Java throws where there is no font is hard to read. */
    static IOException explained(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            for (StackTraceElement element : cause.getStackTrace()) {
                if (element.getClassName().startsWith("sun.font.") || element.getClassName().startsWith("sun.awt.")) {
                    return new IOException("a PNG needs a font, and this machine has none that Java finds: install"
                            + " fontconfig and a font (on Debian: apt install fontconfig fonts-dejavu-core), or write"
                            + " .svg", e);
                }
            }
        }
        return new IOException("the picture could not be drawn: " + e, e);
    }
}
