package org.fusedem.cli.result;

import java.io.IOException;
import java.util.Locale;
import org.fusedem.files.JsonWriter;
import org.fusedem.files.ModelFiles;
import org.fusedem.fit.FitEvent;
import org.fusedem.fit.FitResult;

/** A fit as one JSON document, for programs. */
public final class FitDocument {
    private FitDocument() {}

    public static void write(FitSummary fit, Appendable out) throws IOException {
        FitResult result = fit.result();
        JsonWriter json = new JsonWriter(out);
        json.beginObject();
        json.key("model");
        ModelFiles.write(fit.model(), json);
        json.key("points").value(fit.points().size());
        json.key("missing").value(fit.points().missingValues());
        json.key("totalWeight").value(result.totalWeight());
        json.key("logLikelihood").value(result.logLikelihood());
        json.key("meanLogLikelihood").value(result.meanLogLikelihood());
        json.key("bic").value(result.bic());
        json.key("aic").value(result.aic());
        json.key("trace").values(result.trace());
        json.key("iterations").value(result.iterations());
        json.key("converged").value(result.converged());
        json.key("stoppedBecause").value(fit.whyStopped());
        json.key("seed").value(fit.options().seed());
        json.key("restartLogLikelihoods").values(result.restartLogLikelihoods());
        json.key("bestRestart").value(result.bestRestart() + 1);
        json.key("secondsStart").value(result.secondsStart());
        json.key("secondsIterations").value(result.secondsIterations());
        json.key("iterationSeconds").values(result.iterationSeconds());
        json.key("kernel").value(result.kernel());
        json.key("vectorBits").value(result.vectorBits());
        json.key("threads").value(fit.options().threads());
        json.key("events");
        events(result, json);
        json.endObject();
    }

    /** Components, columns and restarts are counted from 1, as everywhere in this command. */
    static void events(FitResult result, JsonWriter json) throws IOException {
        json.beginArray();
        for (FitEvent event : result.events()) {
            json.beginObject();
            json.key("kind").value(event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            json.key(event.kind() == FitEvent.Kind.FEATURE_CONSTANT ? "column" : "component").value(event.index() + 1);
            json.key("firstIteration").value(event.firstIteration());
            json.key("lastIteration").value(event.lastIteration());
            json.key("sentence").value(event.sentence());
            json.endObject();
        }
        json.endArray();
    }
}
