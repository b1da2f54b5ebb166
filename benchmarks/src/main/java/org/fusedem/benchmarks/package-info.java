/** The JMH suite: what fusedem costs, beside what it is compared with. */
package org.fusedem.benchmarks;
