/**
 * Fitted mixtures: {@link org.fusedem.model.GaussianMixture}, scoring many points or one with it, and what can be made
 * of it:
 * {@link org.fusedem.model.ConditionalMixture regression}, {@link org.fusedem.model.MergeTree clusters of components},
 * {@link org.fusedem.model.KullbackLeibler divergences} and {@link org.fusedem.model.LogDensityQuantile thresholds}.
 */
package org.fusedem.model;
