package org.fusedem.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fusedem.cli.CommandRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pyarrow wrote, read by DuckDB if this runs under the profile duckdb; and what is said where there is none. */
class ParquetTest {
    private static final Path FILES = Path.of("src", "test", "resources", "arrow");

    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(DuckDb.PROPERTY);
    }

    private static void needDuckDb() {
        String jar = System.getProperty("fusedem.testDuckDb");
        if (jar == null) {
            String sentence = "SKIPPED: Parquet is not tested without DuckDB: mvn verify -Pduckdb does (80 MB)";
            System.err.println(sentence);
            Assumptions.abort(sentence);
        }
        assertTrue(Files.isRegularFile(Path.of(jar)), jar);
        System.setProperty(DuckDb.PROPERTY, jar);
    }

    @Test
    void saysWhatIsMissing() {
        System.setProperty(DuckDb.PROPERTY, folder.resolve("none.jar").toString());
        String file = FILES.resolve("plain.parquet").toString();
        CommandRun.of("fit", file, "-k", "1").assertRefused(2, "fusedem fit: " + file + ": Parquet is read by DuckDB, which is"
                + " not here: run mvn dependency:get -Dartifact=org.duckdb:duckdb_jdbc:2.0.0.1 (80 MB), or say in"
                + " FUSEDEM_DUCKDB where its jar is");
    }

    @Test
    void saysThatAJarIsNotDuckDb() throws IOException {
        Path jar = Files.writeString(folder.resolve("other.jar"), "nothing");
        System.setProperty(DuckDb.PROPERTY, jar.toString());
        CommandRun run = CommandRun.of("fit", FILES.resolve("plain.parquet").toString(), "-k", "1");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("fusedem fit: " + jar + ": DuckDB cannot be loaded from it: "), run.err());
    }

    @Test
    void readsWhatPyarrowWrote() throws IOException {
        needDuckDb();
        Path out = folder.resolve("x.csv");
        Files.writeString(out, "f4,f8,i1\n0,0.1,0\n1.5,1e100,1\n2,-2,2\n3,3,100\n4,4,7\n");
        Path fromCsv = folder.resolve("csv.fcol");
        Path fromParquet = folder.resolve("parquet.fcol");
        CommandRun.of("convert", out.toString(), fromCsv.toString()).assertFine();
        CommandRun.of("convert", FILES.resolve("plain.parquet").toString(), fromParquet.toString(), "--columns", "f4,f8,i1")
                .assertFine();
        assertEquals(-1, Files.mismatch(fromCsv, fromParquet));
        String fit = CommandRun.of("fit", FILES.resolve("gaps.parquet").toString(), "-k", "1", "--missing").assertFine().out();
        assertTrue(fit.contains("10 points in 2 columns (2 values missing)"), fit);
    }

    @Test
    void refusesInASentence() throws IOException {
        needDuckDb();
        String plain = FILES.resolve("plain.parquet").toString();
        CommandRun.of("fit", plain, "-k", "1").assertRefused(2,
                "fusedem fit: " + plain + ": column 'name' holds no numbers: choose others with --columns");
        Path cut = folder.resolve("cut.parquet");
        byte[] whole = Files.readAllBytes(Path.of(plain));
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        CommandRun run = CommandRun.of("fit", cut.toString(), "-k", "1");
        assertEquals(2, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
    }
}
