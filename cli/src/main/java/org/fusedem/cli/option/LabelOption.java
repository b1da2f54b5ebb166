package org.fusedem.cli.option;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.fusedem.em.Acceleration;
import org.fusedem.em.Convergence;
import org.fusedem.moments.Covariance;
import org.fusedem.select.Criterion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option that is one of a few words, each the label of a constant. */
public abstract class LabelOption<T> implements ITypeConverter<T>, Iterable<String> {
    private final List<T> constants;
    private final Function<T, String> label;

    private LabelOption(T[] constants, Function<T, String> label) {
        this.constants = Arrays.asList(constants);
        this.label = label;
    }

    /** What {@code --covariance} says. */
    public static final class OfCovariance extends LabelOption<Covariance> {
        public OfCovariance() {
            super(Covariance.values(), Covariance::label);
        }
    }

    /** What {@code --criterion} says. */
    public static final class OfCriterion extends LabelOption<Criterion> {
        public OfCriterion() {
            super(Criterion.values(), Criterion::label);
        }
    }

    /** What {@code --kind} says. */
    public static final class OfPlotKind extends LabelOption<PlotKind> {
        public OfPlotKind() {
            super(PlotKind.values(), PlotKind::label);
        }
    }

    /** What {@code --convergence} says. */
    static final class OfConvergence extends LabelOption<Convergence> {
        OfConvergence() {
            super(Convergence.values(), Convergence::label);
        }
    }

    /** What {@code --acceleration} says. */
    static final class OfAcceleration extends LabelOption<Acceleration> {
        OfAcceleration() {
            super(Acceleration.values(), Acceleration::label);
        }
    }

    @Override
    public T convert(String text) {
        return constants.stream().filter(constant -> label.apply(constant).equals(text)).findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is not one of " + String.join(", ", this)));
    }

    /** The words, for the help. */
    @Override
    public Iterator<String> iterator() {
        return constants.stream().map(label).iterator();
    }
}
