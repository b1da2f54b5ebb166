package org.fusedem.cli.result;

import java.io.IOException;
import java.util.Locale;
import org.fusedem.files.JsonWriter;
import org.fusedem.files.ModelFiles;
import org.fusedem.select.Cell;

/** A selection as one JSON document, for programs. */
public final class SelectDocument {
    private SelectDocument() {}

    /** The best cell is counted from 1, as everything in this command. */
    public static void write(SelectSummary summary, Appendable out) throws IOException {
        JsonWriter json = new JsonWriter(out);
        json.beginObject();
        json.key("model");
        ModelFiles.write(summary.model(), json);
        json.key("points").value(summary.points().size());
        json.key("totalWeight").value(summary.best().result().totalWeight());
        json.key("criterion").value(summary.options().criterion().label());
        json.key("best").value(1 + summary.selection().cells().indexOf(summary.best()));
        json.key("folds").value(summary.options().folds());
        json.key("seed").value(summary.options().fit().seed());
        json.key("threads").value(summary.options().fit().threads());
        json.key("seconds").value(summary.seconds());
        json.key("cells");
        json.beginArray();
        for (Cell cell : summary.selection().cells()) {
            write(cell, json);
        }
        json.endArray();
        json.endObject();
    }

    private static void write(Cell cell, JsonWriter json) throws IOException {
        json.beginObject();
        json.key("components").value(cell.components());
        json.key("covariance").value(cell.covariance().label());
        json.key("seconds").value(cell.seconds());
        switch (cell) {
            case Cell.Failed failed -> json.key("failedBecause").value(failed.reason());
            case Cell.Fitted fitted -> write(fitted, json);
        }
        json.endObject();
    }

    private static void write(Cell.Fitted cell, JsonWriter json) throws IOException {
        json.key("logLikelihood").value(cell.logLikelihood());
        json.key("parameters").value(cell.parameterCount());
        json.key("bic").value(cell.bic());
        json.key("aic").value(cell.aic());
        json.key("icl").value(cell.icl());
        if (cell.heldOut() != null) {
            json.key("heldOutMeanLogLikelihood").value(cell.heldOut().meanLogLikelihood());
            json.key("heldOutStandardError").value(cell.heldOut().standardError());
        }
        json.key("degenerate").value(cell.degenerate());
        json.key("startedFrom").value(cell.origin().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.key("iterations").value(cell.result().iterations());
        json.key("converged").value(cell.result().converged());
        json.key("events");
        FitDocument.events(cell.result(), json);
    }
}
