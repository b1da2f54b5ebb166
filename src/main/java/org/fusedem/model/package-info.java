/**
 * Fitted mixtures: {@link org.fusedem.model.GaussianMixture}, scoring points with it one by one, in batches or row
 * after row, and what can be made of it: {@link org.fusedem.model.ConditionalMixture regression},
 * {@link org.fusedem.model.MergeTree clusters of components}, {@link org.fusedem.model.KullbackLeibler divergences} and
 * {@link org.fusedem.model.LogDensityQuantile thresholds}.
 */
package org.fusedem.model;
