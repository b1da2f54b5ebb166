package org.fusedem.select;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a selection found.
 *
 * @param criterion what the best cell is best by
 * @param cells in the order of the grid: by components as asked for, within these by covariance as asked for
 * @param best the best cell; empty if all failed
 */
public record Selection(Criterion criterion, List<Cell> cells, Optional<Cell.Fitted> best) {
    /**
     * Chooses the best: degenerate cells after all others unless they take part, and the first of several equals.
     *
     * @param degenerate whether degenerate cells take part like any other
     */
    static Selection of(Criterion criterion, List<Cell> cells, boolean degenerate) {
        Comparator<Cell.Fitted> order = criterion.order();
        if (!degenerate) {
            order = Comparator.comparing(Cell.Fitted::degenerate).thenComparing(order);
        }
        Optional<Cell.Fitted> best = cells.stream()
                .filter(Cell.Fitted.class::isInstance).map(Cell.Fitted.class::cast).min(order);
        return new Selection(criterion, List.copyOf(cells), best);
    }
}
