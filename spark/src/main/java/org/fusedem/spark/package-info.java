/**
 * Gaussian mixtures on Apache Spark, by the kernels of fusedem: {@link org.fusedem.spark.FusedGaussianMixture} fits, and
 * {@link org.fusedem.spark.FusedGaussianMixtureModel} is what comes out.
 */
package org.fusedem.spark;
