package org.fusedem.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Benchmarks that run together, with the same settings and into one file of raw results.
 *
 * @param name of the suite and its file
 * @param include which benchmarks, as JMH's regular expression
 * @param parameters values for some of their parameters; the others keep theirs
 * @param effort how long
 * @param threads of JMH, each with a state of its own
 * @param allocation whether to measure that too
 */
record Suite(String name, String include, Map<String, String[]> parameters, Effort effort, int threads,
        boolean allocation) {
    static Suite of(String name, String include, Effort effort) {
        return new Suite(name, include, Map.of(), effort, 1, false);
    }

    Suite with(String parameter, String... values) {
        Map<String, String[]> more = new LinkedHashMap<>(parameters);
        more.put(parameter, values);
        return new Suite(name, include, more, effort, threads, allocation);
    }

    Suite withThreads(int changed) {
        return new Suite(name, include, parameters, effort, changed, allocation);
    }

    Suite withAllocation() {
        return new Suite(name, include, parameters, effort, threads, true);
    }

    /**
     * How long and how often.
     *
     * @param forks JVMs
     * @param warmups iterations before the measured ones
     * @param warmupMillis of each
     * @param iterations measured
     * @param millis of each
     */
    record Effort(int forks, int warmups, int warmupMillis, int iterations, int millis) {
        /** Single shots have iterations, but no duration. */
        static Effort shots(int forks, int warmups, int iterations) {
            return new Effort(forks, warmups, 0, iterations, 0);
        }
    }
}
