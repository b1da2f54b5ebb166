package org.fusedem.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.fusedem.benchmarks.DataSet;
import org.fusedem.points.ElementType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Everybody finds the same. Smile needs a native library here, Spark opened packages: the report asks those two. */
class PeerTest {
    private static final int ITERATIONS = 3;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"SMILE", "SPARK", "FUSEDEM_SCALAR"})
    void reachesTheSameLogLikelihood(Peer peer) {
        try (DataSet data = DataSet.of("full:1k:3:2", ElementType.FLOAT64); PeerFit fit = peer.prepare(data)) {
            Answer answer = Answer.of(fit.fit(ITERATIONS), data, ITERATIONS);
            assertEquals(answer.expected(), answer.logLikelihood(), Answer.TOLERANCE * Math.abs(answer.expected()));
        }
    }
}
