package org.fusedem.files;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.fusedem.points.Points;

/**
 * Named arrays in NumPy's format ({@code .npz}), a zip file of {@link NpyArray}s, compressed or not.
 *
 * <pre>{@code
 * try (NpzFile file = NpzFile.open(Path.of("data.npz")); NpyArray array = file.array("X"); Points points = array.points()) {
 *     FitResult result = Fitter.fit(points, FitOptions.components(3));
 * }
 * }</pre>
 *
 * <p>Arrays are read into memory when asked for, and belong to the caller. Thread-safe.
 */
public final class NpzFile implements AutoCloseable {
    /** The array of points that {@link #write} makes, as scikit-learn calls them. */
    public static final String POINTS = "X";

    /** That of the points' weights. */
    public static final String WEIGHTS = "sample_weight";

    /** That of the features' names. */
    public static final String COLUMNS = "columns";

    private static final String SUFFIX = ".npy";

    /** What a byte of deflated data can become at most. */
    private static final long LARGEST_INFLATION = 1032;

    private final String name;
    private final ZipFile zip;
    private final long fileBytes;

    private NpzFile(String name, ZipFile zip, long fileBytes) {
        this.name = name;
        this.zip = zip;
        this.fileBytes = fileBytes;
    }

    /**
     * Opens a file.
     *
     * @throws FileFormatException if it is no zip file
     * @throws IOException if it cannot be read
     */
    public static NpzFile open(Path path) throws IOException {
        // Says what is wrong where there is no file, which ZipFile does with a path for a sentence.
        long bytes = Files.size(path);
        Files.newInputStream(path).close();
        try {
            return new NpzFile(path.toString(), new ZipFile(path.toFile()), bytes);
        } catch (ZipException e) {
            throw new FileFormatException(path.toString(), 0, "not a zip file, as .npz files are: " + e.getMessage());
        } catch (EOFException e) {
            throw new FileFormatException(path.toString(), bytes, "the zip file is cut off");
        }
    }

    /** The names of its arrays, in the file's order. */
    public List<String> names() {
        return zip.stream().map(ZipEntry::getName).filter(entry -> entry.endsWith(SUFFIX))
                .map(entry -> entry.substring(0, entry.length() - SUFFIX.length())).toList();
    }

    /**
     * Reads an array; to be closed by the caller.
     *
     * @throws FileFormatException if there is none of this name, or it is damaged
     * @throws IOException if it cannot be read
     */
    public NpyArray array(String arrayName) throws IOException {
        String shown = name + ", array " + arrayName;
        ZipEntry entry = zip.getEntry(arrayName + SUFFIX);
        if (entry == null) {
            throw new FileFormatException(name, 0, "there is no array " + arrayName + ", but " + names());
        }
        // An entry is no longer than the file, whatever it says.
        long packed = Math.clamp(entry.getCompressedSize(), 0, fileBytes);
        long most = entry.getMethod() == ZipEntry.STORED ? packed : packed * LARGEST_INFLATION;
        try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
            return NpyReader.read(shown, new Checked(shown, in, entry.getCrc()), most);
        } catch (EOFException e) {
            throw new FileFormatException(shown, 0, "the array is cut off");
        } catch (ZipException e) {
            throw new FileFormatException(shown, 0, "damaged: " + e.getMessage());
        }
    }

    /** A stream that refuses, at its end, bytes with another sum than the zip file noted: ZipFile does not look. */
    private static final class Checked extends CheckedInputStream {
        private final String shown;
        private final long expected;
        private long read;

        Checked(String shown, InputStream in, long expected) {
            super(in, new CRC32());
            this.shown = shown;
            this.expected = expected;
        }

        @Override
        public int read() throws IOException {
            return checked(super.read(), 1);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            return checked(count, count);
        }

        private int checked(int result, int count) throws FileFormatException {
            if (result >= 0) {
                read += count;
            } else if (expected >= 0 && getChecksum().getValue() != expected) {
                throw new FileFormatException(shown, read, "damaged: the checksum does not fit");
            }
            return result;
        }
    }

    /**
     * Writes points as {@code X}, columns first, and, where there are weights, these as {@code sample_weight}; the names
     * as {@code columns}. What is there is replaced at once and whole.
     *
     * @param columns one name per feature
     * @throws IllegalArgumentException if there are not as many names as features
     * @throws IOException if it cannot be written
     */
    public static void write(Points points, List<String> columns, Path path) throws IOException {
        if (columns.size() != points.dims()) {
            throw new IllegalArgumentException(
                    "one name per feature is needed: names=" + columns.size() + ", dims=" + points.dims());
        }
        new ReplacedFile(path).write(out -> {
            try (Entries arrays = new Entries(out)) {
                arrays.add(POINTS, entry -> NpyWriter.write(points, entry));
                if (points.weighted()) {
                    arrays.add(WEIGHTS, entry -> NpyWriter.writeWeights(points, entry));
                }
                arrays.add(COLUMNS, entry -> NpyWriter.write(columns, entry, columns.size()));
            }
        });
    }

    /** Arrays that go into a new file, one after the other; the same arrays give the same bytes. */
    static final class Entries extends ZipOutputStream {
        Entries(OutputStream out) {
            super(out);
        }

        void add(String arrayName, ReplacedFile.Content content) throws IOException {
            ZipEntry entry = new ZipEntry(arrayName + SUFFIX);
            // Of no meaning here, and the earliest that zip files know.
            entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
            putNextEntry(entry);
            OutputStream buffered = new BufferedOutputStream(this);
            content.writeTo(buffered);
            buffered.flush();
            closeEntry();
        }

        /** Completes the archive; what it went into stays open. */
        @Override
        public void close() throws IOException {
            try {
                finish();
            } finally {
                def.end();
            }
        }
    }

    /** Closes the file; arrays read from it stay. */
    @Override
    public void close() throws IOException {
        zip.close();
    }
}
