package org.fusedem.benchmarks.report;

import java.io.IOException;

/** One part of the page. Where a suite has not been run, its rows are missing. */
interface Section {
    /** Reads results and adds tables and charts. */
    void write(Results results, Page page) throws IOException;
}
