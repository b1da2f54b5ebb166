/**
 * Fitted mixtures: {@link org.fusedem.model.GaussianMixture}, scoring points one by one, in batches or in
 * order with it, and what can be made
 * of it:
 * {@link org.fusedem.model.ConditionalMixture regression}, {@link org.fusedem.model.MergeTree clusters of components},
 * {@link org.fusedem.model.KullbackLeibler divergences} and {@link org.fusedem.model.LogDensityQuantile thresholds}.
 */
package org.fusedem.model;
