/**
 * The report: {@link org.fusedem.benchmarks.report.Suites} says what is run, {@link
 * org.fusedem.benchmarks.report.Report} runs it and keeps the raw results, and one section class for each part of the
 * page turns them into tables and charts. A page can be written again from raw results.
 */
package org.fusedem.benchmarks.report;
