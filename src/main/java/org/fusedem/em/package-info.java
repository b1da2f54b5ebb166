/**
 * Expectation-maximisation in general: the loop, its trace, and the identity it rests on. Nothing here knows of
 * Gaussians.
 */
package org.fusedem.em;
