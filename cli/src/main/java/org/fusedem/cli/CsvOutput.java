package org.fusedem.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

/** CSV on standard output: commas, numbers that read back exactly, names in quotes where they need them. */
final class CsvOutput {
    private CsvOutput() {}

    static CsvWriter on(Output out) {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    }
}
