package org.fusedem.cli.stream;

import java.util.Locale;

/** Times and sizes as people say them. */
public final class Units {
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final int STEP = 1024;

    private Units() {}

    /** Of seconds: 3 s, 2 min 5 s, 1 h 10 min. */
    public static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < SECONDS_PER_MINUTE) {
            return whole + " s";
        }
        if (whole < SECONDS_PER_HOUR) {
            return whole / SECONDS_PER_MINUTE + " min " + whole % SECONDS_PER_MINUTE + " s";
        }
        return whole / SECONDS_PER_HOUR + " h " + whole % SECONDS_PER_HOUR / SECONDS_PER_MINUTE + " min";
    }

    /** Of bytes: 512 B, 1.5 KiB, 23 GiB. */
    public static String size(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= STEP && unit < BYTES.length - 1) {
            size /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || size >= 10 ? "%.0f %s" : "%.1f %s", size, BYTES[unit]);
    }
}
