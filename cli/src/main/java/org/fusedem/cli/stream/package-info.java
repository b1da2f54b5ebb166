/**
 * Where the command writes: standard output and error, the line of progress on a terminal, and files that appear whole or
 * not at all.
 */
package org.fusedem.cli.stream;
