package org.fusedem.online;

import org.fusedem.fit.FitOptions;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Rounding;
import org.fusedem.moments.Moments;
import org.fusedem.points.Window;

/**
 * A refit as a sequence of small units of work, so that it can stop between any two of them: a tile of points, an
 * M-step, a look at the objective, or the measuring of one feature's scale. The rules are those of
 * {@link org.fusedem.em.EmLoop}.
 */
final class RefitRun {
    private enum Phase { ENDED, VISIT, EVALUATE, MEASURE, MAXIMIZE }

    private final Window window;
    private final FitOptions options;
    private final Sweep sweep;
    private final Estimate estimate;
    private final Blocks blocks;
    private final Shifts shifts;
    private final WindowScales scales;
    private final Densities densities;

    private Phase phase = Phase.ENDED;
    private RefitReason reason;
    private int maxIterations;
    private int iterations;
    /** The block under way, and what visits of the current sweep are stamped with. */
    private int block;
    private long stamp;
    /** Whether an M-step follows each block of the current sweep. */
    private boolean stepAfterBlock;
    /** Where such a sweep goes on: also after a deadline, or the blocks behind would never have their turn. */
    private int cursor;
    private int blocksLeft;
    /** Whether the sweep has met points that the one before had not. */
    private boolean pointsChanged;
    private boolean startChecked;
    /** Whether the floor is a batch fit's own; until it matters, one that is not below it will do. */
    private boolean floorExact;
    private int feature;
    private double previous;
    private double logLikelihood = Double.NaN;
    private double totalWeight;
    private boolean evaluated;

    RefitRun(Window window, FitOptions options, Sweep sweep, Estimate estimate, Blocks blocks, Densities densities) {
        this.window = window;
        this.options = options;
        this.sweep = sweep;
        this.estimate = estimate;
        this.blocks = blocks;
        this.densities = densities;
        shifts = new Shifts(estimate.parameters());
        scales = new WindowScales(window);
    }

    /** Begins a refit from the estimate as it is. */
    void begin(int mostIterations) {
        maxIterations = mostIterations;
        iterations = 0;
        previous = Double.NEGATIVE_INFINITY;
        startChecked = false;
        floorExact = false;
        evaluated = false;
        blocks.noteChanges();
        if (window.size() < options.components()) {
            end(RefitReason.TOO_FEW_POINTS);
        } else {
            sweepChanged();
        }
    }

    /** Finds out which points are new, while a refit is under way. */
    void noteChanges() {
        blocks.noteChanges();
    }

    /** Forgets what the estimate was, since it is another one now. */
    void restart() {
        blocks.invalidate();
        phase = Phase.ENDED;
        reason = null;
        evaluated = false;
        logLikelihood = Double.NaN;
    }

    void end(RefitReason why) {
        reason = why;
        phase = Phase.ENDED;
    }

    /** Does one unit of work. */
    void advance() {
        switch (phase) {
            case VISIT -> visit();
            case EVALUATE -> evaluate();
            case MEASURE -> measure();
            case MAXIMIZE -> maximize();
            case ENDED -> { }
        }
    }

    /**
     * Begins a sweep over the blocks whose moments are not those of their points or, where an M-step waits for all of
     * them, not of the current parameters.
     */
    private void sweepChanged() {
        stepAfterBlock = false;
        pointsChanged = false;
        if (sweep == Sweep.BATCH) {
            stamp = estimate.version();
            shifts.follow();
        } else {
            stamp = Blocks.ANY;
            if (shifts.areFar()) {
                shifts.follow();
                blocks.invalidate();
            }
        }
        visitNext(blocks.next(0, stamp));
    }

    /** Begins a sweep over all blocks, with an M-step after each, from where the last one has ended. */
    private void sweepAll() {
        stepAfterBlock = true;
        pointsChanged = false;
        blocksLeft = blocks.count();
        visitNext(cursor);
    }

    private void visitNext(int next) {
        block = next;
        if (next < 0) {
            phase = Phase.EVALUATE;
        } else {
            pointsChanged |= blocks.begin(next, shifts.values());
            phase = Phase.VISIT;
        }
    }

    private void visit() {
        if (!blocks.isDone()) {
            blocks.visitTile(densities);
        }
        if (!blocks.isDone()) {
            return;
        }
        // Points may have come between the tiles of a block.
        pointsChanged |= blocks.hasChanged();
        if (block == cursor) {
            cursor = (cursor + 1) % blocks.count();
        }
        if (stepAfterBlock) {
            blocks.complete(stamp, -1);
            phase = Phase.MAXIMIZE;
        } else {
            int next = blocks.next(block + 1, stamp);
            blocks.complete(stamp, next);
            visitNext(next);
        }
    }

