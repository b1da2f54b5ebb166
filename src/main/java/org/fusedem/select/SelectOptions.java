package org.fusedem.select;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.fusedem.fit.Checkpoints;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Start;
import org.fusedem.moments.Covariance;

/**
 * Which cells to fit, and how to choose among them. Immutable; made by {@link #components}, changed by the {@code with}
 * methods, each of which returns a changed copy and refuses a value out of range with {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * SelectOptions options = SelectOptions.components(1, 9).withCriterion(Criterion.ICL);
 * }</pre>
 */
public final class SelectOptions {
    /** The number of {@link #folds} that {@link Criterion#CROSS_VALIDATION} brings. */
    public static final int DEFAULT_FOLDS = 5;

    // Nothing writes to them once with() has returned.
    private List<Integer> components;
    private List<Covariance> covariances = List.of(Covariance.values());
    private FitOptions fit = FitOptions.components(1);
    private Criterion criterion = Criterion.BIC;
    private int folds;
    private boolean sharedStarts = true;
    private boolean degenerate;
    private SelectionProgress progress = SelectionProgress.SILENT;

    private SelectOptions() {}

    private SelectOptions(SelectOptions other) {
        components = other.components;
        covariances = other.covariances;
        fit = other.fit;
        criterion = other.criterion;
        folds = other.folds;
        sharedStarts = other.sharedStarts;
        degenerate = other.degenerate;
        progress = other.progress;
    }

    /** All numbers of components from one to another, both included, with all shapes; else the defaults. */
    public static SelectOptions components(int from, int to) {
        if (from > to) {
            throw new IllegalArgumentException("components end before they begin: from=" + from + ", to=" + to);
        }
        return components(IntStream.rangeClosed(from, to).boxed().toList());
    }

    /** These numbers of components, with all shapes; else the defaults. */
    public static SelectOptions components(List<Integer> components) {
        return new SelectOptions().with(options -> options.components = List.copyOf(components));
    }

    private SelectOptions with(Consumer<SelectOptions> change) {
        SelectOptions changed = new SelectOptions(this);
        change.accept(changed);
        changed.check();
        return changed;
    }

    private void check() {
        checkAllDifferent("components", components);
        components.forEach(fit::withComponents);
        checkAllDifferent("covariances", covariances);
        Objects.requireNonNull(criterion, "criterion");
        if (folds < 0 || folds == 1) {
            throw new IllegalArgumentException("folds must be 2 or more, or 0 for none: folds=" + folds);
        }
        Objects.requireNonNull(progress, "progress");
    }

    private static void checkAllDifferent(String name, List<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " must be at least one");
        }
        if (values.stream().distinct().count() < values.size()) {
            throw new IllegalArgumentException(name + " must be all different: " + name + "=" + values);
        }
    }

    /** The numbers of components to fit. */
    public List<Integer> components() {
        return components;
    }

    /** Other shapes. */
    public SelectOptions withCovariances(Covariance... changed) {
        return with(options -> options.covariances = List.of(changed));
    }

    /** The shapes to fit with each number of components; all of them unless changed. */
    public List<Covariance> covariances() {
        return covariances;
    }

    /**
     * Another way to fit a cell. Its start must be one by chance, and it has no checkpoints: any other start, and a
     * checkpoint, is of one cell alone. Where its {@linkplain FitOptions#stop stop} comes before a cell is done, that cell
     * has failed.
     *
     * @throws IllegalArgumentException if it has
     */
    public SelectOptions withFit(FitOptions changed) {
        if (changed.checkpoints() != Checkpoints.NONE || changed.resume() != null) {
            throw new IllegalArgumentException(
                    "a selection fits many mixtures, and a checkpoint is of one: leave it out of the options");
        }
        switch (changed.start()) {
            case Start.KMeansPlusPlus(), Start.RandomPoints(), Start.RandomResponsibilities() -> { }
            default -> throw new IllegalArgumentException("a selection needs a start for any number of components and"
                    + " shape, kmeans++ or a random one: start=" + changed.start().getClass().getSimpleName());
        }
        return with(options -> options.fit = changed);
    }

    /**
     * How to fit each cell; the defaults unless changed. Components and covariance are the cell's, whatever stands
     * here. The threads, or executor, share the cells among them, and each cell is fitted by one thread; progress is
     * not told of their iterations.
     */
    public FitOptions fit() {
        return fit;
    }

    /** Another criterion; cross-validation brings {@link #DEFAULT_FOLDS} folds if there are none yet. */
    public SelectOptions withCriterion(Criterion changed) {
        return with(options -> {
            options.criterion = changed;
            if (changed == Criterion.CROSS_VALIDATION && folds == 0) {
                options.folds = DEFAULT_FOLDS;
            }
        });
    }

    /** What the best cell is best by; BIC unless changed. */
    public Criterion criterion() {
        return criterion;
    }

    /** Another number of folds; none, where the criterion is cross-validation, is refused. */
    public SelectOptions withFolds(int changed) {
        if (changed == 0 && criterion == Criterion.CROSS_VALIDATION) {
            throw new IllegalArgumentException("cross-validation needs 2 or more folds: folds=0");
        }
        return with(options -> options.folds = changed);
    }

    /** Into how many folds the points are cut to find {@link HeldOut}; 0, which is none, unless changed. */
    public int folds() {
        return folds;
    }

    /** Whether cells share starts. */
    public SelectOptions withSharedStarts(boolean changed) {
        return with(options -> options.sharedStarts = changed);
    }

    /**
     * Whether each cell, beside its own starts, also starts from its neighbours' models, and the best is kept; true
     * unless changed. See {@link Selector}.
     */
    public boolean sharedStarts() {
        return sharedStarts;
    }

    /** Whether degenerate cells may win. */
    public SelectOptions withDegenerate(boolean changed) {
        return with(options -> options.degenerate = changed);
    }

    /** Whether {@link Cell.Fitted#degenerate()} cells may win against others; false unless changed. */
    public boolean degenerate() {
        return degenerate;
    }

    /** Somebody to tell how far it is. */
    public SelectOptions withProgress(SelectionProgress changed) {
        return with(options -> options.progress = changed);
    }

    /** Is told how far it is; nobody unless changed. */
    public SelectionProgress progress() {
        return progress;
    }
}
