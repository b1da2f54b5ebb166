package org.fusedem.cli.data;

import java.nio.file.Path;
import java.util.List;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * The command's reader of data files, for benchmarks alone. It is nobody else's business, so the command keeps it to
 * itself; on the class path, where benchmarks run, a class of the same package may use it.
 */
public final class CsvReading {
    private CsvReading() {}

    /** All points of a CSV file, to be closed. */
    public static Points read(Path file) {
        return DataPoints.read(file, new DataOptions(), new RowOptions(null, null, 0), ElementType.FLOAT64, List.of())
                .points();
    }
}
