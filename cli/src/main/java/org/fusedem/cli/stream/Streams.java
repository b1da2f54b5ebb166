package org.fusedem.cli.stream;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err errors and progress
 * @param terminal whether somebody watches {@code err}, so that progress is worth showing; the launcher knows
 */
public record Streams(Output out, PrintStream err, boolean terminal) {}
