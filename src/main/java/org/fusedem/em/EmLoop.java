package org.fusedem.em;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.fusedem.events.Events;
import org.fusedem.events.IterationSpan;

/**
 * The EM iteration: expectation, maximisation, and again, until an iteration gains too little.
 *
 * <p>What is watched is the objective: the log-likelihood, plus the log of the prior's density where the model has one.
 * In exact arithmetic it never falls. In floating point each evaluation carries rounding, and so may
 * differ by {@link LatentVariableModel#roundingBound} between nearly equal parameters. An M-step after which it has
 * fallen by more (that happens where a covariance is so nearly singular that its own rounding matters), or is no number
 * any more, is taken back: so the trace never falls by more than that bound, and holds no NaN that the start has not
 * brought.
 *
 * @param convergence which test ends the loop: what it measures must be below the tolerance
 * @param tolerance the loop ends when that is less than this; 0 switches the test off, so that exactly
 *     {@code maxIterations} are done
 * @param maxIterations the most iterations, 0 or more
 */
public record EmLoop(Convergence convergence, double tolerance, int maxIterations) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public EmLoop {
        Objects.requireNonNull(convergence, "convergence");
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tolerance must be finite and not negative: tolerance=" + tolerance);
        }
        if (maxIterations < 0) {
            throw new IllegalArgumentException("maxIterations must not be negative: maxIterations=" + maxIterations);
        }
    }

    /**
     * A loop that tests the gain per iteration.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public EmLoop(double tolerance, int maxIterations) {
        this(Convergence.GAIN, tolerance, maxIterations);
    }

    /** Runs the loop from the model's current parameters; the model ends with those of the last iteration. */
    public void run(LatentVariableModel model, Trace trace) {
        run(model, trace, () -> false);
    }

    /**
     * Runs the loop, and ends it early if asked to.
     *
     * @param stop asked after each E-step, on this thread, whether to end
     */
    public void run(LatentVariableModel model, Trace trace, BooleanSupplier stop) {
        trace.start();
        goOn(model, trace, stop);
    }

    /**
     * Goes on with a run whose trace has been {@linkplain Trace#restore restored}: as if it had never ended, to the
     * bit, where the model between its iterations is nothing but its parameters.
     *
     * @param stop asked after each E-step, on this thread, whether to end
     */
    public void goOn(LatentVariableModel model, Trace trace, BooleanSupplier stop) {
        long begin = System.nanoTime();
        double previous = trace.isEmpty() ? Double.NEGATIVE_INFINITY : trace.lastObjective();
        while (trace.iterations() < maxIterations) {
            long iterationBegin = System.nanoTime();
            IterationSpan span = Events.beginIteration();
            double logLikelihood = model.expectation();
            double logPrior = model.logPrior();
            if (hasFallen(model, previous, logLikelihood + logPrior)) {
                model.undo();
                if (tolerance > 0) {
                    trace.repeat();
                    trace.stop(StopReason.STALLED, System.nanoTime() - begin);
                    return;
                }
                // Exactly so many iterations are wanted: those left will try the same step, and take it back.
                logLikelihood = model.expectation();
                logPrior = model.logPrior();
            }
            trace.add(logLikelihood, logPrior);
            double objective = logLikelihood + logPrior;
            if (hasConverged(model, trace, objective)) {
                trace.stop(StopReason.CONVERGED, System.nanoTime() - begin);
                return;
            }
            if (stop.getAsBoolean()) {
                trace.stop(StopReason.STOPPED, System.nanoTime() - begin);
                return;
            }
            previous = objective;
            model.maximization();
            span.end(trace.iterations(), logLikelihood, logPrior);
            trace.addIteration(System.nanoTime() - iterationBegin);
        }
        trace.stop(evaluate(model, previous, trace), System.nanoTime() - begin);
    }

    /** Adds the objective after the last iteration. */
    private StopReason evaluate(LatentVariableModel model, double previous, Trace trace) {
        double logLikelihood = model.logLikelihood();
        double logPrior = model.logPrior();
        if (hasFallen(model, previous, logLikelihood + logPrior)) {
            model.undo();
            trace.repeat();
            return tolerance > 0 ? StopReason.STALLED : StopReason.MAX_ITERATIONS;
        }
        trace.add(logLikelihood, logPrior);
        return hasConverged(model, trace, logLikelihood + logPrior) ? StopReason.CONVERGED : StopReason.MAX_ITERATIONS;
    }

    private static boolean hasFallen(LatentVariableModel model, double previous, double objective) {
        // Negated, so that a NaN counts as fallen; before the first M-step there is none to take back.
        return previous > Double.NEGATIVE_INFINITY && !(objective >= previous - model.roundingBound(previous));
    }

    private boolean hasConverged(LatentVariableModel model, Trace trace, double objective) {
        if (tolerance == 0 || !model.endsCycle()) {
            return false;
        }
        trace.gains().add(objective);
        return convergence.isReached(trace.gains(), model, tolerance);
    }
}
