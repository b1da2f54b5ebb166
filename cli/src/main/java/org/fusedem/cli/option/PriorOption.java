package org.fusedem.cli.option;

import java.util.Iterator;
import java.util.List;
import org.fusedem.fit.Prior;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --prior} says: null is no prior. */
final class PriorOption implements ITypeConverter<Prior>, Iterable<String> {
    @Override
    public Prior convert(String text) {
        return switch (text) {
            case "none" -> null;
            case "conjugate" -> Prior.conjugate();
            default -> throw new TypeConversionException("'" + text + "' is not one of " + String.join(", ", this));
        };
    }

    /** The words, for the help. */
    @Override
    public Iterator<String> iterator() {
        return List.of("none", "conjugate").iterator();
    }
}
