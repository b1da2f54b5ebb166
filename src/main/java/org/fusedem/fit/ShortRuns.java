package org.fusedem.fit;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.fusedem.em.EmLoop;
import org.fusedem.em.Trace;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Observations;
import org.fusedem.kernel.Parameters;
import org.fusedem.kernel.Team;
import org.fusedem.points.Points;

/**
 * Many short EM runs, the best few of which are worth going on with: "em-EM" (Biernacki, Celeux and Govaert 2003,
 * Choosing starting values for the EM algorithm for getting the highest likelihood in multivariate Gaussian mixture
 * models, Computational Statistics and Data Analysis 41). Most of what a run to the end gains over others it has gained
 * after a few iterations; so the time goes into more starts.
 *
 * <p>Large data are represented by a random sample, the same for all runs: which start is best shows there as well.
 */
final class ShortRuns implements AutoCloseable {
    /** A sample has so many points for each component, */
    private static final long SAMPLE_PER_COMPONENT = 1000;

    /** and so many for each feature of each component: a full covariance then has its directions right. */
    private static final long SAMPLE_PER_FEATURE = 100;

    private final FitOptions options;
    private final Points sample;
    private final Observations observations;
    private final boolean sampled;
    private final GaussianEm em;
    private final Starter starter;
    private final double share;
    private int begun;

    /** Runs of {@code fitted} itself where the points are few enough; else of a model of its own. */
    ShortRuns(Kernel kernel, Observations all, FitOptions options, FeatureScales scales, GaussianEm fitted, Team team,
            Arena arena) {
        Points points = all.points();
        this.options = options;
        long size = size(points, options);
        sampled = size < points.size();
        sample = sampled
                ? Sample.drawWithExtremes(points, Math.toIntExact(size), scales.totalWeight(),
                        new SplittableRandom(options.seed()), scales.wild())
                : points;
        FeatureScales sampleScales = sampled ? scales.withTotalWeight(size) : scales;
        observations = sampled ? Observations.of(sample, arena) : all;
        em = sampled ? new GaussianEm(kernel, observations, options, sampleScales, team, arena) : fitted;
        starter = new Starter(kernel, observations, options, sampleScales, arena);
        share = sampleScales.totalWeight() / scales.totalWeight();
    }

    /** How many points short runs work on. All, if the start says something of each. */
    static long size(Points points, FitOptions options) {
        if (options.start() instanceof Start.Labels) {
            return points.size();
        }
        long perComponent = SAMPLE_PER_COMPONENT + SAMPLE_PER_FEATURE * points.dims();
        return Math.min(points.size(), Math.min(Integer.MAX_VALUE, perComponent * options.components()));
    }

    /**
     * Where a short run has ended.
     *
     * @param restart from 0
     * @param affected how many components have collapsed or died
     * @param objective the log-likelihood, on the scale of all points, and the log-prior
     * @param weights K
     * @param means {@code K x D}, by rows
     * @param covariances packed
     * @param noiseWeight 0 without noise
     */
    record Candidate(int restart, int affected, double objective, double[] weights, double[] means,
            double[] covariances, double noiseWeight) {
        /** Those with no component collapsed or dead first; then by objective; the earlier of equals first. */
        static final Comparator<Candidate> BEST_FIRST = Comparator
                .comparing((Candidate candidate) -> candidate.affected > 0)
                .thenComparing(Comparator.comparingDouble(Candidate::objective).reversed())
                .thenComparingInt(Candidate::restart);
    }

    /**
     * Runs them all.
     *
     * @param most how many to return
     * @param logLikelihoods receives what each has come to, on the scale of all points
     * @return the best, in order
     */
    List<Candidate> best(int most, double[] logLikelihoods) {
        SplittableRandom random = new SplittableRandom(options.seed());
        EmLoop loop = new EmLoop(options.convergence().nats(options.tolerance()), options.shortIterations());
        Trace trace = new Trace();
        List<Candidate> best = new ArrayList<>();
        for (int restart = 0; restart < logLikelihoods.length && mayBegin(); restart++) {
            begun++;
            em.begin(restart);
            starter.start(em, random.split());
            loop.run(em, trace, options.stop());
            logLikelihoods[restart] = trace.lastLogLikelihood() / share;
            double logPrior = trace.lastObjective() - trace.lastLogLikelihood();
            best.add(candidate(restart, logLikelihoods[restart] + logPrior));
            best.sort(Candidate.BEST_FIRST);
            if (best.size() > most) {
                best.removeLast();
            }
        }
        return best;
    }

    private boolean mayBegin() {
        return begun == 0 || !options.stop().getAsBoolean();
    }

    /** How many of the runs have begun: all, unless the fit is to stop. */
    int begun() {
        return begun;
    }

    private Candidate candidate(int restart, double objective) {
        Parameters p = em.parameters();
        return new Candidate(restart, em.events().affectedComponents(), objective, p.weights().clone(),
                p.means().clone(), p.covariances().clone(), em.noise() == null ? 0 : em.noise().weight());
    }

    /** Frees the samples. */
    @Override
    public void close() {
        starter.close();
        if (sampled) {
            observations.close();
            sample.close();
        }
    }
}
