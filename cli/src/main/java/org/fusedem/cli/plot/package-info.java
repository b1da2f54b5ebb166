/**
 * Pictures of points and mixtures. A {@link org.fusedem.cli.plot.Picture} draws itself on a
 * {@link org.fusedem.cli.plot.Canvas}, of which there are two: SVG text and PNG pixels. Nothing here knows the command.
 */
package org.fusedem.cli.plot;
