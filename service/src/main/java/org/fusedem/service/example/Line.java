package org.fusedem.service.example;

import java.util.Locale;

/** What the terminal shows of a second. */
final class Line {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    private Line() {}

    static String of(
            int second, Snapshot before, Snapshot now, Latencies fits, Latencies scores, long allocatedBytes) {
        double seconds = (now.nanos() - before.nanos()) / NANOS_PER_SECOND;
        return String.format(Locale.ROOT,
                "%5d s  %,10.0f obs/s  %,7.0f fits/s in %.0f / %.0f / %.0f us"
                        + "  %,9.0f scores/s in %d / %d / %d ns  %d anomalies  %d bytes allocated",
                second, (now.observations() - before.observations()) / seconds,
                (now.fits() - before.fits()) / seconds, fits.interval(50) / NANOS_PER_MICRO,
                fits.interval(99) / NANOS_PER_MICRO, fits.interval(99.9) / NANOS_PER_MICRO,
                (now.scored() - before.scored()) / seconds, scores.interval(50), scores.interval(99),
                scores.interval(99.9), now.anomalies() - before.anomalies(), allocatedBytes);
    }
}
