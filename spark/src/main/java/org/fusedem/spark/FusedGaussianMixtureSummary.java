package org.fusedem.spark;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fusedem.em.StopReason;
import org.fusedem.fit.FitEvent;
import org.fusedem.fit.FitResult;

/** How a fit on a cluster went. Log-likelihoods are totals over all rows, in nats. Immutable. */
public final class FusedGaussianMixtureSummary {
    private final FitResult result;
    private final double secondsLoading;
    private final double secondsStart;
    private final Map<String, Long> offHeapBytes;

    FusedGaussianMixtureSummary(
            FitResult result, double secondsLoading, double secondsStart, Map<String, Long> offHeapBytes) {
        this.result = result;
        this.secondsLoading = secondsLoading;
        this.secondsStart = secondsStart;
        this.offHeapBytes = new TreeMap<>(offHeapBytes);
    }

    /** All that the library says of the fit. Its kernel is the driver's; its {@code secondsStart} are part of ours. */
    public FitResult result() {
        return result;
    }

    /** The log-likelihood of the start and after each iteration: {@code iterations + 1} values, which never fall. */
    public double[] trace() {
        return result.trace().clone();
    }

    /** The last of the {@link #trace}. */
    public double logLikelihood() {
        return result.logLikelihood();
    }

    /** The number of iterations. */
    public int iterations() {
        return result.iterations();
    }

    /** Why they ended. */
    public StopReason stopReason() {
        return result.stopReason();
    }

    /** Components that collapsed or died, features that are constant, and what was done. */
    public List<FitEvent> events() {
        return result.events();
    }

    /** The number of rows, or the sum of their weights. */
    public double totalWeight() {
        return result.totalWeight();
    }

    /** The Bayesian information criterion; smaller is better. */
    public double bic() {
        return result.bic();
    }

    /** Akaike's information criterion; smaller is better. */
    public double aic() {
        return result.aic();
    }

    /** Wall time of loading the rows, and of what is computed of them beforehand. */
    public double secondsLoading() {
        return secondsLoading;
    }

    /** Wall time of finding the start. */
    public double secondsStart() {
        return secondsStart;
    }

    /** Wall time of each iteration. */
    public double[] iterationSeconds() {
        return result.iterationSeconds().clone();
    }

    /** What lay off the heap of each executor, or in its mapped files, once the rows were loaded, in bytes. */
    public Map<String, Long> offHeapBytes() {
        return new TreeMap<>(offHeapBytes);
    }
}
