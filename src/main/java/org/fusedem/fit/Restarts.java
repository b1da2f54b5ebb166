package org.fusedem.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fusedem.em.EmLoop;
import org.fusedem.em.StopReason;
import org.fusedem.em.Trace;
import org.fusedem.fit.ShortRuns.Candidate;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Parameters;
import org.fusedem.model.GaussianMixture;
import org.fusedem.model.NoisyMixture;

/** The runs to the end of one fit, and the best so far. */
final class Restarts {
    /** With so many candidates for each place there is nearly always one that does not collapse. */
    private static final int SUBSTITUTES = 2;

    private final Kernel kernel;
    private final FitOptions options;
    private final GaussianEm em;
    private final EmLoop loop;
    private final Trace trace;
    private final double[] logLikelihoods;
    private final double[] objectives;
    private double secondsStart;
    private double secondsIterations;
    private Best best;

    Restarts(Kernel kernel, FitOptions options, GaussianEm em) {
        this.kernel = kernel;
        this.options = options;
        this.em = em;
        loop = new EmLoop(options.convergence(), options.tolerance(), options.maxIterations());
        trace = new Trace();
        logLikelihoods = new double[options.starts()];
        objectives = new double[logLikelihoods.length];
    }

    /** What is kept of the best restart. */
    private record Best(
            int restart,
            int affected,
            GaussianMixture model,
            NoisyMixture noisyModel,
            double[] trace,
            double[] logPriors,
            long[] iterationNanos,
            StopReason stopReason,
            List<FitEvent> events) {}

    /** Leaves a mixture ready for its first E-step. */
    @FunctionalInterface
    interface Begin {
        /** Does so, with what randomness it needs. */
        void start(GaussianEm em, SplittableRandom random);
    }

    /** Runs every restart. */
    void runAll(Begin starter) {
        SplittableRandom random = new SplittableRandom(options.seed());
        for (int restart = 0; restart < logLikelihoods.length; restart++) {
            long begin = System.nanoTime();
            em.begin(restart);
            starter.start(em, random.split());
            secondsStart += seconds(System.nanoTime() - begin);
            run(restart);
        }
    }

    /** Runs those restarts whose short runs did best. One that collapses on the way gives its place to the next. */
    void runBest(ShortRuns shortRuns) {
        long begin = System.nanoTime();
        List<Candidate> candidates = shortRuns.best(SUBSTITUTES * options.finalists(), logLikelihoods);
        secondsStart = seconds(System.nanoTime() - begin);
        int healthy = 0;
        for (Candidate candidate : candidates) {
            if (healthy < options.finalists()) {
                em.begin(candidate.restart());
                if (em.noise() != null) {
                    em.noise().weight(candidate.noiseWeight());
                }
                em.startWith(candidate.weights(), candidate.means(), candidate.covariances());
                run(candidate.restart());
                healthy += em.events().affectedComponents() == 0 ? 1 : 0;
            }
        }
    }

    private void run(int restart) {
        loop.run(options.acceleration().of(em), trace);
        secondsIterations += seconds(trace.totalNanos());
        logLikelihoods[restart] = trace.lastLogLikelihood();
        objectives[restart] = trace.lastObjective();
        if (isBetter(restart)) {
            keep(restart);
        }
    }

    private boolean isBetter(int restart) {
        if (best == null) {
            return true;
        }
        int affected = em.events().affectedComponents();
        if ((affected == 0) != (best.affected == 0)) {
            return affected == 0;
        }
        // Of two that ended at the same optimum, as far as the tolerance lets one tell, the one before is as good.
        double margin = options.tolerance() * em.totalWeight()
                + em.roundingBound(objectives[restart]);
        return objectives[restart] > objectives[best.restart] + margin;
    }

    private void keep(int restart) {
        Parameters p = em.parameters();
        GaussianMixture model =
                GaussianMixture.of(p.covariance(), p.dims(), p.weights(), p.means(), p.covariances());
        NoiseComponent noise = em.noise();
        NoisyMixture noisyModel = noise == null ? null : new NoisyMixture(model, noise.weight(), noise.logVolume());
        best = new Best(restart, em.events().affectedComponents(), model, noisyModel, trace.logLikelihoods(),
                trace.logPriors(), trace.iterationNanos(), trace.stopReason(), em.events().toList());
    }

    /**
     * The best run.
     *
     * @param dataEvents what is odd about the data, whatever the restart
     */
    FitResult result(List<FitEvent> dataEvents) {
        List<FitEvent> events = new ArrayList<>(dataEvents);
        events.addAll(best.events);
        int freeParameters = FixedParts.of(options).freeParameters(best.model.dims()) + (em.noise() == null ? 0 : 1);
        return new FitResult(best.model, best.noisyModel, freeParameters, best.trace, best.logPriors,
                best.iterationNanos.length, best.stopReason, List.copyOf(events),
                logLikelihoods, best.restart, em.totalWeight(), secondsStart, secondsIterations,
                Arrays.stream(best.iterationNanos).mapToDouble(Restarts::seconds).toArray(), kernel.name(),
                kernel.vectorBits());
    }

    private static double seconds(long nanos) {
        return nanos * 1e-9;
    }
}
