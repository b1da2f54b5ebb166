package org.fusedem.cli.plot;

import java.util.ArrayList;
import java.util.List;
import org.fusedem.model.GaussianMixture;
import org.fusedem.points.Points;

/** The pictures of points and a mixture. One per fit: the points are scored once. Not for several threads. */
public final class FitPictures {
    /** Up to so many features, ten pairs, all pairs are worth seeing. */
    public static final int MOST_PAIRED = 5;

    /** Up to so many points are drawn one by one; more of them would cover each other. */
    private static final int MOST_MARKS = 2000;

    private static final int MOST_HISTOGRAMS = 12;

    /** Of log-likelihood: less tells nothing about a model. */
    private static final double LEAST_NATS = 0.1;

    private final String name;
    private final Features features;
    private final GaussianMixture mixture;
    private final Assignments assignments;

    /**
     * Scores the points.
     *
     * @param name of the data, for titles
     * @param points open for as long as pictures are drawn
     * @param mixture of these features, with their names; it takes missing values, if there are some
     */
    public FitPictures(String name, Points points, GaussianMixture mixture) {
        this(name, Features.all(points), mixture, Assignments.of(points, mixture, MOST_MARKS));
    }

    private FitPictures(String name, Features features, GaussianMixture mixture, Assignments assignments) {
        this.name = name;
        this.features = features;
        this.mixture = mixture;
        this.assignments = assignments;
    }

    /** Pictures of only these features; who belongs to which component still depends on all. */
    public FitPictures of(int[] columns) {
        return new FitPictures(
                name, new Features(features.points(), columns), mixture.marginal(columns), assignments);
    }

    /** What shows most: a histogram, a plane, all pairs of a few features, or else the most separating directions. */
    public Picture overview() {
        return switch (mixture.dims()) {
            case 1 -> histograms();
            case 2 -> plane();
            default -> mixture.dims() <= MOST_PAIRED ? pairs() : directions();
        };
    }

    /** Two features. */
    private Picture plane() {
        return new PlanePicture(title(""), features.points(), Plane.ofFeatures(features, mixture, 0, 1), assignments);
    }

    /** Every pair of at least two features; meant for up to {@link #MOST_PAIRED}. */
    public Picture pairs() {
        return mixture.dims() == 2 ? plane() : new PairsPicture(title(""), features, mixture, assignments);
    }

    /** The two directions, of at least two features, in which the components differ most. */
    public Picture directions() {
        return new PlanePicture(title(" in the most separating directions"), features.points(),
                Plane.ofDirections(features, mixture), assignments);
    }

    /** Each feature by itself, of the first dozen. */
    public Picture histograms() {
        int shown = Math.min(mixture.dims(), MOST_HISTOGRAMS);
        return new HistogramsPicture(title(shown < mixture.dims() ? ", the first " + shown + " columns" : ""), features,
                mixture, shown);
    }

    /** How sure it is which component the points belong to. */
    public Picture certainty() {
        return new CertaintyPicture("How sure the components of " + name + " are", assignments,
                mixture.components(), features.points().weighted());
    }

    private String title(String what) {
        return name + ": " + Numbers.count(features.points().size(), "point") + ", "
                + Numbers.count(mixture.components(), "component") + what;
    }

    /** The log-likelihood of the start and after each iteration. */
    public static Picture trace(double[] logLikelihoods) {
        return new CurvesPicture("Log-likelihood by iteration", "iteration", "log-likelihood",
                "of the best run, from where its start or short run ended",
                List.of(new Curve("", dots(logLikelihoods, 0, -1))), LEAST_NATS, true);
    }

    /** What each start has come to. */
    public static Picture starts(double[] logLikelihoods, int best) {
        return new CurvesPicture("Log-likelihood by start", "start", "log-likelihood",
                "ringed: the best; most end with a short run", List.of(new Curve("", dots(logLikelihoods, 1, best))),
                LEAST_NATS, false);
    }

    /**
     * A criterion over numbers of components.
     *
     * @param criterion its name
     * @param curves one per shape
     * @param leastHeight of the picture, in the criterion's units
     */
    public static Picture criterion(String criterion, List<Curve> curves, double leastHeight) {
        return new CurvesPicture(criterion + " by number of components", "components", criterion,
                "ringed: the best by " + criterion + "; hollow: degenerate", curves, leastHeight, true);
    }

    private static List<Curve.Dot> dots(double[] values, int first, int best) {
        List<Curve.Dot> dots = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                dots.add(new Curve.Dot(first + i, values[i], false, i == best));
            }
        }
        return dots;
    }
}
