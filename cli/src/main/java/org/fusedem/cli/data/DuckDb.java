package org.fusedem.cli.data;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;

/**
 * DuckDB, which reads Parquet (MIT licence). Its jar has 80 MB, ten times all the rest: so it is no part of this command, and
 * is loaded from where the user has it, when it is asked for.
 */
final class DuckDb {
    /** The version that was tried; the pom has it too, for the test. */
    static final String VERSION = "2.0.0.1";

    /** The jar, said by a property or by an environment variable. */
    static final String PROPERTY = "fusedem.duckdb";

    private static final String VARIABLE = "FUSEDEM_DUCKDB";

    private DuckDb() {}

    /** A database in memory, with nothing in it. */
    static Connection connect(Path file) throws SQLException {
        Path jar = jar();
        if (!Files.isRegularFile(jar)) {
            throw CommandException.wrongUse(FileErrors.name(file) + ": Parquet is read by DuckDB, which is not here: run"
                    + " mvn dependency:get -Dartifact=org.duckdb:duckdb_jdbc:" + VERSION + " (80 MB), or say in "
                    + VARIABLE + " where its jar is");
        }
        Properties properties = new Properties();
        // What is not in the jar is not to be fetched behind the user's back.
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("jdbc_stream_results", "true");
        return driver(jar).connect("jdbc:duckdb:", properties);
    }

    private static Path jar() {
        String said = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        return said != null ? Path.of(said) : Path.of(System.getProperty("user.home"), ".m2", "repository", "org", "duckdb",
                "duckdb_jdbc", VERSION, "duckdb_jdbc-" + VERSION + ".jar");
    }

    private static Driver driver(Path jar) {
        try {
            // Stays open to the end of the process, as the driver does.
            @SuppressWarnings("resource")
            URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            return (Driver) Class.forName("org.duckdb.DuckDBDriver", true, loader).getDeclaredConstructor().newInstance();
        } catch (MalformedURLException | ReflectiveOperationException | LinkageError e) {
            throw CommandException.failed(jar + ": DuckDB cannot be loaded from it: " + e, e);
        }
    }

    /** The sentence of an error, its first line. */
    static String sentence(Path file, SQLException e) {
        return FileErrors.name(file) + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse("DuckDB failed");
    }
}
