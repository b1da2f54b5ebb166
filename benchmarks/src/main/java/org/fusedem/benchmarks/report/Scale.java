package org.fusedem.benchmarks.report;

/** How long a report may take. */
enum Scale {
    /** Some three minutes, with tiny problems: shows that everything works; its numbers mean nothing. */
    QUICK,
    /** Under 20 minutes on two cores. */
    DEFAULT,
    /** Hours: more forks, more shapes, larger problems. */
    FULL
}
