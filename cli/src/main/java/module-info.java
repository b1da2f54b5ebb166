/** The command {@code fusedem}. */
module org.fusedem.cli {
    requires org.fusedem;
    // For pictures: shapes, and pixels.
    requires java.desktop;
    requires info.picocli;
    requires de.siegmar.fastcsv;
    requires ch.randelshofer.fastdoubleparser;
    requires org.apache.arrow.format;
    // For DuckDB, if the user has it.
    requires java.sql;

    // picocli reads the annotations and sets the fields of commands.
    opens org.fusedem.cli to info.picocli;
    opens org.fusedem.cli.data to info.picocli;
    opens org.fusedem.cli.option to info.picocli;
}
