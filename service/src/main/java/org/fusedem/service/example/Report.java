package org.fusedem.service.example;

import java.util.Locale;

/**
 * What the example has measured after its warm-up.
 *
 * @param lost sent, from the very start, and never arrived: always 0
 * @param allocatedBytes on the fitting and the scoring thread
 */
record Report(long observations, long lost, long malformed, long fits, long deadlineMisses, long allocatedBytes,
        Latencies fitLatencies, Latencies scoreLatencies) {
    private static final double NANOS_PER_MICRO = 1e3;

    /** One line. */
    String json() {
        return String.format(Locale.ROOT, "{\"observations\": %d, \"lost\": %d, \"malformed\": %d, \"fits\": %d, "
                        + "\"deadlineMisses\": %d, \"allocatedBytes\": %d, \"fitMicrosP50\": %.1f, "
                        + "\"fitMicrosP99\": %.1f, \"fitMicrosP999\": %.1f, \"scoreNanosP50\": %d, "
                        + "\"scoreNanosP99\": %d}",
                observations, lost, malformed, fits, deadlineMisses, allocatedBytes,
                fitLatencies.all(50) / NANOS_PER_MICRO, fitLatencies.all(99) / NANOS_PER_MICRO,
                fitLatencies.all(99.9) / NANOS_PER_MICRO, scoreLatencies.all(50), scoreLatencies.all(99));
    }
}
