/**
 * Other libraries, doing the same work as ours: the same points, the same start, the same number of EM iterations, on
 * one thread. {@link org.fusedem.benchmarks.peers.Peer} lists them; each has one adapter; none is timed before
 * {@link org.fusedem.benchmarks.peers.Answer} has seen it reach the same log-likelihood.
 */
package org.fusedem.benchmarks.peers;
