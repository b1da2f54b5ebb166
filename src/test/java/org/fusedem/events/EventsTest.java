package org.fusedem.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.fusedem.ForkedJvm;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.FitResult;
import org.fusedem.fit.Fitter;
import org.fusedem.fit.KernelChoice;
import org.fusedem.fit.Start;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.online.RefitReason;
import org.fusedem.online.Refitter;
import org.fusedem.points.Points;
import org.fusedem.points.Window;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final double[][] ROWS = {
        {3.6, 79}, {1.8, 54}, {3.3, 74}, {2.3, 62}, {4.5, 85}, {2.9, 55}, {4.7, 88}, {1.9, 51}};

    @Test
    void aFitTellsOfItselfItsKernelAndItsIterations() throws IOException {
        FitOptions options = FitOptions.components(2).withCovariance(Covariance.TIED).withRestarts(1)
                .withKernel(KernelChoice.SCALAR).withTolerance(0).withMaxIterations(7);
        FitResult[] result = new FitResult[1];
        List<RecordedEvent> events = record(() -> {
            try (Points points = Points.ofRows(ROWS)) {
                result[0] = Fitter.fit(points, options);
            }
        });
        RecordedEvent fit = only(events, "Fit");
        assertEquals(8, fit.getLong("points"));
        assertEquals(2, fit.getInt("dims"));
        assertEquals(2, fit.getInt("components"));
        assertEquals("tied", fit.getString("covariance"));
        assertEquals("scalar", fit.getString("kernel"));
        assertEquals(7, fit.getInt("iterations"));
        assertEquals(result[0].logLikelihood(), fit.getDouble("logLikelihood"));
        assertEquals("MAX_ITERATIONS", fit.getString("stopReason"));
        assertTrue(fit.getDuration().compareTo(Duration.ZERO) > 0);
        RecordedEvent kernel = only(events, "Kernel");
        assertEquals("scalar", kernel.getString("kernel"));
        assertEquals(64, kernel.getInt("vectorBits"));
        assertEquals("asked", kernel.getString("reason"));
        List<RecordedEvent> iterations = all(events, "Iteration");
        assertEquals(7, iterations.size());
        for (int i = 0; i < 7; i++) {
            assertEquals(i, iterations.get(i).getInt("iteration"));
            assertEquals(result[0].trace()[i], iterations.get(i).getDouble("logLikelihood"));
            assertEquals(0, iterations.get(i).getDouble("logPrior"));
            assertTrue(!iterations.get(i).getStartTime().isBefore(fit.getStartTime()));
        }
    }

    @Test
    void aComponentThatCollapsesIsToldOfOnce() throws IOException {
        // Three of five points are one: a component collapses onto it.
        double[][] rows = {{1, 1}, {1, 1}, {1, 1}, {9, 3}, {8, 5}, {7, 11}, {12, 4}};
        FitOptions options = FitOptions.components(2).withRestarts(1).withTolerance(0).withMaxIterations(20);
        FitResult[] result = new FitResult[1];
        List<RecordedEvent> events = record(() -> {
            try (Points points = Points.ofRows(rows)) {
                result[0] = Fitter.fit(points, options);
            }
        });
        List<RecordedEvent> degenerate = all(events, "DegenerateComponent");
        assertEquals(1, result[0].events().size());
        assertEquals(1, degenerate.size());
        assertEquals(result[0].events().getFirst().kind().name(), degenerate.getFirst().getString("kind"));
        assertEquals(result[0].events().getFirst().index(), degenerate.getFirst().getInt("component"));
        assertEquals(result[0].events().getFirst().firstIteration(), degenerate.getFirst().getInt("iteration"));
    }

    @Test
    void aMissedDeadlineHasItsTimes() throws IOException {
        RecordedEvent event = only(
                record(() -> Events.deadlineMissed("refit", 50_000, 61_000, 3)), "DeadlineMissed");
        assertEquals("refit", event.getString("task"));
        assertEquals(Duration.ofNanos(50_000), event.getDuration("budget"));
        assertEquals(Duration.ofNanos(61_000), event.getDuration("elapsed"));
        assertEquals(3, event.getInt("iterations"));
    }

    @Test
    void aRefitThatRunsOutOfTimeSaysSo() throws IOException {
        GaussianMixture start = GaussianMixture.of(Covariance.SPHERICAL, 1, new double[] {1}, new double[1], new double[] {1});
        FitOptions options = FitOptions.components(1).withCovariance(Covariance.SPHERICAL).withStart(new Start.Given(start));
        try (Window window = Window.of(1, 4); Refitter refitter = Refitter.of(window, options)) {
            window.append(1);
            window.append(2);
            RecordedEvent event = only(record(() -> assertEquals(
                    RefitReason.DEADLINE, refitter.refitUntil(System.nanoTime() - 1000))), "DeadlineMissed");
            assertEquals("refit", event.getString("task"));
            assertTrue(event.getDuration("budget").isNegative(), "the deadline had passed before");
            assertEquals(0, event.getInt("iterations"));
        }
    }

    @Test
    void whatIsSwitchedOffIsNotRecorded() throws IOException {
        assertSame(FitSpan.NONE, Events.beginFit());
        assertSame(IterationSpan.NONE, Events.beginIteration());
        try (Recording recording = new Recording()) {
            recording.disable("org.fusedem.Iteration");
            recording.start();
            assertSame(IterationSpan.NONE, Events.beginIteration());
            assertTrue(Events.beginFit() != FitSpan.NONE);
        }
        assertSame(FitSpan.NONE, Events.beginFit());
    }

    /** An image without the recorder's module fits just the same. */
    @Test
    void withoutTheRecorderNothingIsMissing() throws IOException, InterruptedException {
        List<String> output = ForkedJvm.run(
                FitWithoutRecorder.class, "--limit-modules", "java.base,jdk.incubator.vector");
        assertEquals("no recorder, fitted, told", output.getLast(), () -> String.join("\n", output));
    }

    private static List<RecordedEvent> record(Runnable work) throws IOException {
        Path file = Files.createTempFile("events", ".jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(named(name -> name.startsWith("org.fusedem.")))
                    .sorted((a, b) -> a.getStartTime().compareTo(b.getStartTime()))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static Predicate<RecordedEvent> named(Predicate<String> name) {
        return event -> name.test(event.getEventType().getName());
    }

    private static List<RecordedEvent> all(List<RecordedEvent> events, String name) {
        return events.stream().filter(named(("org.fusedem." + name)::equals)).toList();
    }

    private static RecordedEvent only(List<RecordedEvent> events, String name) {
        List<RecordedEvent> found = all(events, name);
        assertEquals(1, found.size(), () -> events.toString());
        return found.getFirst();
    }
}
