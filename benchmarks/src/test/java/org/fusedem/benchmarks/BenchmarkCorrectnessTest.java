package org.fusedem.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fusedem.benchmarks.ElementaryBenchmark.By;
import org.fusedem.benchmarks.EventsBenchmark.Recorder;
import org.fusedem.benchmarks.LatencyBenchmark.Percentiles;
import org.fusedem.benchmarks.LatencyBenchmark.Request;
import org.fusedem.em.Acceleration;
import org.fusedem.fit.FitResult;
import org.fusedem.moments.Moments;
import org.fusedem.online.RefitReason;
import org.fusedem.online.Refitter;
import org.fusedem.online.Sweep;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Param;

/** A fast wrong answer is no benchmark: what is timed is checked here, and no benchmark may change its parameters. */
class BenchmarkCorrectnessTest {
    private static final String SHAPE = "full:3k:4:3";
    private static final String KERNEL = "vector";

    /** StrictMath is one off at most, the functions little more than one. */
    private static final double ULPS = 2.5;

    private Object benchmark;
    private Map<String, Object> parameters;

    /** Remembers a benchmark's parameters, once they are set. */
    private void watch(Object watched) throws IllegalAccessException {
        benchmark = watched;
        parameters = parametersOf(watched);
    }

    @AfterEach
    void parametersAreAsTheyWere() throws IllegalAccessException {
        assertEquals(parameters, parametersOf(benchmark));
    }

