/**
 * Choosing the number of components and the shape of the covariances: {@link org.fusedem.select.Selector} fits a grid
 * of them and ranks what it finds by a {@link org.fusedem.select.Criterion}.
 */
package org.fusedem.select;
