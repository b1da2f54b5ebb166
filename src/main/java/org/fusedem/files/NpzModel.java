package org.fusedem.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedem.matrix.LowerTriangle;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/** Mixtures as the attributes of scikit-learn's {@code GaussianMixture}, in an {@code .npz} file. */
final class NpzModel {
    private static final String WEIGHTS = "weights_";
    private static final String MEANS = "means_";
    private static final String COVARIANCES = "covariances_";
    private static final String PRECISIONS_CHOLESKY = "precisions_cholesky_";
    private static final String COVARIANCE_TYPE = "covariance_type";

    private final Path file;
    private final NpzFile arrays;

    private NpzModel(Path file, NpzFile arrays) {
        this.file = file;
        this.arrays = arrays;
    }

    static void write(GaussianMixture model, OutputStream out) throws IOException {
        int components = model.components();
        int dims = model.dims();
        long[] shape = shape(model.covariance(), components, dims);
        try (NpzFile.Entries arrays = new NpzFile.Entries(out)) {
            arrays.add(WEIGHTS, entry -> NpyWriter.write(model.weights(), entry, components));
            arrays.add(MEANS, entry -> {
                double[] means = new double[components * dims];
                for (int k = 0; k < components; k++) {
                    System.arraycopy(model.mean(k), 0, means, k * dims, dims);
                }
                NpyWriter.write(means, entry, components, dims);
            });
            arrays.add(COVARIANCES, entry -> NpyWriter.write(unpacked(model, false), entry, shape));
            arrays.add(PRECISIONS_CHOLESKY, entry -> NpyWriter.write(unpacked(model, true), entry, shape));
            arrays.add(COVARIANCE_TYPE, entry -> NpyWriter.write(List.of(label(model.covariance())), entry));
            arrays.add(NpzFile.COLUMNS, entry -> NpyWriter.write(model.columns(), entry, dims));
        }
    }

    private static String label(Covariance covariance) {
        return covariance == Covariance.DIAGONAL ? "diag" : covariance.label();
    }

    private static long[] shape(Covariance covariance, int components, int dims) {
        return switch (covariance) {
            case SPHERICAL -> new long[] {components};
            case DIAGONAL -> new long[] {components, dims};
            case TIED -> new long[] {dims, dims};
            case FULL -> new long[] {components, dims, dims};
        };
    }

    /**
     * The covariances with both triangles; or of each the upper triangular U with {@code U U^T} its inverse, which is
     * the inverse of its Cholesky factor, transposed.
     */
    private static double[] unpacked(GaussianMixture model, boolean precisions) {
        double[] packed = model.covariances();
        Covariance covariance = model.covariance();
        if (covariance == Covariance.SPHERICAL || covariance == Covariance.DIAGONAL) {
            for (int i = 0; precisions && i < packed.length; i++) {
                packed[i] = 1 / Math.sqrt(packed[i]);
            }
            return packed;
        }
        int dims = model.dims();
        int blocks = covariance.blocks(model.components());
        double[] matrices = new double[Math.multiplyExact(blocks, Math.multiplyExact(dims, dims))];
        for (int block = 0; block < blocks; block++) {
            int offset = block * Covariance.triangle(dims);
            if (precisions) {
                LowerTriangle.choleskyOfDefinite(packed, offset, dims);
                LowerTriangle.invert(packed, offset, dims);
            }
            for (int i = 0; i < dims; i++) {
                for (int j = 0; j <= i; j++) {
                    double element = packed[offset + LowerTriangle.index(i, j)];
                    matrices[(block * dims + j) * dims + i] = element;
                    if (!precisions) {
                        matrices[(block * dims + i) * dims + j] = element;
                    }
                }
            }
        }
        return matrices;
    }

    static GaussianMixture read(Path file) throws IOException {
        try (NpzFile arrays = NpzFile.open(file)) {
            return new NpzModel(file, arrays).mixture();
        }
    }

