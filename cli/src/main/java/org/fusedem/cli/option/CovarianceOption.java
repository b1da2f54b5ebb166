package org.fusedem.cli.option;

import java.util.Arrays;
import java.util.Iterator;
import org.fusedem.moments.Covariance;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --covariance} says. */
public final class CovarianceOption implements ITypeConverter<Covariance>, Iterable<String> {
    @Override
    public Covariance convert(String text) {
        try {
            return Covariance.ofLabel(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not one of " + String.join(", ", this));
        }
    }

    /** The words, for the help. */
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Covariance.values()).map(Covariance::label).iterator();
    }
}
