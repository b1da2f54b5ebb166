package org.fusedem.em;

/**
 * A model whose every third M-step goes on, in the direction of EM, to where EM would come after many more (Varadhan
 * and Roland, Simple and globally convergent methods for accelerating the convergence of any EM algorithm, 2008):
 *
 * <pre>
 * r = F(x) - x,  v = F(F(x)) - F(x) - r,  alpha = -||r|| / ||v||           their scheme S3
 * x' = x - 2 alpha r + alpha^2 v
 * </pre>
 *
 * <p>A cycle is a step to smooth what the last extrapolation has left rough, and two to extrapolate from. Each step's
 * E-step gives the objective, so that the guard costs a pass only where it refuses: the new point must have gained at
 * least what the EM step before the last one did. Gains shrink near an optimum, so that is no less than the last EM
 * step alone would have gained. Else the last EM step stands as it was.
 *
 * <p>{@code -alpha} is bounded, by more after each step that comes to the bound, by less after a refusal, as in the
 * authors' own implementation. In one dimension of slope F' near an optimum it comes to {@code 1 / (1 - F')}: with the
 * square, the sign of an error never changes, so that a step does not cross the optimum or leave a saddle on the other
 * side.
 *
 * <p>Nothing is extrapolated while EM is fast: the first steps decide which optimum a run comes to, and are not many.
 */
final class Squarem implements LatentVariableModel {
    /** EM steps in a cycle. Without the first, twice as many extrapolations are refused. */
    private static final int STEPS = 3;

    /** The nats per point that the latest EM step must not have gained: EM is still fast then, and still choosing its way. */
    private static final double FAST = 1e-5;

    /** The first bound of {@code -alpha}, and the least. */
    private static final double LEAST_BOUND = 4;

    /** What the bound is multiplied with, or divided by. */
    private static final double BOUND_FACTOR = 4;

    private final ExtrapolatedModel model;
    private final double[] x0;
    private final double[] x1;
    private final double[] x2;
    private final double[] target;
    /** EM steps done in this cycle. */
    private int steps;
    private boolean extrapolated;
    /** Whether the latest extrapolation was refused, and a shorter one is still to be tried. */
    private boolean shorterLeft;
    private double bound = LEAST_BOUND;
    private double objective = Double.NEGATIVE_INFINITY;
    private double gain = Double.POSITIVE_INFINITY;

    Squarem(ExtrapolatedModel model) {
        this.model = model;
        x0 = new double[model.coordinates()];
        x1 = new double[x0.length];
        x2 = new double[x0.length];
        target = new double[x0.length];
    }

    @Override
    public double expectation() {
        double value = model.expectation();
        if (isRefused(value + model.logPrior())) {
            value = model.expectation();
        }
        note(value + model.logPrior());
        return value;
    }

    @Override
    public double logLikelihood() {
        double value = model.logLikelihood();
        if (isRefused(value + model.logPrior())) {
            value = model.logLikelihood();
        }
        note(value + model.logPrior());
        return value;
    }

    /** Holds an extrapolation, if that is where the model is, against the guard. */
    private boolean isRefused(double value) {
        boolean refused = extrapolated && !(value >= objective + gain);
        shorterLeft = refused && bound > LEAST_BOUND;
        if (refused) {
            model.moveBack();
            bound = Math.max(LEAST_BOUND, bound / BOUND_FACTOR);
        }
        extrapolated = false;
        return refused;
    }

    private void note(double value) {
        gain = value - objective;
        objective = value;
        steps %= STEPS;
    }

    @Override
    public void maximization() {
        if (steps == STEPS - 2) {
            model.copyCoordinates(x0);
        }
        model.maximization();
        steps++;
        if (steps == STEPS - 1) {
            model.copyCoordinates(x1);
        } else if (steps == STEPS && gain < FAST * model.totalWeight()) {
            model.copyCoordinates(x2);
            extrapolate();
        }
    }

    private void extrapolate() {
        double rSquare = 0;
        double vSquare = 0;
        for (int i = 0; i < target.length; i++) {
            double r = x1[i] - x0[i];
            double v = x2[i] - x1[i] - r;
            rSquare += r * r;
            vSquare += v * v;
        }
        double length = Math.sqrt(rSquare / vSquare);
        if (length > bound) {
            length = bound;
            bound *= BOUND_FACTOR;
        }
        // At length 1 the formula gives x2 itself. Negated, so that 0 / 0 goes nowhere.
        if (!(length > 1)) {
            return;
        }
        for (int i = 0; i < target.length; i++) {
            double r = x1[i] - x0[i];
            double v = x2[i] - x1[i] - r;
            target[i] = x0[i] + 2 * length * r + length * length * v;
        }
        extrapolated = model.moveTo(target);
    }

    /** A cycle whose extrapolation was refused says little of what is left to gain, so it goes on with the next. */
    @Override
    public boolean endsCycle() {
        return steps == 0 && !shorterLeft;
    }

    @Override
    public void undo() {
        model.undo();
        steps = 0;
        extrapolated = false;
    }

    @Override
    public double parameterChange() {
        return model.parameterChange();
    }

    @Override
    public double logPrior() {
        return model.logPrior();
    }

    @Override
    public double roundingBound(double aboutObjective) {
        return model.roundingBound(aboutObjective);
    }

    @Override
    public double totalWeight() {
        return model.totalWeight();
    }
}
