package org.fusedem.model;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.fusedem.em.Elbo;
import org.fusedem.moments.Covariance;

/**
 * The components of a mixture in clusters: what {@link MergeTree} found. A cluster's responsibility for a point is the
 * sum of its components'. Clusters are numbered from 0 by their first components.
 *
 * <p>Immutable and thread-safe.
 */
public final class Clusters {
    private final GaussianMixture model;
    private final int[] clusterOf;
    private final int count;

    /** Clusters go by their first components. */
    Clusters(GaussianMixture model, int[] firstComponents) {
        this.model = model;
        clusterOf = new int[firstComponents.length];
        int clusters = 0;
        for (int k = 0; k < clusterOf.length; k++) {
            clusterOf[k] = firstComponents[k] == k ? clusters++ : clusterOf[firstComponents[k]];
        }
        count = clusters;
    }

    /** The number of clusters. */
    public int count() {
        return count;
    }

    /**
     * The cluster of a component, from 0.
     *
     * @throws IndexOutOfBoundsException if there is no such component
     */
    public int of(int component) {
        return clusterOf[Objects.checkIndex(component, clusterOf.length)];
    }

    /**
     * The components of a cluster, ascending; at least one.
     *
     * @throws IndexOutOfBoundsException if there is no such cluster
     */
    public int[] components(int cluster) {
        Objects.checkIndex(cluster, count);
        return IntStream.range(0, clusterOf.length).filter(k -> clusterOf[k] == cluster).toArray();
    }

    /**
     * The sum of the weights of a cluster's components.
     *
     * @throws IndexOutOfBoundsException if there is no such cluster
     */
    public double weight(int cluster) {
        return IntStream.of(components(cluster)).mapToDouble(model::weight).sum();
    }

    /**
     * The density of a cluster alone: a mixture of its components, with weights that sum to one. It takes missing values
     * if the whole mixture does.
     *
     * @throws IndexOutOfBoundsException if there is no such cluster
     * @throws IllegalArgumentException if the cluster has no weight
     */
    public GaussianMixture mixture(int cluster) {
        int[] components = components(cluster);
        double weight = weight(cluster);
        if (weight == 0) {
            throw new IllegalArgumentException("a cluster without weight has no density: cluster=" + cluster);
        }
        double[] weights = IntStream.of(components).mapToDouble(k -> Math.min(1, model.weight(k) / weight)).toArray();
        int dims = model.dims();
        Covariance shape = model.covariance();
        double[] covariances = shape == Covariance.TIED
                ? model.covariances() : blocks(model.covariances(), shape.blockLength(dims), components);
        double[] means = blocks(model.means(), dims, components);
        return model.likewise(
                GaussianMixture.of(shape, dims, weights, means, covariances).withColumns(model.columns()));
    }

    private static double[] blocks(double[] all, int length, int[] components) {
        double[] some = new double[components.length * length];
        for (int i = 0; i < components.length; i++) {
            System.arraycopy(all, components[i] * length, some, i * length, length);
        }
        return some;
    }

    /**
     * The probability of each cluster given x.
     *
     * @param point D finite coordinates, or NaN where {@link GaussianMixture#withMissingValues} allows that
     * @return as many numbers as there are clusters, which sum to one
     * @throws IllegalArgumentException as {@link GaussianMixture#responsibilities}
     */
    public double[] responsibilities(double... point) {
        double[] clusters = new double[count];
        sum(model.responsibilities(point), clusters);
        return clusters;
    }

    /**
     * The most likely cluster of x, from 0; the first, if several tie. Not always that of the most likely component.
     *
     * @param point D finite coordinates, or NaN where {@link GaussianMixture#withMissingValues} allows that
     * @throws IllegalArgumentException as {@link GaussianMixture#responsibilities}
     */
    public int predict(double... point) {
        return Elbo.mostLikely(responsibilities(point));
    }

    /**
     * Sums of the responsibilities of components, such as a {@link Scorer} or {@link PointScorer} has computed;
     * allocates nothing.
     *
     * @param components K numbers, one per component
     * @param clusters receives one number per cluster
     * @throws IllegalArgumentException if a length is wrong
     */
    public void sum(double[] components, double[] clusters) {
        Arguments.checkLength("components", components, clusterOf.length);
        Arguments.checkLength("clusters", clusters, count);
        Arrays.fill(clusters, 0);
        for (int k = 0; k < clusterOf.length; k++) {
            clusters[clusterOf[k]] += components[k];
        }
    }
}
