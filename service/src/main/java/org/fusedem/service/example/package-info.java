/** The example service, {@code service/example}: a stream that drifts, an agent that fits it, one that scores it. */
package org.fusedem.service.example;
