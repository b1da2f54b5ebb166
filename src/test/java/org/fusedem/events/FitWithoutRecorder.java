package org.fusedem.events;

import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Fitter;
import org.fusedem.points.Points;

/** A process that may have no Flight Recorder. {@link EventsTest} starts it. */
final class FitWithoutRecorder {
    private FitWithoutRecorder() {}

    public static void main(String[] args) {
        boolean recorder = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
        double[][] rows = {{3.6, 79}, {1.8, 54}, {3.3, 74}, {2.3, 62}, {4.5, 85}, {2.9, 55}, {4.7, 88}, {1.9, 51}};
        try (Points points = Points.ofRows(rows)) {
            boolean fitted = Fitter.fit(points, FitOptions.components(2)).iterations() >= 0;
            Events.deadlineMissed("refit", 1, 2, 3);
            System.out.println((recorder ? "recorder" : "no recorder") + (fitted ? ", fitted" : "") + ", told");
        }
    }
}
