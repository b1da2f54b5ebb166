package org.fusedem.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.fusedem.em.Acceleration;
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
    private final Supplier<String> description;
    private double secondsStart;
    private double secondsIterations;
    private int runsDone;
    private int healthyRuns;
    private int begun;
    private RunState best;

    /**
     * Those of a fit.
     *
     * @param description of the points and options, for checkpoints: asked for only where there are any
     */
    Restarts(Kernel kernel, FitOptions options, GaussianEm em, Supplier<String> description) {
        this.kernel = kernel;
        this.options = options;
        this.em = em;
        this.description = description;
        loop = new EmLoop(options.convergence(), options.tolerance(), options.maxIterations());
        trace = new Trace();
        logLikelihoods = new double[options.starts()];
        objectives = new double[logLikelihoods.length];
    }

    /** Leaves a mixture ready for its first E-step. */
    @FunctionalInterface
    interface Begin {
        /** Does so, with what randomness it needs. */
        void start(GaussianEm em, SplittableRandom random);
    }

    /** Runs every restart. */
    void runAll(Begin starter) {
        SplittableRandom random = new SplittableRandom(options.seed());
        FitCheckpoint resume = resume();
        int resumed = resume == null ? -1 : resume.runsDone();
        for (int restart = 0; restart < logLikelihoods.length && (restart <= resumed || mayBegin()); restart++) {
            SplittableRandom own = random.split();
            begun = restart + 1;
            if (restart < resumed) {
                continue;
            }
            if (restart == resumed) {
                goOn(resume);
                continue;
            }
            long begin = System.nanoTime();
            em.begin(restart);
            starter.start(em, own);
            secondsStart += seconds(System.nanoTime() - begin);
            trace.start();
            run(restart);
        }
    }

    /** Runs those restarts whose short runs did best. One that collapses on the way gives its place to the next. */
    void runBest(ShortRuns shortRuns) {
        long begin = System.nanoTime();
        List<Candidate> candidates = shortRuns.best(SUBSTITUTES * options.finalists(), logLikelihoods);
        begun = shortRuns.begun();
        FitCheckpoint resume = resume();
        secondsStart += seconds(System.nanoTime() - begin);
        int next = 0;
        if (resume != null) {
            // All starts had been tried, even if a stop has kept them from being tried again.
            begun = logLikelihoods.length;
            goOn(resume);
            next = resume.runsDone() + 1;
        }
        for (int i = next; i < candidates.size() && healthyRuns < options.finalists() && mayBegin(); i++) {
            Candidate candidate = candidates.get(i);
            em.begin(candidate.restart());
            if (em.noise() != null) {
                em.noise().weight(candidate.noiseWeight());
            }
            em.startWith(candidate.weights(), candidate.means(), candidate.covariances());
            trace.start();
            run(candidate.restart());
        }
    }

    /** Whether another run may begin: not when the fit is to stop, unless there is none yet. */
    private boolean mayBegin() {
        return best == null || !options.stop().getAsBoolean();
    }

    /** The checkpoint to go on from, its numbers taken over; null if there is none. */
    private FitCheckpoint resume() {
        FitCheckpoint resume = options.resume();
        if (resume != null) {
            resume.checkFit(description.get());
            resume.checkSizes(em.parameters(), logLikelihoods.length);
            System.arraycopy(resume.logLikelihoods(), 0, logLikelihoods, 0, logLikelihoods.length);
            System.arraycopy(resume.objectives(), 0, objectives, 0, objectives.length);
            runsDone = resume.runsDone();
            healthyRuns = resume.healthyRuns();
            secondsStart = resume.secondsStart();
            secondsIterations = resume.secondsIterations();
            best = resume.best();
        }
        return resume;
    }

    private void goOn(FitCheckpoint resume) {
        RunState state = resume.current();
        checked(state.weights(), state.means(), state.covariances());
        em.restore(state);
        if (state.logLikelihoods().length > 0) {
            double before = state.logLikelihoods()[state.logLikelihoods().length - 1];
            double now = em.logLikelihood();
            if (!(Math.abs(now - before) <= em.roundingBound(before))) {
                throw new IllegalArgumentException("the checkpoint is of other points: its parameters had a"
                        + " log-likelihood of " + before + ", and have one of " + now);
            }
        }
        trace.restore(state.logLikelihoods(), state.logPriors(), state.nanos());
        run(state.restart());
    }

    /** From where the model and the trace are. */
    private void run(int restart) {
        if (options.acceleration() == Acceleration.NONE) {
            em.beforeMaximization(this::offerCheckpoint);
        } else {
            offerCheckpoint();
        }
        loop.goOn(options.acceleration().of(em), trace, options.stop());
        em.beforeMaximization(() -> { });
        if (trace.stopReason() == StopReason.STOPPED && options.acceleration() == Acceleration.NONE) {
            offerCheckpoint();
        }
        secondsIterations += seconds(trace.totalNanos());
        logLikelihoods[restart] = trace.lastLogLikelihood();
        objectives[restart] = trace.lastObjective();
        if (isBetter(restart)) {
            best = em.state(
                    trace.logLikelihoods(), trace.logPriors(), trace.iterationNanos(), trace.stopReason());
        }
        runsDone++;
        healthyRuns += em.events().affectedComponents() == 0 ? 1 : 0;
    }

    private void offerCheckpoint() {
        boolean allTried = !options.hasShortRuns() || begun == logLikelihoods.length;
        if (allTried && options.checkpoints().isDue()) {
            RunState current = em.state(trace.logLikelihoods(), trace.logPriors(), trace.iterationNanos(), null);
            options.checkpoints().take(new FitCheckpoint(description.get(), runsDone, healthyRuns, logLikelihoods.clone(),
                    objectives.clone(), secondsStart, secondsIterations, current, best));
        }
    }

    private boolean isBetter(int restart) {
        if (best == null) {
            return true;
        }
        int affected = em.events().affectedComponents();
        if ((affected == 0) != (best.affected() == 0)) {
            return affected == 0;
        }
        // Of two that ended at the same optimum, as far as the tolerance lets one tell, the one before is as good.
        double margin = options.convergence().nats(options.tolerance()) * em.totalWeight()
                + em.roundingBound(objectives[restart]);
        return objectives[restart] > best.objective() + margin;
    }

    /**
     * The best run.
     *
     * @param dataEvents what is odd about the data, whatever the restart
     */
    FitResult result(List<FitEvent> dataEvents) {
        List<FitEvent> events = new ArrayList<>(dataEvents);
        events.addAll(best.events());
        GaussianMixture model = checked(best.weights(), best.means(), best.covariances());
        NoiseComponent noise = em.noise();
        NoisyMixture noisyModel =
                noise == null ? null : new NoisyMixture(model, best.noiseWeight(), noise.logVolume());
        int freeParameters = FixedParts.of(options).freeParameters(model.dims()) + (noise == null ? 0 : 1);
        return new FitResult(model, noisyModel, freeParameters, best.logLikelihoods(), best.logPriors(),
                best.nanos().length, best.stopReason(), List.copyOf(events), Arrays.copyOf(logLikelihoods, begun),
                best.restart(), em.totalWeight(), secondsStart, secondsIterations,
                Arrays.stream(best.nanos()).mapToDouble(Restarts::seconds).toArray(), kernel.name(),
                kernel.vectorBits());
    }

    /** The mixture of these parameters, if they are those of one. */
    private GaussianMixture checked(double[] weights, double[] means, double[] covariances) {
        Parameters p = em.parameters();
        return GaussianMixture.of(p.covariance(), p.dims(), weights, means, covariances);
    }

    private static double seconds(long nanos) {
        return nanos * 1e-9;
    }
}
