package org.fusedem.fit;

import java.util.function.Function;
import org.fusedem.model.GaussianMixture;

/** Options on one line for people: components and shape, and what differs from the defaults. */
final class OptionsText {
    private final FitOptions options;
    private final FitOptions defaults;
    private final StringBuilder text = new StringBuilder();

    private OptionsText(FitOptions options) {
        this.options = options;
        defaults = FitOptions.components(options.components());
    }

    static String of(FitOptions options) {
        return new OptionsText(options).text();
    }

    private String text() {
        text.append("FitOptions[components=").append(options.components()).append(", covariance=")
                .append(options.covariance().label());
        add("start", o -> start(o.start()));
        add("fixed", FitOptions::fixed);
        add("restarts", FitOptions::restarts);
        add("finalists", FitOptions::finalists);
        add("shortIterations", FitOptions::shortIterations);
        add("seed", FitOptions::seed);
        add("tolerance", FitOptions::tolerance);
        add("convergence", FitOptions::convergence);
        add("acceleration", FitOptions::acceleration);
        add("maxIterations", FitOptions::maxIterations);
        add("regularization", FitOptions::regularization);
        add("varianceFloor", FitOptions::varianceFloor);
        add("prior", o -> orNone(o.prior()));
        add("noise", o -> orNone(o.noise()));
        add("missingValues", FitOptions::missingValues);
        add("threads", FitOptions::threads);
        add("kernel", FitOptions::kernel);
        // What callers have written says nothing in print but that it is there.
        add("executor", o -> isGiven(o.executor() != null));
        add("progress", o -> isGiven(o.progress() != Progress.SILENT));
        add("stop", o -> isGiven(o.stop() != FitOptions.NEVER));
        add("checkpoints", o -> isGiven(o.checkpoints() != Checkpoints.NONE));
        add("resume", o -> isGiven(o.resume() != null));
        return text.append(']').toString();
    }

    private void add(String name, Function<FitOptions, Object> option) {
        Object value = option.apply(options);
        if (!value.equals(option.apply(defaults))) {
            text.append(", ").append(name).append('=').append(value);
        }
    }

    /** Not the numbers of a start, which may be as many as there are points. */
    private static String start(Start start) {
        String name = start.getClass().getSimpleName();
        return switch (start) {
            case Start.KMeansPlusPlus _, Start.RandomPoints _, Start.RandomResponsibilities _ -> name;
            case Start.Given(GaussianMixture model) -> name + "[" + model + "]";
            case Start.Responsibilities given -> name + "[of " + given.shared().length + " points]";
            case Start.Labels given ->
                name + "[of " + given.shared().length + " points" + (given.fixed() ? ", fixed]" : "]");
        };
    }

    private static Object orNone(Object value) {
        return value == null ? "none" : value;
    }

    private static String isGiven(boolean given) {
        return given ? "given" : "none";
    }
}