    private GaussianMixture mixture() throws IOException {
        Covariance covariance = covariance();
        double[] weights;
        double[] means;
        int dims;
        try (NpyArray array = arrays.array(WEIGHTS)) {
            weights = numbers(array, WEIGHTS, array.rows());
        }
        try (NpyArray array = arrays.array(MEANS)) {
            means = numbers(array, MEANS, weights.length, array.columns());
            dims = (int) array.columns();
        }
        if (dims < 1 || weights.length < 1) {
            throw wrong(MEANS, "a model needs a component and a feature: components=" + weights.length + ", dims=" + dims);
        }
        List<String> columns = columns(dims);
        double[] covariances;
        try (NpyArray array = arrays.array(COVARIANCES)) {
            covariances = numbers(array, COVARIANCES, shape(covariance, weights.length, dims));
        }
        try {
            GaussianMixture model = GaussianMixture.of(
                    covariance, dims, weights, means, packed(covariance, covariances, weights.length, dims));
            return columns.isEmpty() ? model : model.withColumns(columns);
        } catch (IllegalArgumentException e) {
            throw new FileFormatException(file.toString(), 0, e.getMessage());
        }
    }

    private Covariance covariance() throws IOException {
        try (NpyArray array = arrays.array(COVARIANCE_TYPE)) {
            if (array.numeric() || array.rows() != 1 || array.columns() != 1 || array.shape().size() > 2) {
                throw wrong(COVARIANCE_TYPE, "must be one string: full, tied, diag or spherical");
            }
            String label = array.strings().getFirst();
            for (Covariance covariance : Covariance.values()) {
                if (label(covariance).equals(label)) {
                    return covariance;
                }
            }
            throw wrong(COVARIANCE_TYPE, "must be full, tied, diag or spherical, not '" + label + "'");
        }
    }

    private List<String> columns(int dims) throws IOException {
        if (!arrays.names().contains(NpzFile.COLUMNS)) {
            return List.of();
        }
        try (NpyArray array = arrays.array(NpzFile.COLUMNS)) {
            if (array.numeric() || !array.shape().equals(List.of((long) dims))) {
                throw wrong(NpzFile.COLUMNS, "must be " + dims + " strings, and its shape is " + array.shape());
            }
            return array.strings();
        }
    }

    private double[] numbers(NpyArray array, String name, long... shape) throws IOException {
        List<Long> wanted = new ArrayList<>();
        for (long length : shape) {
            wanted.add(length);
        }
        if (!array.numeric() || !array.shape().equals(wanted)) {
            throw wrong(name, array.numeric() ? "must have the shape " + wanted + ", and has " + array.shape()
                    : "must be numbers, and is strings");
        }
        return array.doubles();
    }

    private double[] packed(Covariance covariance, double[] matrices, int components, int dims)
            throws FileFormatException {
        if (covariance == Covariance.SPHERICAL || covariance == Covariance.DIAGONAL) {
            for (int i = 0; i < matrices.length; i++) {
                if (!(matrices[i] > 0)) {
                    throw wrong(COVARIANCES, "variances must be positive, and number " + i + " from 0 is " + matrices[i]);
                }
            }
            return matrices;
        }
        double[] packed = new double[covariance.packedLength(components, dims)];
        int next = 0;
        for (int block = 0; block < covariance.blocks(components); block++) {
            for (int i = 0; i < dims; i++) {
                for (int j = 0; j <= i; j++) {
                    double below = matrices[(block * dims + i) * dims + j];
                    double above = matrices[(block * dims + j) * dims + i];
                    double largest = Math.max(Math.abs(below), Math.abs(above));
                    if (Math.abs(below - above) > ModelReader.ASYMMETRY_TOLERANCE * largest) {
                        throw wrong(COVARIANCES, "must be symmetric: of matrix " + block + " [" + i + "][" + j + "] is "
                                + below + ", [" + j + "][" + i + "] is " + above);
                    }
                    packed[next++] = below;
                }
            }
        }
        return packed;
    }

    private FileFormatException wrong(String array, String problem) {
        return new FileFormatException(file + ", array " + array, 0, problem);
    }
}
