/**
 * Mixtures that follow a stream of points: {@link org.fusedem.online.Refitter} fits the latest ones in a
 * {@link org.fusedem.points.Window} again and again, in place, with memory that is allocated once, on the calling
 * thread.
 */
package org.fusedem.online;
