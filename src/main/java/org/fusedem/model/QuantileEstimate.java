package org.fusedem.model;

/**
 * An estimated quantile.
 *
 * @param value the estimate
 * @param lower the lower end of an interval that covers the true quantile in about 95 of 100 samples; minus infinity if
 *     the sample is too small to tell
 * @param upper the upper end; plus infinity if the sample is too small to tell
 */
public record QuantileEstimate(double value, double lower, double upper) {}
