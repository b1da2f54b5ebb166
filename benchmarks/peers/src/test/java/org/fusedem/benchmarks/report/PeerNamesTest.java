package org.fusedem.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import elki.clustering.em.EM;
import org.apache.commons.math3.distribution.fitting.MultivariateNormalMixtureExpectationMaximization;
import org.apache.spark.mllib.clustering.GaussianMixture;
import org.fusedem.benchmarks.peers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import smile.stat.distribution.MultivariateExponentialFamilyMixture;

/** The page names the libraries and the versions that were timed. */
class PeerNamesTest {
    @ParameterizedTest
    @EnumSource
    void everyPeerHasAName(Peer peer) {
        assertNotEquals(peer.name(), PeersSection.name(peer.name()));
    }

    @Test
    void namesHoldTheVersionOnTheClassPath() {
        hasVersionOf(Peer.COMMONS_MATH, MultivariateNormalMixtureExpectationMaximization.class);
        hasVersionOf(Peer.SMILE, MultivariateExponentialFamilyMixture.class);
        hasVersionOf(Peer.ELKI, EM.class);
        hasVersionOf(Peer.SPARK, GaussianMixture.class);
    }

    private static void hasVersionOf(Peer peer, Class<?> part) {
        String name = PeersSection.name(peer.name());
        String version = name.substring(name.lastIndexOf(' ') + 1);
        String jar = part.getProtectionDomain().getCodeSource().getLocation().toString();
        assertTrue(jar.endsWith("-" + version + ".jar"), name + " is not in " + jar);
    }
}
