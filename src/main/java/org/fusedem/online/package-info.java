/**
 * Mixtures that follow a stream of points: {@link org.fusedem.online.Refitter} fits the latest ones in a
 * {@link org.fusedem.points.Window} again and again, {@link org.fusedem.online.StepwiseEm} learns from each point once.
 * Both are {@link org.fusedem.online.OnlineFit}s, which work in place, with memory that is allocated once, on the calling
 * thread.
 */
package org.fusedem.online;
