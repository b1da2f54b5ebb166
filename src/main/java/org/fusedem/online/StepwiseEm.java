package org.fusedem.online;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.fusedem.fit.FitOptions;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Pass;
import org.fusedem.maximization.Maximization;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;
import org.fusedem.points.Window;

/**
 * Learns a mixture from a stream, each point once: stepwise EM (Cappe and Moulines 2009, On-line
 * expectation-maximization algorithm for latent data models; Liang and Klein 2009, Online EM for unsupervised models).
 *
 * <p>Points are gathered into small batches. When one is full, an E-step leaves its moments, s_batch, per point; then
 *
 * <pre>
 * s          = (1 - step_t) s + step_t s_batch          step_t by the {@link StepSize}
 * parameters = M-step of s
 * </pre>
 *
 * and the batch is forgotten. Before the first, s are the moments that the start expects of a point. Moments are kept
 * around shifts near the current means, and moved there before each sum ({@link Moments#rebase}), so that nothing
 * cancels far from zero.
 *
 * <pre>{@code
 * try (StepwiseEm em = StepwiseEm.of(start, 100, new StepSize.Constant(0.05))) {
 *     em.append(0.5, 1.5); // each hundredth call learns
 *     em.copyMeans(means);
 * }
 * }</pre>
 *
 * <p>Each batch costs one pass over its points and one M-step; nothing is allocated, no thread started, no lock taken.
 * The variance floor follows the running variance v_i of each feature: {@code f_i = max(R v_i, A)}, see
 * {@link FitOptions#regularization} (quartiles, as a batch fit has them, no running sum can tell).
 *
 * <p>Not thread-safe: one thread at a time.
 */
public final class StepwiseEm extends OnlineFit {
    private final Window batch;
    private final StepSize steps;
    private final Densities densities;
    private final Pass pass;
    private final Moments batchMoments;
    private final Moments statistics;
    private long batches;
    private long refusedBatches;
    private double batchMeanLogLikelihood = Double.NaN;
    private boolean closed;

    private StepwiseEm(
            GaussianMixture start, ElementType type, int batchPoints, StepSize steps, FitOptions options) {
        super(options, start.dims(), type);
        this.steps = Objects.requireNonNull(steps, "steps");
        estimate.set(start);
        batch = Window.of(start.dims(), batchPoints, type);
        Parameters parameters = estimate.parameters();
        densities = Densities.of(kernel, parameters);
        pass = new Pass(kernel, batch.slots(), parameters.components(), arena);
        batchMoments = new Moments(parameters.covariance(), parameters.components(), parameters.dims());
        statistics = new Moments(parameters.covariance(), parameters.components(), parameters.dims());
        expect(parameters, statistics);
    }

    /**
     * Starts from a model, with points in 64 bits and the default options.
     *
     * @param batchPoints the size of a batch: a few dozen points per component make steps that are not all noise
     * @throws IllegalArgumentException if {@code batchPoints} is not positive
     */
    public static StepwiseEm of(GaussianMixture start, int batchPoints, StepSize steps) {
        return of(start, ElementType.FLOAT64, batchPoints, steps,
                FitOptions.components(start.components()).withCovariance(start.covariance()));
    }

    /**
     * Starts from a model.
     *
     * @param type how points are stored, and computed with
     * @param batchPoints the size of a batch
     * @param options components, covariance, regularization, varianceFloor and kernel count; the automatic kernel is the
     *     vector kernel wherever there is one
     * @throws IllegalArgumentException if {@code batchPoints} is not positive, the start is another kind of mixture than
     *     the options say, or these ask for what a {@link Refitter} cannot do either
     * @throws IllegalStateException if the vector kernel is asked for in a JVM without it
     */
    public static StepwiseEm of(
            GaussianMixture start, ElementType type, int batchPoints, StepSize steps, FitOptions options) {
        return new StepwiseEm(start, type, batchPoints, steps, options);
    }

