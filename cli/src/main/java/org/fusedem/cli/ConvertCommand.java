package org.fusedem.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.fusedem.cli.data.ChosenRows;
import org.fusedem.cli.data.DataPoints;
import org.fusedem.cli.data.DataRows;
import org.fusedem.cli.data.TableRows;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;
import org.fusedem.cli.option.FitData;
import org.fusedem.cli.option.Version;
import org.fusedem.cli.stream.Streams;
import org.fusedem.cli.stream.WholeFile;
import org.fusedem.files.ColumnFileWriter;
import org.fusedem.files.NpyArray;
import org.fusedem.files.NpzFile;
import org.fusedem.points.ElementType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fusedem convert}. */
@Command(
        name = "convert",
        description = "Writes the points of a file as a column file, which fusedem maps into memory instead of reading it,"
                + " so data larger than the memory can be fitted; or as .npy or .npz for NumPy.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "It needs little memory, and beside the file as much room again on the disk while it works.",
            "",
            "Examples:",
            "  fusedem convert points.csv.gz points.fcol",
            "  zstd -dc points.csv.zst | fusedem convert - points.fcol --float32",
            "  fusedem convert points.fcol points.npz",
        })
final class ConvertCommand implements Callable<Integer> {
    /** For a row to come, perhaps through a pipe; if none comes, the process ends anyway. */
    private static final int PATIENCE_SECONDS = 2;

    private final Streams streams;

    @Mixin
    private FitData data;

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "The file to write: a column file if the name ends in .fcol, a NumPy array if in .npy, an archive"
                    + " with names and weights if in .npz (both are made in memory).")
    private Path out;

    ConvertCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        WholeFile.check("OUT", out, data.file());
        String name = out.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy") || name.endsWith(".npz")) {
            try (DataPoints points = data.read()) {
                write(points, name.endsWith(".npz"));
            }
        } else if (!name.endsWith(".fcol")) {
            // Two files of data may be what a shell made of *.csv.
            throw CommandException.wrongUse("OUT: " + FileErrors.name(out) + " must end in .fcol, .npy or .npz");
        } else {
            try (ChosenRows chosen = data.open()) {
                write(chosen);
            }
        }
        return 0;
    }

    private void write(DataPoints points, boolean archive) {
        if (!archive && points.points().weighted()) {
            throw CommandException.wrongUse(FileErrors.name(out) + ": has no room for weights, but .npz has");
        }
        try {
            if (archive) {
                NpzFile.write(points.points(), points.columns(), out);
            } else {
                NpyArray.write(points.points(), out);
            }
        } catch (IOException e) {
            throw CommandException.failed(FileErrors.sentence(out, e), e);
        }
    }

    private void write(ChosenRows chosen) {
        DataRows rows = chosen.rows();
        try (Interruption interruption =
                        Interruption.during("fusedem convert: stopping", PATIENCE_SECONDS, streams.err());
                ColumnFileWriter writer = writer(chosen)) {
            if (data.missing()) {
                writer.allowMissing();
            }
            while (rows.next()) {
                if (interruption.requested()) {
                    // What is begun goes with the writer.
                    throw CommandException.failed(FileErrors.name(out) + ": is not written", null);
                }
                writer.addWeighted(rows.weight(), rows.point());
            }
            writer.finish();
        } catch (IOException e) {
            throw CommandException.failed(FileErrors.sentence(out, e), e);
        } catch (IllegalArgumentException e) {
            // A number of 32 bits may be larger than is good for fits in so many.
            throw CommandException.wrongUse(FileErrors.name(data.file()) + ": " + e.getMessage(), e);
        }
    }

    private ColumnFileWriter writer(ChosenRows chosen) throws IOException {
        DataRows rows = chosen.rows();
        if (rows instanceof TableRows table) {
            ElementType type = data.float32() || table.isFloat32() ? ElementType.FLOAT32 : ElementType.FLOAT64;
            return ColumnFileWriter.create(out, type, chosen.names(), rows.weighted(), table.size());
        }
        ElementType type = data.float32() ? ElementType.FLOAT32 : ElementType.FLOAT64;
        return ColumnFileWriter.create(out, type, chosen.names(), rows.weighted());
    }
}