    private void evaluate() {
        Moments total = blocks.total();
        if (total.points() < options.components()) {
            end(RefitReason.TOO_FEW_POINTS);
        } else if (startChecked || isStartAboveFloor(total)) {
            evaluate(total);
        }
    }

    /** Whether the start is above the floor; if not, finds out where that is. */
    private boolean isStartAboveFloor(Moments total) {
        if (!estimate.setUpperFloor(total)) {
            end(RefitReason.OUT_OF_RANGE);
            return false;
        }
        startChecked = estimate.isAboveFloor();
        if (!startChecked) {
            beginMeasuring();
        }
        return startChecked;
    }

    private void evaluate(Moments total) {
        double objective = total.logLikelihood();
        boolean comparable = !pointsChanged && previous > Double.NEGATIVE_INFINITY;
        if (sweep == Sweep.BATCH && comparable && hasFallen(objective, total.totalWeight())) {
            estimate.undo();
            evaluated = true;
            end(RefitReason.STALLED);
            return;
        }
        double gain = objective - previous;
        previous = objective;
        logLikelihood = objective;
        totalWeight = total.totalWeight();
        evaluated = sweep == Sweep.BATCH;
        // Blocks seen with different parameters: their sum may fall a little, but it comes to rest where EM does.
        double change = sweep == Sweep.BATCH ? gain : Math.abs(gain);
        if (comparable && options.tolerance() > 0 && change < options.tolerance() * totalWeight) {
            end(RefitReason.CONVERGED);
        } else if (iterations >= maxIterations) {
            end(RefitReason.ITERATIONS);
        } else if (stepAfterBlock) {
            sweepAll();
        } else {
            phase = Phase.MAXIMIZE;
        }
    }

    /** As in {@link org.fusedem.em.EmLoop}: by more than rounding may, or to no number. */
    private boolean hasFallen(double objective, double weight) {
        double rounding = Rounding.bound(window.type(), Math.abs(previous) + window.dims() * weight);
        return !(objective >= previous - rounding);
    }

    private void beginMeasuring() {
        feature = 0;
        phase = Phase.MEASURE;
    }

    private void measure() {
        if (window.size() < options.components()) {
            end(RefitReason.TOO_FEW_POINTS);
            return;
        }
        estimate.setBulk(feature, scales.variance(feature));
        feature++;
        if (feature < window.dims()) {
            return;
        }
        floorExact = true;
        if (!estimate.setBulkFloor(window.size())) {
            end(RefitReason.OUT_OF_RANGE);
        } else if (startChecked) {
            phase = Phase.MAXIMIZE;
        } else {
            checkStart();
        }
    }

    private void checkStart() {
        startChecked = true;
        if (estimate.isAboveFloor()) {
            phase = Phase.EVALUATE;
        } else {
            estimate.enforceFloor();
            evaluated = false;
            blocks.invalidate();
            sweepChanged();
        }
    }

    private void maximize() {
        Moments total = blocks.total();
        if (total.points() < options.components()) {
            end(RefitReason.TOO_FEW_POINTS);
            return;
        }
        if (!floorExact && !estimate.setUpperFloor(total)) {
            end(RefitReason.OUT_OF_RANGE);
            return;
        }
        estimate.maximize(total);
        if (!floorExact && estimate.degenerate().floored() > 0) {
            estimate.undo();
            beginMeasuring();
            return;
        }
        evaluated = false;
        if (stepAfterBlock) {
            goOn();
        } else {
            iterations++;
            if (sweep == Sweep.BATCH) {
                sweepChanged();
            } else if (iterations >= maxIterations) {
                end(RefitReason.ITERATIONS);
            } else {
                sweepAll();
            }
        }
    }

    /** To the next block, after the M-step that follows one. */
    private void goOn() {
        blocksLeft--;
        if (shifts.areFar()) {
            sweepChanged();
        } else if (blocksLeft == 0) {
            iterations++;
            phase = Phase.EVALUATE;
        } else {
            visitNext(cursor);
        }
    }

    boolean isUnderWay() {
        return phase != Phase.ENDED;
    }

    RefitReason reason() {
        return reason;
    }

    int iterations() {
        return iterations;
    }

    double logLikelihood() {
        return logLikelihood;
    }

    double totalWeight() {
        return totalWeight;
    }

    boolean isEvaluated() {
        return evaluated;
    }
}
