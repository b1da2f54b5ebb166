package org.fusedem.select;

import java.util.function.ToDoubleFunction;

/**
 * What makes one fit better than another. With L the log-likelihood in nats, p the number of free parameters and n the
 * total weight of the points (their number, if they carry no weights):
 */
public enum Criterion {
    /**
     * The Bayesian information criterion, {@code -2 L + p log n}; smaller is better (Schwarz 1978, whose own has the
     * opposite sign and half the size; mclust's has the opposite sign).
     */
    BIC("bic", Cell.Fitted::bic),
    /** Akaike's information criterion, {@code -2 L + 2 p}; smaller is better (Akaike 1974). */
    AIC("aic", Cell.Fitted::aic),
    /**
     * The integrated completed likelihood, {@code BIC + 2 E} with the entropy of the responsibilities {@code E = -sum_n
     * w_n sum_k r_nk log r_nk}: a fit whose components overlap, and so are no clusters, pays for it. Smaller is better
     * (Biernacki, Celeux and Govaert 2000; with E of the responsibilities themselves, as McLachlan and Peel 2000,
     * chapter 6, have it, where mclust's counts only the most likely component of each point).
     */
    ICL("icl", Cell.Fitted::icl),
    /**
     * The mean log-likelihood of points that the fit has not seen, by k-fold cross-validation, in nats per point;
     * larger is better (Smyth 2000). See {@link HeldOut}.
     */
    CROSS_VALIDATION("cv", cell -> -cell.heldOut().meanLogLikelihood());

    /**
     * The same model, as tied and full of one component are, may come out of two shapes this much apart, relatively.
     */
    private static final double ROUNDING = 1e-10;

    private final String label;
    /** Smaller is better. */
    private final ToDoubleFunction<Cell.Fitted> loss;

    Criterion(String label, ToDoubleFunction<Cell.Fitted> loss) {
        this.label = label;
        this.loss = loss;
    }

    /** What users write: bic, aic, icl or cv. */
    public String label() {
        return label;
    }

    /**
     * The criterion with this {@link #label()}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Criterion ofLabel(String label) {
        for (Criterion criterion : values()) {
            if (criterion.label.equals(label)) {
                return criterion;
            }
        }
        throw new IllegalArgumentException("criterion must be bic, aic, icl or cv: criterion=" + label);
    }

    /** Whether one cell is better than another by more than the roundings of sums over points. */
    boolean prefers(Cell.Fitted one, Cell.Fitted other) {
        double own = loss.applyAsDouble(one);
        // The other's may be infinite, of points that it thinks impossible: anything is better.
        return loss.applyAsDouble(other) - own > ROUNDING * Math.abs(own);
    }
}
