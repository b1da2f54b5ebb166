package org.fusedem.fit;

import org.fusedem.kernel.Parameters;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;

/**
 * What a fit with {@link Noise} has beside its Gaussian components. Kernels see one component more, the last one; the
 * M-step sees the moments of the others alone, as without noise.
 *
 * <p>Tied covariances are full ones to the kernels: a factor that all components share cannot be zero for one of them,
 * nor can second moments summed over all components leave one out.
 */
final class NoiseComponent {
    private final double firstWeight;
    private final double logVolume;
    private final Parameters gaussians;
    private final Parameters all;
    private final Moments moments;
    private double weight;
    private double before;
    private double beforeMove;
    /** The noise's share of the weight of all points in the last E-step. */
    private double share;

    /** Beside these components, live; of options whose noise no longer leaves its volume to the points. */
    NoiseComponent(FitOptions options, Parameters gaussians) {
        firstWeight = options.noise().weight();
        logVolume = options.noise().logVolume().orElseThrow();
        this.gaussians = gaussians;
        all = new Parameters(kernelShape(options), gaussians.components() + 1, gaussians.dims());
        moments = new Moments(gaussians.covariance(), gaussians.components(), gaussians.dims());
        weight = firstWeight;
    }

    /** The shape that kernels compute with: the options' own, unless there is noise beside a tied covariance. */
    static Covariance kernelShape(FitOptions options) {
        boolean own = options.noise() == null || options.covariance() != Covariance.TIED;
        return own ? options.covariance() : Covariance.FULL;
    }

    void begin() {
        weight = firstWeight;
    }

    double weight() {
        return weight;
    }

    void weight(double changed) {
        weight = changed;
    }

    double logVolume() {
        return logVolume;
    }

    /** All components as they are now, the noise last; live. */
    Parameters all() {
        all.copyWithUniform(gaussians, weight, -logVolume);
        return all;
    }

    /** The moments of the Gaussian components alone, of those of all; valid until the next call. */
    Moments ofGaussians(Moments ofAll) {
        int noise = moments.components();
        moments.reset(ofAll.shifts());
        moments.count(ofAll.points(), ofAll.totalWeight(), ofAll.logLikelihood());
        System.arraycopy(ofAll.weights(), 0, moments.weights(), 0, noise);
        System.arraycopy(ofAll.first(), 0, moments.first(), 0, moments.first().length);
        double[] second = moments.second();
        int length = moments.covariance().blockLength(moments.dims()) * noise;
        for (int i = 0; i < length; i++) {
            // Beyond the first block only if there is one per component; tied ones add up.
            second[i % second.length] += ofAll.second()[i];
        }
        double present = 0;
        for (double ofComponent : moments.weights()) {
            present += ofComponent;
        }
        share = ofAll.weights()[noise] / (ofAll.weights()[noise] + present);
        return moments;
    }

    void maximize() {
        before = weight;
        weight = share;
    }

    void undo() {
        weight = before;
    }

    /** Takes another weight, if it is one. */
    boolean moveTo(double changed) {
        beforeMove = weight;
        boolean possible = changed == weight || changed > 0 && changed < 1;
        if (possible) {
            weight = changed;
        }
        return possible;
    }

    void moveBack() {
        weight = beforeMove;
    }

    /** How far the last M-step has moved the weight. */
    double change() {
        return Math.abs(weight - before);
    }
}
