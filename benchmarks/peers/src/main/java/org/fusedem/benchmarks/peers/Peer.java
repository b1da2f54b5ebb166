package org.fusedem.benchmarks.peers;

import java.util.function.Function;
import org.fusedem.benchmarks.DataSet;

/** Who does the work. */
public enum Peer {
    /** This library, as it is after {@code ComputeKernel.warmUp}. */
    FUSEDEM(data -> new FusedemFit(data, "vector")),
    /** This library's reference, in plain loops. */
    FUSEDEM_SCALAR(data -> new FusedemFit(data, "scalar")),
    /** Apache Commons Math 3.6.1. */
    COMMONS_MATH(CommonsMathFit::new),
    /** Smile 6. */
    SMILE(SmileFit::new),
    /** ELKI 0.8.0. */
    ELKI(ElkiFit::new),
    /** Spark MLlib 4.1.0 on a local master of one thread. */
    SPARK(SparkFit::new);

    private final Function<DataSet, PeerFit> adapter;

    Peer(Function<DataSet, PeerFit> adapter) {
        this.adapter = adapter;
    }

    /**
     * Brings the data into the form this library wants, which is not timed.
     *
     * @throws UnsupportedOperationException if the library has no such covariance
     */
    public PeerFit prepare(DataSet data) {
        return adapter.apply(data);
    }
}
