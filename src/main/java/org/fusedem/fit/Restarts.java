package org.fusedem.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fusedem.em.EmLoop;
import org.fusedem.em.StopReason;
import org.fusedem.em.Trace;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.model.GaussianMixture;

/** All restarts of one fit, and the best so far. */
final class Restarts {
    private final Kernel kernel;
    private final FitOptions options;
    private final GaussianEm em;
    private final Starter starter;
    private final Trace trace;
    private final double[] logLikelihoods;
    private double secondsStart;
    private double secondsIterations;
    private Best best;

    Restarts(Kernel kernel, FitOptions options, GaussianEm em, Starter starter) {
        this.kernel = kernel;
        this.options = options;
        this.em = em;
        this.starter = starter;
        trace = new Trace();
        logLikelihoods = new double[options.start() instanceof Start.Given ? 1 : options.restarts()];
    }

    /** What is kept of the best restart. */
    private record Best(
            int restart,
            int affected,
            GaussianMixture model,
            double[] trace,
            long[] iterationNanos,
            StopReason stopReason,
            List<FitEvent> events) {}

    /**
     * Runs them all.
     *
     * @param dataEvents what is odd about the data, whatever the restart
     */
    FitResult run(List<FitEvent> dataEvents) {
        SplittableRandom random = new SplittableRandom(options.seed());
        EmLoop loop = new EmLoop(options.convergence(), options.tolerance(), options.maxIterations());
        for (int restart = 0; restart < logLikelihoods.length; restart++) {
            long begin = System.nanoTime();
            em.begin(restart);
            starter.start(em, random.split());
            secondsStart += seconds(System.nanoTime() - begin);
            loop.run(options.acceleration().of(em), trace);
            secondsIterations += seconds(trace.totalNanos());
            logLikelihoods[restart] = trace.lastLogLikelihood();
            if (isBetter(restart)) {
                keep(restart);
            }
        }
        return result(dataEvents);
    }

    private boolean isBetter(int restart) {
        if (best == null) {
            return true;
        }
        int affected = em.events().affectedComponents();
        if ((affected == 0) != (best.affected == 0)) {
            return affected == 0;
        }
        // Of two that ended at the same optimum, as far as the tolerance lets one tell, the earlier is as good.
        double margin = options.tolerance() * em.totalWeight()
                + em.roundingBound(logLikelihoods[restart]);
        return logLikelihoods[restart] > logLikelihoods[best.restart] + margin;
    }

    private void keep(int restart) {
        Parameters p = em.parameters();
        GaussianMixture model =
                GaussianMixture.of(p.covariance(), p.dims(), p.weights(), p.means(), p.covariances());
        best = new Best(restart, em.events().affectedComponents(), model, trace.logLikelihoods(),
                trace.iterationNanos(), trace.stopReason(), em.events().toList());
    }

    private FitResult result(List<FitEvent> dataEvents) {
        List<FitEvent> events = new ArrayList<>(dataEvents);
        events.addAll(best.events);
        return new FitResult(best.model, best.trace, best.iterationNanos.length, best.stopReason, List.copyOf(events),
                logLikelihoods, best.restart, em.totalWeight(), secondsStart, secondsIterations,
                Arrays.stream(best.iterationNanos).mapToDouble(Restarts::seconds).toArray(), kernel.name(),
                kernel.vectorBits());
    }

    private static double seconds(long nanos) {
        return nanos * 1e-9;
    }
}
