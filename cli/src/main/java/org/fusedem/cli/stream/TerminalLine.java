package org.fusedem.cli.stream;

import java.util.Locale;

/** One line on the terminal that follows the work, and goes when it is done. Shows nothing where nobody watches. */
public final class TerminalLine implements AutoCloseable {
    /** Often enough to look alive, seldom enough to cost nothing. */
    private static final long NANOS_BETWEEN = 100_000_000;

    private static final String ERASE_LINE = "\r\u001b[K";

    private final Streams streams;
    private long shownAt = System.nanoTime();
    private boolean shown;

    public TerminalLine(Streams streams) {
        this.streams = streams;
    }

    /** Whether somebody watches, and has seen the last text long enough. */
    public boolean isDue() {
        return streams.terminal() && System.nanoTime() - shownAt >= NANOS_BETWEEN;
    }

    /** Shows a text in place of the last one. */
    public void show(String format, Object... values) {
        shownAt = System.nanoTime();
        shown = true;
        streams.err().print(ERASE_LINE + String.format(Locale.ROOT, format, values));
        streams.err().flush();
    }

    @Override
    public void close() {
        if (shown) {
            streams.err().print(ERASE_LINE);
            streams.err().flush();
        }
    }
}
