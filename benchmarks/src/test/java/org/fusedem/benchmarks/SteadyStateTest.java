package org.fusedem.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SteadyStateTest {
    @Test
    void findsTheWindowFromWhichCallsAreFast() {
        int[] nanos = new int[200_000];
        Arrays.setAll(nanos, n -> n < 30_500 ? 1000 : 100 + n % 50);
        // The window of call 30 500 is half slow.
        assertEquals(new SteadyState(31_000, 149), SteadyState.of(nanos));
    }

    @Test
    void aSlowWindowNowAndThenIsTheMachines() {
        int[] nanos = new int[200_000];
        Arrays.setAll(nanos, n -> n / 1000 % 20 == 7 ? 5000 : 100);
        assertEquals(new SteadyState(0, 100), SteadyState.of(nanos));
    }

    @Test
    void oneSlowCallInAHundredIsP99() {
        int[] nanos = new int[200_000];
        Arrays.setAll(nanos, n -> n % 50 == 0 ? 900 : 100);
        assertEquals(new SteadyState(0, 900), SteadyState.of(nanos));
    }

    @Test
    void tooFewCallsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SteadyState.of(new int[79_000]));
    }
}
