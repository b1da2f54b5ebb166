package org.fusedem.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fusedem.model.GaussianMixture;

/**
 * Mixtures in files, as JSON or NumPy's {@code .npz}, and as JSON in strings. Reading gives the mixture that was
 * written, every double to the bit.
 *
 * <pre>{@code
 * ModelFiles.write(model, Path.of("model.json"));
 * GaussianMixture same = ModelFiles.read(Path.of("model.json"));
 * }</pre>
 *
 * <p>A file whose name ends in {@code .npz} is written with the names, shapes and meanings of the attributes of
 * scikit-learn's {@code GaussianMixture}: {@code weights_}, {@code means_}, {@code covariances_},
 * {@code precisions_cholesky_} and {@code covariance_type} ("full", "tied", "diag" or "spherical"), and beside them the
 * names as {@code columns}. Read are the same, {@code columns} and {@code precisions_cholesky_} if they are there. Any
 * other name means JSON; reading goes by what is in the file.
 *
 * <p>The JSON format, with D features and K components:
 *
 * <pre>
 * {
 *   "format": "fusedem-gaussian-mixture",
 *   "version": 1,
 *   "dims": D,
 *   "components": K,
 *   "covarianceType": "full", "diagonal", "tied" or "spherical",
 *   "columns": D names,
 *   "weights": K numbers with sum one,
 *   "means": K arrays of D numbers,
 *   "covariances": full: K symmetric D x D matrices, each an array of rows; diagonal: K arrays of D variances;
 *                  tied: one symmetric D x D matrix; spherical: K variances
 * }
 * </pre>
 *
 * UTF-8. Keys may stand in any order; unknown ones are ignored. All methods are thread-safe.
 */
public final class ModelFiles {
    static final String FORMAT = "fusedem-gaussian-mixture";
    static final int VERSION = 1;

    /** A model of ten million numbers has a fifth of this; what is larger is something else. */
    private static final int MAX_BYTES = 1 << 30;

    /** As many as the longest mark has by which formats are told apart. */
    private static final int HEAD_BYTES = 8;

    /** How every ZIP archive begins. */
    private static final byte[] NPZ = {'P', 'K'};

    private ModelFiles() {}

    /**
     * Reads a model file.
     *
     * @throws FileFormatException if it is damaged, of a newer version, or no model at all
     * @throws IOException if it cannot be read
     */
    public static GaussianMixture read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD_BYTES);
            if (startsWith(head, NPZ)) {
                return NpzModel.read(file);
            }
            if (startsWith(head, ColumnFileHeader.MAGIC) || startsWith(head, NpyHeader.MAGIC)) {
                throw new FileFormatException(file.toString(), 0, "holds points, not a model");
            }
            byte[] rest = in.readNBytes(MAX_BYTES);
            if (rest.length == MAX_BYTES) {
                throw new FileFormatException(file.toString(), MAX_BYTES, "larger than 1 GiB, so not a model");
            }
            byte[] all = Arrays.copyOf(head, head.length + rest.length);
            System.arraycopy(rest, 0, all, head.length, rest.length);
            return parse(file.toString(), all);
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] mark) {
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    /**
     * Reads a model from a string.
     *
     * @throws FileFormatException if it is no model; as the file it names {@code JSON}
     */
    public static GaussianMixture fromJson(String json) throws FileFormatException {
        return parse("JSON", json.getBytes(StandardCharsets.UTF_8));
    }

    private static GaussianMixture parse(String name, byte[] json) throws FileFormatException {
        try {
            return ModelReader.read(json);
        } catch (JsonException e) {
            throw e.in(name, json);
        }
    }

    /**
     * Writes a model file, replacing what is there at once and whole: it is written beside and then renamed, so that
     * whatever happens nothing half-written is left. A device or a pipe is simply written to.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(GaussianMixture model, Path file) throws IOException {
        if (file.toString().endsWith(".npz")) {
            new ReplacedFile(file).write(out -> NpzModel.write(model, out));
        } else {
            new ReplacedFile(file).writeText(out -> write(model, new JsonWriter(out)));
        }
    }

    /** The model as JSON text. */
    public static String toJson(GaussianMixture model) {
        StringBuilder text = new StringBuilder();
        try {
            write(model, new JsonWriter(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Writes the model as one value of a larger document.
     *
     * @throws IOException if the writer's target throws it
     */
    public static void write(GaussianMixture model, JsonWriter json) throws IOException {
        ModelWriter.write(model, json);
    }
}
