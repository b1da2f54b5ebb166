package org.fusedem.select;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.fusedem.fit.FitOptions;
import org.fusedem.kernel.Team;
import org.fusedem.points.Points;

/**
 * Chooses the number of components and the shape of the covariances: fits a cell for each pair of them, and ranks the
 * cells by a criterion.
 *
 * <pre>{@code
 * Selection selection = Selector.select(points, SelectOptions.components(1, 9));
 * GaussianMixture model = selection.best().orElseThrow().result().model();
 * }</pre>
 *
 * <p>Each cell is fitted on its own; all draw the same random numbers, so cells of the same K begin at the same
 * centres. Then, unless told not to, each cell starts once more from each model of the same K with another shape, and
 * once from the model of one component less with a component cut in two, as far as these are in the grid and not
 * degenerate; the best of all these runs is the cell's. That finds better optima than the same time spent on more
 * restarts.
 *
 * <p>Thread-safe. The same points and options give the same result, to the last bit, with any number of threads, as
 * long as the same kernel does the arithmetic.
 */
public final class Selector {
    private Selector() {}

    /**
     * Fits all cells and chooses among them. A cell that cannot be fitted is listed with the reason, and the others go
     * on.
     *
     * <p>Costs the fits of the cells, each as {@link org.fusedem.fit.Fitter} says; with shared starts up to four EM
     * runs and K short ones more per cell; with J folds J fits more per cell, of {@code (J - 1) / J} of the points,
     * which start on their own. Memory beside the points: for each thread what a fit needs, for each cell its model and
     * trace, and for folds a copy of the points, {@code 2 - 2/J} times as large.
     *
     * <p>Interrupting the thread ends it before the next fit begins.
     *
     * @throws IllegalArgumentException if there are fewer points with weight than folds, or values are
     *     missing without {@link FitOptions#missingValues}
     * @throws IllegalStateException if the points are closed, or the vector kernel is asked for in a JVM without it
     * @throws CancellationException if the calling thread is interrupted; it stays so
     */
    public static Selection select(Points points, SelectOptions options) {
        points.checkOpen();
        FitOptions fit = options.fit();
        if (!fit.missingValues()) {
            points.checkComplete("FitOptions.withMissingValues() would fit what is there");
        }
        Grid grid = new Grid(points, options);
        try (Folds folds = options.folds() == 0 ? null : new Folds(points, options.folds(), fit.seed())) {
            if (fit.threads() == 1) {
                return grid.run(Team.CALLER, folds);
            }
            if (fit.executor() != null) {
                return grid.run(new Team(fit.threads(), fit.executor()), folds);
            }
            try (ExecutorService helpers = Executors.newFixedThreadPool(fit.threads() - 1)) {
                return grid.run(new Team(fit.threads(), helpers), folds);
            }
        }
    }
}
