/**
 * What a pass over the points leaves behind: {@link org.fusedem.moments.Moments}, a small mergeable
 * summary, and {@link org.fusedem.moments.Covariance}, which says how much of it is kept.
 */
package org.fusedem.moments;
