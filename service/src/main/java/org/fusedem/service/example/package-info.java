/** The example service, {@code service/example}: a stream that drifts, an agent that fits it, a scorer that watches it. */
package org.fusedem.service.example;
