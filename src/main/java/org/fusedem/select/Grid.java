package org.fusedem.select;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Progress;
import org.fusedem.kernel.Team;
import org.fusedem.points.Points;

/**
 * All cells of one selection, and the order in which they are worked on. Made by the thread that may be interrupted.
 */
final class Grid {
    private final SelectOptions options;
    private final Thread caller = Thread.currentThread();
    /** By components, then by covariance. */
    private final CellWork[][] cells;
    private final int steps;
    private int done;

    Grid(Points points, SelectOptions options) {
        this.options = options;
        cells = new CellWork[options.components().size()][options.covariances().size()];
        steps = cells.length * cells[0].length * (options.sharedStarts() ? 2 : 1);
        // A progress would hear of many cells at once, and no cell has threads of its own.
        FitOptions fit = options.fit().withThreads(1).withProgress(Progress.SILENT);
        for (int k = 0; k < cells.length; k++) {
            for (int s = 0; s < cells[k].length; s++) {
                cells[k][s] = new CellWork(points, fit.withComponents(options.components().get(k))
                        .withCovariance(options.covariances().get(s)));
            }
        }
    }

    /**
     * Does all the work.
     *
     * @param folds null for none
     */
    Selection run(Team team, Folds folds) {
        if (options.sharedStarts()) {
            forEachCell(team, (k, s) -> cells[k][s].fit());
            // From here on all look at what the cells found alone, in whatever order they are worked on.
            forEachCell(team, (k, s) -> {
                startFromNeighbours(k, s);
                finish(cells[k][s], folds);
            });
        } else {
            forEachCell(team, (k, s) -> {
                cells[k][s].fit();
                finish(cells[k][s], folds);
            });
        }
        return Selection.of(options.criterion(),
                Arrays.stream(cells).flatMap(Arrays::stream).map(CellWork::cell).toList(),
                options.degenerate());
    }

    private interface Step {
        void run(int k, int s);
    }

    /** Many components take long, so the last cells come first: then all threads end at about the same time. */
    private void forEachCell(Team team, Step step) {
        int shapes = cells[0].length;
        int count = cells.length * shapes;
        team.run(count, (worker, task) -> {
            int cell = count - 1 - task;
            checkInterrupt();
            step.run(cell / shapes, cell % shapes);
            tell();
        });
        checkInterrupt();
    }

    private void startFromNeighbours(int k, int s) {
        for (int other = 0; other < cells[k].length; other++) {
            if (other != s) {
                checkInterrupt();
                cells[k][s].startFromShape(cells[k][other]);
            }
        }
        int fewer = options.components().indexOf(options.components().get(k) - 1);
        if (fewer >= 0) {
            checkInterrupt();
            cells[k][s].startFromFewer(cells[fewer][s]);
        }
    }

    private void finish(CellWork cell, Folds folds) {
        checkInterrupt();
        cell.measureEntropy();
        if (folds != null) {
            cell.crossValidate(folds, this::checkInterrupt);
        }
    }

    private void checkInterrupt() {
        if (caller.isInterrupted()) {
            throw new CancellationException("the selection was interrupted");
        }
    }

    private synchronized void tell() {
        options.progress().step(++done, steps);
    }
}
