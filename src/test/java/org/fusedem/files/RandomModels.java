package org.fusedem.files;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/** Mixtures made of numbers that are hard to write. */
final class RandomModels {
    private static final double[] EXTREMES = {
        0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, Math.nextDown(Double.MIN_NORMAL),
        Double.MAX_VALUE, -Double.MAX_VALUE, Math.nextDown(1.0), Math.nextUp(1.0), 0.1, 1e23, 9007199254740993.0, 2e-3
    };

    private static final String[] NAMES = {
        "x", "with \"quotes\" and \\", "line\nbreak\t\u0001", "größe, 長さ", "\uD83D\uDE00", "\uD800 alone", ""
    };

    private final SplittableRandom random;

    RandomModels(long seed) {
        random = new SplittableRandom(seed);
    }

    GaussianMixture next(Covariance covariance, int components, int dims) {
        double[] means = random.doubles((long) components * dims).map(u -> hardNumber()).toArray();
        double[] covariances = new double[covariance.packedLength(components, dims)];
        int block = covariance.blockLength(dims);
        boolean matrices = covariance == Covariance.FULL || covariance == Covariance.TIED;
        for (int offset = 0; offset < covariances.length; offset += block) {
            for (int i = 0; i < block; i++) {
                covariances[offset + i] = matrices ? random.nextDouble(-1, 1) : Math.exp(random.nextDouble(-600, 600));
            }
            for (int i = 1; matrices && i <= dims; i++) {
                // A diagonal larger than the rest of its row makes any matrix positive definite.
                covariances[offset + Covariance.triangle(i) - 1] = dims + random.nextDouble();
            }
        }
        return GaussianMixture.of(covariance, dims, weights(components), means, covariances)
                .withColumns(IntStream.range(0, dims).mapToObj(this::name).toList());
    }

    private double hardNumber() {
        if (random.nextInt(3) == 0) {
            return EXTREMES[random.nextInt(EXTREMES.length)];
        }
        double any;
        do {
            any = Double.longBitsToDouble(random.nextLong());
        } while (!Double.isFinite(any));
        return any;
    }

    private double[] weights(int components) {
        double[] weights = random.doubles(components, 0.1, 1).toArray();
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int k = 0; k < components; k++) {
            weights[k] /= sum;
        }
        return weights;
    }

    private String name(int column) {
        return NAMES[random.nextInt(NAMES.length)] + column;
    }
}
