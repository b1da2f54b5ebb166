/**
 * The M-step: {@link org.fusedem.maximization.Maximization} turns moments into parameters, held above the
 * {@link org.fusedem.maximization.VarianceFloor}. Not exported: what fits, batch or online, have in common.
 */
package org.fusedem.maximization;
