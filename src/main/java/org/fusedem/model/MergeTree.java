package org.fusedem.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fusedem.points.Points;

/**
 * Components joined to clusters, two at a time, down to one: a cluster that is no Gaussian takes several components,
 * and here they find together, while the density stays as it was fitted. Each step joins the two clusters that lower
 * the entropy
 *
 * <pre>
 * E(G) = -sum_n w_n sum_g t_ng log t_ng         t_ng = sum of the responsibilities of cluster g's components for x_n
 * </pre>
 *
 * of the assignment of the points most (Baudry, Raftery, Celeux, Lo and Gottardo, Combining mixture components for
 * clustering, Journal of Computational and Graphical Statistics 19, 2010, section 2). Where the entropy, over the
 * number of clusters, has an elbow is a good number of clusters.
 *
 * <pre>{@code
 * MergeTree tree = MergeTree.of(model, points);
 * for (int clusters = tree.components(); clusters > 0; clusters--) {
 *     IO.println(clusters + " " + tree.entropy(clusters));
 * }
 * Clusters clusters = tree.clusters(3);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class MergeTree {
    private final GaussianMixture model;
    private final List<Step> steps;
    /** From one cluster to K. */
    private final double[] entropies;

    private MergeTree(GaussianMixture model, List<Step> steps, double[] entropies) {
        this.model = model;
        this.steps = List.copyOf(steps);
        this.entropies = entropies;
    }

    /**
     * One merge. Clusters go by the number of their first component.
     *
     * @param kept the first component of one cluster, and so of both together
     * @param joined the first component of the other; larger
     * @param entropy after the merge, in nats, summed over the points by their weights
     */
    public record Step(int kept, int joined, double entropy) {}

    /**
     * Joins the components of a mixture by how it assigns these points; of several equal gains the first counts. Goes
     * through the points K times and keeps nothing of them: {@code O(n K^2 D^2)}, and {@code O(K^2)} memory.
     *
     * @throws IllegalArgumentException if the points have not D features, or miss values without
     *     {@link GaussianMixture#withMissingValues}
     * @throws IllegalStateException if the points are closed
     */
    public static MergeTree of(GaussianMixture model, Points points) {
        model.checkPoints(points);
        MergeGains gains = new MergeGains(model, points);
        double[] entropies = new double[model.components()];
        List<Step> steps = new ArrayList<>();
        entropies[entropies.length - 1] = gains.entropy();
        for (int clusters = entropies.length - 1; clusters >= 1; clusters--) {
            int[] pair = gains.largest();
            gains.merge(pair[0], pair[1]);
            entropies[clusters - 1] = gains.entropy();
            steps.add(new Step(pair[0], pair[1], gains.entropy()));
        }
        return new MergeTree(model, steps, entropies);
    }

    /** K, the number of components, and so of the most clusters. */
    public int components() {
        return model.components();
    }

    /** The {@code K - 1} merges, in their order. */
    public List<Step> steps() {
        return steps;
    }

    /**
     * The entropy of the assignment of all points to so many clusters, in nats: 0 if there is no doubt about any.
     *
     * @param clusters from 1 to K
     * @throws IllegalArgumentException if there are not so many
     */
    public double entropy(int clusters) {
        return entropies[check(clusters) - 1];
    }

    /**
     * The clusters that are left when there are so many.
     *
     * @param clusters from 1 to K
     * @throws IllegalArgumentException if there are not so many
     */
    public Clusters clusters(int clusters) {
        check(clusters);
        int[] first = new int[components()];
        Arrays.setAll(first, k -> k);
        for (Step step : steps.subList(0, components() - clusters)) {
            for (int k = 0; k < first.length; k++) {
                first[k] = first[k] == step.joined() ? step.kept() : first[k];
            }
        }
        return new Clusters(model, first);
    }

    private int check(int clusters) {
        if (clusters < 1 || clusters > components()) {
            throw new IllegalArgumentException(
                    "clusters must be from 1 to " + components() + ": clusters=" + clusters);
        }
        return clusters;
    }
}
