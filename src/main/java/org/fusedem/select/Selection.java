package org.fusedem.select;

import java.util.List;
import java.util.Optional;

/**
 * What a selection found.
 *
 * @param criterion what the best cell is best by
 * @param cells in the order of the grid: by components as asked for, within these by covariance as asked for
 * @param best the best cell, the first of several that differ by roundings; empty if all failed
 */
public record Selection(Criterion criterion, List<Cell> cells, Optional<Cell.Fitted> best) {
    /**
     * Chooses the best: degenerate cells after all others unless they take part, and the first of several equals.
     *
     * @param degenerate whether degenerate cells take part like any other
     */
    static Selection of(Criterion criterion, List<Cell> cells, boolean degenerate) {
        return new Selection(criterion, List.copyOf(cells), best(criterion, cells, degenerate));
    }

    /**
     * The cell that is best by another criterion, degenerate ones after all others; empty if all failed.
     *
     * @throws IllegalArgumentException if that is cross-validation, and the selection had no folds
     */
    public Optional<Cell.Fitted> bestBy(Criterion other) {
        if (other == Criterion.CROSS_VALIDATION
                && cells.stream().anyMatch(cell -> cell instanceof Cell.Fitted fitted && fitted.heldOut() == null)) {
            throw new IllegalArgumentException(
                    "nothing was held out to compare (set SelectOptions.withFolds): criterion=" + other.label());
        }
        return best(other, cells, false);
    }

    private static Optional<Cell.Fitted> best(Criterion criterion, List<Cell> cells, boolean degenerate) {
        Cell.Fitted best = null;
        for (Cell cell : cells) {
            if (cell instanceof Cell.Fitted fitted && (best == null || isBetter(fitted, best, criterion, degenerate))) {
                best = fitted;
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean isBetter(Cell.Fitted cell, Cell.Fitted best, Criterion criterion, boolean degenerate) {
        return degenerate || cell.degenerate() == best.degenerate() ? criterion.prefers(cell, best) : best.degenerate();
    }
}
