/**
 * The fused pass and its three stages, in plain loops and in vectors, and the one place that chooses between them.
 *
 * <p>A {@link org.fusedem.kernel.Pass} walks a range of points tile by tile. While a
 * {@link org.fusedem.kernel.Tile} is in the core's cache, three stages of a {@link org.fusedem.kernel.Kernel} run
 * over it: densities, responsibilities, moments. Nothing of size points x components is ever stored. A kernel never
 * sees a model; it gets packed {@link org.fusedem.kernel.Parameters}.
 *
 * <p>Not exported: the rest of the library builds on it, users do not.
 */
package org.fusedem.kernel;
