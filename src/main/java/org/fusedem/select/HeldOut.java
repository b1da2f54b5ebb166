package org.fusedem.select;

/**
 * How likely models find points that they were not fitted to, by k-fold cross-validation (Stone 1974; for the number of
 * components Smyth 2000): each fold in turn is left out, a model is fitted to the others from the same options, and the
 * fold is scored with it.
 *
 * <p>With {@code W_j} the weight of fold j and {@code m_j} its mean log-likelihood, the mean is
 * {@code m = sum_j W_j m_j / W}, and its standard error the root of {@code sum_j (W_j / W) (m_j - m)^2 / (J - 1)}: for
 * folds of one weight the deviation of the J means over root J. The models share most of their points, so this
 * is a guide and no exact error (Bengio and Grandvalet 2004).
 *
 * @param meanLogLikelihood m, in nats per unit of weight; larger is better
 * @param standardError of the mean, in nats
 * @param folds J
 */
public record HeldOut(double meanLogLikelihood, double standardError, int folds) {
    /**
     * Sums up.
     *
     * @param logLikelihoods the total of each fold
     * @param weights of each fold, positive
     */
    static HeldOut of(double[] logLikelihoods, double[] weights) {
        double total = 0;
        double weight = 0;
        for (int j = 0; j < weights.length; j++) {
            total += logLikelihoods[j];
            weight += weights[j];
        }
        double mean = total / weight;
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            double deviation = logLikelihoods[j] / weights[j] - mean;
            sum += weights[j] / weight * deviation * deviation;
        }
        return new HeldOut(mean, Math.sqrt(sum / (weights.length - 1)), weights.length);
    }
}
