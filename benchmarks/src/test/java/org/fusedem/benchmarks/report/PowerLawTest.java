package org.fusedem.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PowerLawTest {
    @Test
    void findsThePowerBehindThePoints() {
        PowerLaw law = PowerLaw.through(new double[] {1, 10, 100, 1000}, new double[] {7, 20, 200, 2000}, 1);
        assertEquals(1, law.exponent(), 1e-12);
        assertEquals(2, law.factor(), 1e-12);
        assertEquals(40, law.at(20), 1e-10);
    }
}
