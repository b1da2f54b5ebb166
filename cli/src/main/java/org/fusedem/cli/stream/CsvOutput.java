package org.fusedem.cli.stream;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

/** CSV on standard output: commas, numbers that read back exactly, names in quotes where they need them. */
public final class CsvOutput {
    private CsvOutput() {}

    public static CsvWriter on(Output out) {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    }
}
