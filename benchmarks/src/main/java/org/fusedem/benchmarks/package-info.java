/**
 * The JMH suites: what fusedem costs, stage by stage and as a whole, beside what the hardware allows.
 *
 * <p>Benchmarks name their problem by a {@link org.fusedem.benchmarks.Shape}, for example
 * {@code -p shape=full:100k:8:8}, and their kernel by {@code -p kernel=scalar,vector}. Start with
 * {@link org.fusedem.benchmarks.PassBenchmark}; what all of them share is in
 * {@link org.fusedem.benchmarks.DataSet} and {@link org.fusedem.benchmarks.ForcedKernel}. The report, which runs
 * suites and draws what came out, is in {@code report}; other libraries are in a module of their own.
 */
package org.fusedem.benchmarks;
