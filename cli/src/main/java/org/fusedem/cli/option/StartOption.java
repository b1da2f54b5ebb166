package org.fusedem.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.fit.Start;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --start} says: one of three words, or a model file. */
public final class StartOption implements ITypeConverter<Start> {
    @Override
    public Start convert(String text) {
        return switch (text) {
            case "kmeans++" -> new Start.KMeansPlusPlus();
            case "random" -> new Start.RandomResponsibilities();
            case "random-points" -> new Start.RandomPoints();
            default -> given(text);
        };
    }

    private static Start given(String text) {
        Path file = Path.of(text);
        if (!FileErrors.isStandardInput(file) && !Files.exists(file)) {
            throw new TypeConversionException(
                    "'" + text + "' is neither kmeans++, random or random-points, nor a model file");
        }
        try {
            return new Start.Given(FileErrors.readModel(file));
        } catch (CommandException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
