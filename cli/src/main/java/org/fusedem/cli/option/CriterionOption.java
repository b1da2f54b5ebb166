package org.fusedem.cli.option;

import java.util.Arrays;
import java.util.Iterator;
import org.fusedem.select.Criterion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --criterion} says. */
public final class CriterionOption implements ITypeConverter<Criterion>, Iterable<String> {
    @Override
    public Criterion convert(String text) {
        try {
            return Criterion.ofLabel(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not one of " + String.join(", ", this));
        }
    }

    /** The words, for the help. */
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Criterion.values()).map(Criterion::label).iterator();
    }
}
