/**
 * At the edge of the library: Agrona's buffers and ring buffers in and out, {@link org.fusedem.service.FittingAgent}
 * for duty cycles, and counters in a file.
 */
package org.fusedem.service;