    /** The moments, per point, that these parameters expect around their shifts: an M-step gives them back. */
    private static void expect(Parameters parameters, Moments into) {
        into.reset(parameters.shifts());
        Covariance covariance = parameters.covariance();
        int dims = parameters.dims();
        double[] distance = new double[dims];
        for (int k = 0; k < parameters.components(); k++) {
            double weight = parameters.weights()[k];
            into.weights()[k] = weight;
            for (int i = 0; i < dims; i++) {
                distance[i] = parameters.means()[k * dims + i] - into.shifts()[k * dims + i];
                into.first()[k * dims + i] = weight * distance[i];
            }
            int block = covariance.blockOffset(k, dims);
            double features = covariance == Covariance.SPHERICAL ? dims : 1;
            for (int i = 0; i < covariance.blockLength(dims); i++) {
                into.second()[block + i] += weight * features * parameters.covariances()[block + i];
            }
            Maximization.addOuter(covariance, into.second(), block, weight, distance);
        }
        into.count(0, 1, 0);
    }

    /**
     * Adds a point, and learns from the batch if that makes it full.
     *
     * @throws IllegalArgumentException as {@link Window#append(double...)}
     * @throws IllegalStateException if closed
     */
    public void append(double... row) {
        batch.append(row);
        learnIfFull();
    }

    /**
     * Adds a point if its numbers are finite and not too large, and learns from the batch if that makes it full.
     *
     * @return whether it was added
     * @throws IllegalArgumentException if there are not D numbers
     * @throws IllegalStateException if closed
     */
    public boolean offer(double[] row) {
        boolean taken = batch.offer(row);
        learnIfFull();
        return taken;
    }

    /**
     * As {@link #offer(double[])}, from memory: see {@link Window#offer(MemorySegment, long)}.
     *
     * @return whether the point was added
     * @throws IndexOutOfBoundsException if the segment ends before the point does
     * @throws IllegalStateException if closed
     */
    public boolean offer(MemorySegment source, long byteOffset) {
        boolean taken = batch.offer(source, byteOffset);
        learnIfFull();
        return taken;
    }

    private void learnIfFull() {
        if (batch.size() == batch.capacity()) {
            learn();
        }
    }

    /**
     * Learns from the points of the batch that is not full yet, if there are any. They count as much as a full one.
     *
     * @throws IllegalStateException if closed
     */
    public void flush() {
        batch.slots().checkOpen();
        if (batch.size() > 0) {
            learn();
        }
    }

    private void learn() {
        double[] shifts = estimate.parameters().shifts();
        batchMoments.reset(shifts);
        long first = batch.slotOf(batch.evicted());
        long end = first + batch.size();
        long capacity = batch.capacity();
        pass.run(first, Math.min(end, capacity), densities, Assignment.SOFT, batchMoments);
        pass.run(0, Math.max(0, end - capacity), densities, Assignment.SOFT, batchMoments);
        batch.evictOldest(batch.size());
        batchMeanLogLikelihood = batchMoments.logLikelihood() / batchMoments.totalWeight();
        double step = steps.of(batches);
        batches++;
        // Looked at by itself: what is out of range once would never leave the sums.
        if (!estimate.setFloor(batchMoments)) {
            refusedBatches++;
            return;
        }
        statistics.rebase(shifts);
        statistics.scale(1 - step);
        batchMoments.scale(step / batchMoments.totalWeight());
        statistics.merge(batchMoments);
        estimate.setFloor(statistics);
        estimate.maximize(statistics);
    }

    /** The number of batches seen. */
    public long batches() {
        return batches;
    }

    /**
     * How many of them have not been learnt from, since their values lie so close together, or so far apart, that their
     * squares are no ordinary numbers of their type.
     */
    public long refusedBatches() {
        return refusedBatches;
    }

    /**
     * The mean log-likelihood, in nats, of the last batch's points under the model as it was before it learnt from them:
     * so of new points. NaN before there is one.
     */
    public double batchMeanLogLikelihood() {
        return batchMeanLogLikelihood;
    }

    /** Frees all memory. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            batch.close();
            arena.close();
        }
    }
}
