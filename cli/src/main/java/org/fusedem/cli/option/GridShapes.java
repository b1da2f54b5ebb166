package org.fusedem.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.fusedem.moments.Covariance;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Shapes of covariances as {@code select} takes them: {@code all}, or some between commas.
 *
 * @param values each once
 */
public record GridShapes(List<Covariance> values) {
    /** For the option. */
    public static final class Converter implements ITypeConverter<GridShapes> {
        private static final String ALL = "all";

        private final LabelOption.OfCovariance one = new LabelOption.OfCovariance();

        @Override
        public GridShapes convert(String text) {
            if (text.equals(ALL)) {
                return new GridShapes(List.of(Covariance.values()));
            }
            List<Covariance> values = new ArrayList<>();
            for (String item : text.split(",", -1)) {
                Covariance shape = one.convert(item.strip());
                if (values.contains(shape)) {
                    throw new TypeConversionException(shape.label() + " is there twice in '" + text + "'");
                }
                values.add(shape);
            }
            return new GridShapes(List.copyOf(values));
        }
    }
}