    private static Map<String, Object> parametersOf(Object benchmark) throws IllegalAccessException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (var field : benchmark.getClass().getFields()) {
            if (field.isAnnotationPresent(Param.class)) {
                values.put(field.getName(), field.get(benchmark));
            }
        }
        return values;
    }

    @Test
    void passSumsOverAllPoints() throws IllegalAccessException {
        PassBenchmark pass = new PassBenchmark();
        pass.shape = SHAPE;
        pass.kernel = KERNEL;
        pass.type = ElementType.FLOAT64;
        pass.company = "alone";
        watch(pass);
        pass.open();
        pass.pass(new NearbyPeak());
        checkMoments(pass.pass(new NearbyPeak()));
        pass.close();
    }

    private static void checkMoments(Moments moments) {
        try (DataSet data = DataSet.of(SHAPE, ElementType.FLOAT64)) {
            double expected = data.start().logLikelihood(data.points());
            assertEquals(3000, moments.points());
            assertEquals(3000, Arrays.stream(moments.weights()).sum(), 1e-9 * 3000);
            assertEquals(expected, moments.logLikelihood(), 1e-12 * Math.abs(expected));
        }
    }

    @Test
    void threadsChangeNothing() throws IllegalAccessException {
        double[][] sums = new double[2][];
        for (int threads = 1; threads <= 2; threads++) {
            ThreadsBenchmark pass = new ThreadsBenchmark();
            pass.shape = SHAPE;
            pass.kernel = KERNEL;
            pass.threads = threads;
            watch(pass);
            pass.open();
            Moments moments = pass.pass();
            checkMoments(moments);
            sums[threads - 1] = moments.second().clone();
            pass.close();
        }
        assertArrayEquals(sums[0], sums[1]);
    }

    @Test
    void widthsAllDoThePass() throws IllegalAccessException {
        WidthBenchmark pass = new WidthBenchmark();
        pass.shape = SHAPE;
        pass.type = ElementType.FLOAT64;
        watch(pass);
        pass.open();
        checkMoments(pass.bits128());
        checkMoments(pass.bits256());
        checkMoments(pass.bits512());
        pass.close();
    }

    @Test
    void stagesDoNotSpoilTheirInput() throws IllegalAccessException {
        StageBenchmark stage = new StageBenchmark();
        stage.shape = SHAPE;
        stage.kernel = KERNEL;
        stage.type = ElementType.FLOAT64;
        watch(stage);
        stage.open();
        double logLikelihood = stage.responsibilities();
        assertEquals(logLikelihood, stage.responsibilities());
        double once = Arrays.stream(stage.moments().weights()).sum();
        assertEquals(2 * once, Arrays.stream(stage.moments().weights()).sum(), 1e-9 * once);
        assertEquals(StageBenchmark.tilePoints(Shape.parse(SHAPE), ElementType.FLOAT64), once, 1e-9 * once);
        assertEquals(stage.densities().logDensities(), stage.restore().logDensities());
        stage.close();
    }

    @Test
    void fitsImproveInTheIterationsTheySay() throws IllegalAccessException {
        FitBenchmark fit = new FitBenchmark();
        fit.shape = SHAPE;
        fit.kernel = KERNEL;
        watch(fit);
        fit.open();
        checkFit(fit.fit(), FitBenchmark.ITERATIONS);
        fit.close();
    }

    private static void checkFit(FitResult result, int iterations) {
        assertEquals(iterations, result.iterations());
        assertTrue(result.logLikelihood() > result.trace()[0]);
        assertTrue(result.events().isEmpty());
    }

    @Test
    void growthFits() throws IllegalAccessException {
        GrowthBenchmark growth = new GrowthBenchmark();
        growth.shape = SHAPE;
        growth.kernel = KERNEL;
        watch(growth);
        growth.open();
        checkFit(growth.iteration(), GrowthBenchmark.ITERATIONS);
        growth.close();
    }

    @Test
    void publishedFitsAndPasses() throws IllegalAccessException {
        PublishedBenchmark published = new PublishedBenchmark();
        published.shape = SHAPE;
        published.kernel = KERNEL;
        published.type = ElementType.FLOAT64;
        watch(published);
        published.open();
        checkFit(published.fit(), PublishedBenchmark.ITERATIONS);
        checkMoments(published.pass());
        published.close();
    }

    @Test
    void everyStartTakesOneIteration() throws IllegalAccessException {
        for (StartBenchmark.Kind kind : StartBenchmark.Kind.values()) {
            StartBenchmark start = new StartBenchmark();
            start.shape = SHAPE;
            start.kernel = KERNEL;
            start.start = kind;
            watch(start);
            start.open();
            checkFit(start.start(), 1);
            start.close();
        }
    }

    @Test
    void accelerationLeadsAsNear() throws IllegalAccessException {
        double[] reached = new double[Acceleration.values().length];
        for (Acceleration acceleration : Acceleration.values()) {
            AccelerationBenchmark fit = new AccelerationBenchmark();
            fit.shape = SHAPE;
            fit.separation = 3;
            fit.acceleration = acceleration;
            watch(fit);
            fit.open();
            AccelerationBenchmark.Counts counts = new AccelerationBenchmark.Counts();
            FitResult result = fit.fit(counts);
            assertEquals(result.iterations(), counts.iterations);
            assertTrue(counts.passes > counts.iterations);
            reached[acceleration.ordinal()] = result.meanLogLikelihood();
            fit.close();
        }
        assertEquals(reached[0], reached[1], AccelerationBenchmark.NEAR);
    }

    @Test
    void refitsFollowTheWindow() throws IllegalAccessException {
        double[] reached = new double[Sweep.values().length];
        for (Sweep sweep : Sweep.values()) {
            RefitBenchmark refits = new RefitBenchmark();
            refits.shape = SHAPE;
            refits.kernel = KERNEL;
            refits.sweep = sweep;
            refits.iterations = 2;
            watch(refits);
            refits.open();
            for (int n = 0; n < 20; n++) {
                Refitter refitter = refits.refit();
                assertEquals(RefitReason.ITERATIONS, refitter.reason());
                assertEquals(2, refitter.iterations());
                assertEquals(0, refitter.flooredComponents());
                reached[sweep.ordinal()] = refitter.meanLogLikelihood();
            }
            refits.close();
        }
        assertEquals(reached[0], reached[1], 1e-3);
    }

    @Test
    void deadlinesAreMissedByLittle() throws IllegalAccessException {
        DeadlineBenchmark refits = new DeadlineBenchmark();
        refits.shape = SHAPE;
        refits.refits = 5;
        refits.kernel = KERNEL;
        watch(refits);
        refits.open();
        DeadlineBenchmark.Lateness lateness = new DeadlineBenchmark.Lateness();
        assertEquals(5, refits.refits(lateness));
        assertTrue(0 <= lateness.p50 && lateness.p50 <= lateness.p99 && lateness.p99 <= lateness.max);
        assertTrue(lateness.tile > 0);
        refits.close();
    }

    @Test
    void scoresAgree() throws IllegalAccessException {
        ScoreBenchmark score = new ScoreBenchmark();
        score.shape = SHAPE;
        score.kernel = KERNEL;
        watch(score);
        score.open();
        double whole = score.wholeBatch();
        assertEquals(whole, score.eachOfBatch(), 1e-12 * Math.abs(whole));
        assertEquals(whole, score.rowsOfBatch(), 1e-12 * Math.abs(whole));
        try (DataSet data = DataSet.of(Shape.parse(SHAPE).withPoints(ScoreBenchmark.BATCH), ElementType.FLOAT64)) {
            double[] second = new double[4];
            data.points().copyRow(1, second);
            assertEquals(data.start().logDensity(second), score.onePoint(), 1e-12);
            data.points().copyRow(2, second);
            assertEquals(data.start().logDensity(second), score.otherModel(), 1e-12);
        }
        score.close();
    }

    @Test
    void firstScoresAreTimedOneByOne() throws IllegalAccessException {
        ScoreColdBenchmark cold = new ScoreColdBenchmark();
        cold.shape = SHAPE;
        cold.kernel = KERNEL;
        cold.warmedUp = true;
        cold.scores = 80 * 1024;
        watch(cold);
        cold.open();
        ScoreColdBenchmark.Times times = new ScoreColdBenchmark.Times();
        double sum = cold.start(times);
        try (DataSet data = DataSet.of(Shape.parse(SHAPE).withPoints(1024), ElementType.FLOAT64)) {
            double once = data.start().logLikelihood(data.points());
            assertEquals(80 * once, sum, 1e-10 * Math.abs(80 * once));
        }
        assertTrue(times.firstMicros > 0);
        assertTrue(times.toP99Micros >= 0);
        assertTrue(times.finalP99Nanos > 0);
        cold.close();
    }

    @Test
    void chainsConvergeToOne() throws IllegalAccessException {
        PeakBenchmark peak = new PeakBenchmark();
        watch(peak);
        assertEquals(1, peak.fma64(), 1e-12);
        assertEquals(1, peak.fma32(), 1e-6);
    }

    @Test
    void readsEveryByteOfTheBlock() throws IllegalAccessException {
        BandwidthBenchmark bandwidth = new BandwidthBenchmark();
        bandwidth.blockBytes = 1 << 19;
        watch(bandwidth);
        bandwidth.open();
        assertEquals(1, bandwidth.read());
        bandwidth.close();
    }

    @Test
    void functionsAreWithinTheirUlps() throws IllegalAccessException {
        for (By by : By.values()) {
            ElementaryBenchmark functions = new ElementaryBenchmark();
            functions.by = by;
            watch(functions);
            functions.open();
            MemorySegment powers = functions.exp();
            for (int i = 0; i < ElementaryBenchmark.VALUES; i++) {
                double exact = StrictMath.exp(ElementaryBenchmark.exponent(i));
                assertEquals(exact, powers.getAtIndex(ValueLayout.JAVA_DOUBLE, i), ULPS * Math.ulp(exact));
            }
            MemorySegment logarithms = functions.log();
            for (int i = 0; i < ElementaryBenchmark.VALUES; i++) {
                double exact = StrictMath.log(StrictMath.exp(ElementaryBenchmark.exponent(i)));
                assertEquals(exact, logarithms.getAtIndex(ValueLayout.JAVA_DOUBLE, i), ULPS * Math.ulp(exact));
            }
            functions.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Recorder.class)
    void refitsBesideARecorder(Recorder recorder) throws IllegalAccessException {
        EventsBenchmark events = new EventsBenchmark();
        events.shape = SHAPE;
        events.kernel = KERNEL;
        events.recorder = recorder;
        watch(events);
        events.open();
        assertEquals(FitBenchmark.ITERATIONS, events.refit().iterations());
        events.close();
    }

    @Test
    void coldProcessFits() throws IllegalAccessException, IOException, InterruptedException {
        ColdBenchmark cold = new ColdBenchmark();
        cold.shape = SHAPE;
        cold.kernel = KERNEL;
        watch(cold);
        cold.open();
        assertEquals(0, cold.process());
        checkFit(cold.fit(), FitBenchmark.ITERATIONS);
        cold.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "fits"})
    void percentilesRise(String beside) throws IllegalAccessException, InterruptedException {
        for (Request request : Request.values()) {
            LatencyBenchmark latency = new LatencyBenchmark();
            latency.shape = SHAPE;
            latency.kernel = KERNEL;
            latency.request = request;
            latency.beside = beside;
            latency.rate = 10;
            latency.seconds = 1;
            watch(latency);
            latency.open();
            Percentiles found = new Percentiles();
            assertTrue(latency.requests(found) < 0); // Log-densities of such data are negative.
            assertTrue(0 < found.p50 && found.p50 <= found.p99 && found.p99 <= found.max);
            assertTrue(found.serviceMax <= found.max);
            latency.close();
        }
    }

    @Test
    void bothReadersOfCsvReadTheSameNumbers() throws IOException, IllegalAccessException {
        CsvBenchmark csv = new CsvBenchmark();
        for (CsvBenchmark.Digits digits : CsvBenchmark.Digits.values()) {
            csv.digits = digits;
            csv.reader = CsvBenchmark.Reader.FUSEDEM;
            csv.write(20_000);
            try (Points ours = csv.points()) {
                csv.reader = CsvBenchmark.Reader.PARSE_DOUBLE;
                try (Points theirs = csv.points()) {
                    assertEquals(theirs.size(), ours.size());
                    for (int i = 0; i < theirs.dims(); i++) {
                        assertEquals(-1, theirs.column(i).mismatch(ours.column(i)));
                    }
                }
            } finally {
                csv.delete();
            }
        }
        watch(csv);
    }
}
