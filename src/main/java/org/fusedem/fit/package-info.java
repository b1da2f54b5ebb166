/**
 * Fitting Gaussian mixtures: {@link org.fusedem.fit.Fitter} takes points and {@link org.fusedem.fit.FitOptions}, and
 * returns a {@link org.fusedem.fit.FitResult}.
 */
package org.fusedem.fit;
