/** Fitted mixtures: {@link org.fusedem.model.GaussianMixture}, and scoring many points with one. */
package org.fusedem.model;
