package org.fusedem.fit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fusedem.moments.Covariance;
import org.fusedem.model.GaussianMixture;

/** Data for tests: real, and drawn from known mixtures. */
public final class TestData {
    private TestData() {}

    /** The cells of a comma-separated file beside the tests, without its header. */
    static List<String[]> table(String name) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                TestData.class.getResourceAsStream("/reference/" + name), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).filter(line -> !line.isBlank()).map(line -> line.split(",")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static double[][] rows(String name) {
        return table(name).stream()
                .map(cells -> Arrays.stream(cells).mapToDouble(Double::parseDouble).toArray())
                .toArray(double[][]::new);
    }

    /** A random mixture whose means are some {@code separation} standard deviations apart. */
    public static GaussianMixture mixture(Covariance covariance, int components, int dims, double separation, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = new double[components];
        Arrays.setAll(weights, k -> 1 + random.nextDouble());
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, k -> weights[k] / sum);
        double[] means = new double[components * dims];
        Arrays.setAll(means, i -> separation * random.nextGaussian());
        double[] packed = new double[covariance.packedLength(components, dims)];
        int length = covariance.blockLength(dims);
        for (int offset = 0; offset < packed.length; offset += length) {
            switch (covariance) {
                case SPHERICAL, DIAGONAL -> {
                    for (int i = 0; i < length; i++) {
                        packed[offset + i] = 0.5 + random.nextDouble();
                    }
                }
                case TIED, FULL -> {
                    int index = offset;
                    for (int i = 0; i < dims; i++) {
                        for (int j = 0; j <= i; j++) {
                            // Diagonally dominant, so positive definite.
                            packed[index++] = i == j ? 1 + random.nextDouble() : (random.nextDouble() - 0.5) / dims;
                        }
                    }
                }
            }
        }
        return GaussianMixture.of(covariance, dims, weights, means, packed);
    }
}
