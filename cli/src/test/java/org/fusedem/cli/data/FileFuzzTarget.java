package org.fusedem.cli.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.files.FileFormatException;
import org.fusedem.files.ModelFiles;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;

/**
 * Any bytes as a file of each format: what is read are points or a model, or there is one sentence. The first byte says
 * which format, so that the rest need not find its mark. Run by Jazzer, see {@link FuzzTest}.
 */
public final class FileFuzzTarget {
    /** What a first byte of 0, 1, ... stands for; a name ends in what {@link #MARKS} has no need to say. */
    static final List<String> FORMATS = List.of("csv", "fcol", "npy", "npz", "arrow", "json", "model");

    private static final List<String> MARKS = List.of("", "FUSEDEM\n", "\u0093NUMPY", "PK\3\4", "ARROW1\0\0", "", "PK\3\4");

    private static final Path FILE = file();

    private FileFuzzTarget() {}

    private static Path file() {
        // The command must not look for the user's.
        System.setProperty(DuckDb.PROPERTY, "none");
        Path memory = Path.of("/dev/shm");
        try {
            return Files.createTempFile(Files.isDirectory(memory) ? memory : Path.of("."), "fuzz", ".data");
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        } finally {
            Runtime.getRuntime().addShutdownHook(new Thread(FileFuzzTarget::delete));
        }
    }

    private static void delete() {
        try {
            Files.deleteIfExists(FILE);
        } catch (IOException e) {
            // It lies in memory, or in target.
        }
    }

    /** One file. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        int format = (input[0] & 0xFF) % FORMATS.size();
        Files.write(FILE, content(format, input));
        if (format < 5) {
            readPoints();
        } else {
            readModel();
        }
    }

    private static byte[] content(int format, byte[] input) {
        byte[] content = new byte[input.length - 1];
        System.arraycopy(input, 1, content, 0, content.length);
        byte[] mark = MARKS.get(format).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(mark, 0, content, 0, Math.min(mark.length, content.length));
        if (FORMATS.get(format).equals("fcol") && content.length >= 4096) {
            fitChecksum(content);
        }
        return content;
    }

    /** Of the header, or nothing behind its checksum would ever be reached. */
    private static void fitChecksum(byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(64, 0);
        CRC32C crc = new CRC32C();
        crc.update(content, 0, 4096);
        bytes.putInt(64, (int) crc.getValue());
    }

    private static void readPoints() {
        try (DataPoints read = DataPoints.read(FILE, new DataOptions(), new RowOptions(null, null, 0), null, List.of())) {
            Points points = read.points();
            double[] row = new double[points.dims()];
            for (long n = 0; n < points.size(); n++) {
                points.copyRow(n, row);
                for (double x : row) {
                    if (!Double.isFinite(x)) {
                        throw new IllegalStateException("not finite: " + x);
                    }
                }
            }
        } catch (CommandException e) {
            checkSentence(e.getMessage());
        }
    }

    private static void readModel() throws IOException {
        try {
            GaussianMixture model = ModelFiles.read(FILE);
            model.logDensity(new double[model.dims()]);
        } catch (FileFormatException e) {
            checkSentence(e.getMessage());
        }
    }

    private static void checkSentence(String sentence) {
        if (sentence == null || sentence.isBlank()) {
            throw new IllegalStateException("no sentence");
        }
    }
}
