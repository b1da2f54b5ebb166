/**
 * What goes wrong, as one sentence for the user: a {@link org.fusedem.cli.failure.CommandException} carries it, and the
 * exit code. Depends on nothing else of the command.
 */
package org.fusedem.cli.failure;
