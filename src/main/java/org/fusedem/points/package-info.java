/**
 * The data: {@link org.fusedem.points.Points}, off-heap columns of 64- or 32-bit floating-point numbers
 * (structure of arrays), owned or borrowed, with an optional weight per point; and {@link org.fusedem.points.Window},
 * the latest points of a stream.
 */
package org.fusedem.points;
