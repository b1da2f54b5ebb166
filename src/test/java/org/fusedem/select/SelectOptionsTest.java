package org.fusedem.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Start;
import org.fusedem.fit.UnwantedCheckpoints;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SelectOptionsTest {
    private static final GaussianMixture NORMAL = GaussianMixture.of(
            Covariance.FULL, 1, new double[] {1}, new double[] {0}, new double[] {1});

    static Stream<Arguments> outOfRange() {
        SelectOptions options = SelectOptions.components(1, 2);
        return Stream.of(
                refused(() -> SelectOptions.components(3, 2), "components end before they begin: from=3, to=2"),
                refused(() -> SelectOptions.components(0, 2), "components must be positive: components=0"),
                refused(() -> SelectOptions.components(List.of()), "components must be at least one"),
                refused(() -> SelectOptions.components(List.of(2, 2)),
                        "components must be all different: components=[2, 2]"),
                refused(() -> options.withCovariances(), "covariances must be at least one"),
                refused(() -> options.withFolds(1), "folds must be 2 or more, or 0 for none: folds=1"),
                refused(() -> options.withFolds(-2), "folds must be 2 or more, or 0 for none: folds=-2"),
                refused(() -> options.withCriterion(Criterion.CROSS_VALIDATION).withFolds(0),
                        "cross-validation needs 2 or more folds: folds=0"),
                refused(() -> options.withFit(FitOptions.components(1).withStart(new Start.Given(NORMAL))),
                        "a selection needs a start for any number of components and shape, kmeans++ or a random one:"
                                + " start=Given"),
                refused(() -> options.withFit(FitOptions.components(1).withCheckpoints(new UnwantedCheckpoints())),
                        "a selection fits many mixtures, and a checkpoint is of one: leave it out of the options"));
    }

    private static Arguments refused(Executable code, String message) {
        return Arguments.of(code, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("outOfRange")
    void refusesWhatIsOutOfRange(Executable code, String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }

    @Test
    void eachWithChangesOneThing() {
        FitOptions fit = FitOptions.components(1).withSeed(3);
        SelectionProgress progress = (done, total) -> { };
        SelectOptions options = SelectOptions.components(2, 4).withCovariances(Covariance.TIED, Covariance.FULL)
                .withFit(fit).withCriterion(Criterion.ICL).withFolds(7).withSharedStarts(false).withDegenerate(true)
                .withProgress(progress);
        assertEquals(List.of(2, 3, 4), options.components());
        assertEquals(List.of(Covariance.TIED, Covariance.FULL), options.covariances());
        assertEquals(fit, options.fit());
        assertEquals(Criterion.ICL, options.criterion());
        assertEquals(7, options.folds());
        assertEquals(false, options.sharedStarts());
        assertEquals(true, options.degenerate());
        assertEquals(progress, options.progress());
    }

    @Test
    void crossValidationBringsFolds() {
        SelectOptions options = SelectOptions.components(1, 2);
        assertEquals(0, options.folds());
        assertEquals(SelectOptions.DEFAULT_FOLDS, options.withCriterion(Criterion.CROSS_VALIDATION).folds());
        assertEquals(3, options.withFolds(3).withCriterion(Criterion.CROSS_VALIDATION).folds());
    }
}
