package org.fusedem.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fusedem.benchmarks.report.Suite.Effort;

/** What a report of each scale runs. */
final class Suites {
    /** The problems that passes are measured on, for the two main covariances. */
    private static final String[] SIZES = {"100k:2:3", "100k:8:8", "100k:16:16", "50k:32:32", "20k:64:64"};

    private final Scale scale;
    private final Effort effort;
    private final List<Suite> suites = new ArrayList<>();

    private Suites(Scale scale) {
        this.scale = scale;
        effort = switch (scale) {
            case QUICK -> new Effort(1, 1, 100, 2, 100);
            // The benchmarks have warmed up before JMH does.
            case DEFAULT -> new Effort(2, 1, 500, 5, 250);
            case FULL -> new Effort(5, 2, 1000, 5, 1000);
        };
        limits();
        stages();
        passes();
        fits();
        coldAndLatency();
        peers();
        published();
        growth();
    }

    static List<Suite> of(Scale scale) {
        return List.copyOf(new Suites(scale).suites);
    }

    /** What peers are asked, for their answers to be checked first. */
    static String[] peerShapes(Scale scale) {
        return switch (scale) {
            case QUICK -> new String[] {"full:1k:2:3", "diagonal:1k:2:3"};
            case DEFAULT -> new String[] {"full:10k:8:8", "diagonal:10k:8:8"};
            case FULL -> new String[] {"full:10k:2:3", "full:10k:8:8", "full:10k:16:16", "diagonal:10k:8:8"};
        };
    }

    private Effort effort(int forks) {
        return new Effort(scale == Scale.DEFAULT ? forks : effort.forks(), effort.warmups(), effort.warmupMillis(),
                effort.iterations(), effort.millis());
    }

    private void add(Suite suite) {
        suites.add(suite);
    }

    private void limits() {
        int cores = Runtime.getRuntime().availableProcessors();
        add(Suite.of("limits-one-core", "PeakBenchmark|BandwidthBenchmark", effort(1)));
        add(Suite.of("limits-all-cores", "PeakBenchmark|BandwidthBenchmark", effort(1)).withThreads(cores));
        add(Suite.of("elementary", "ElementaryBenchmark", effort(1)));
    }

    private void stages() {
        Suite stages = Suite.of("stages", "StageBenchmark", effort(1));
        add(scale == Scale.QUICK ? stages.with("shape", "full:1:4:3")
                : scale == Scale.DEFAULT ? stages.with("shape", "diagonal:1:8:8", "full:1:8:8").with("kernel", "vector")
                : stages);
    }

    private void passes() {
        String[] both = scale == Scale.QUICK
                ? new String[] {"diagonal:2k:4:3", "full:2k:4:3"} : bothCovariances();
        // Short iterations, each beside a peak of its own moment.
        Effort many = scale == Scale.DEFAULT ? new Effort(2, 1, 500, 12, 100) : effort;
        add(Suite.of("passes-vector", "PassBenchmark", many).with("kernel", "vector").with("shape", both));
        // Up to eight seconds each.
        Effort few = scale == Scale.DEFAULT ? new Effort(1, 0, 0, 2, 100) : effort;
        add(Suite.of("passes-scalar", "PassBenchmark", few).with("kernel", "scalar").with("shape", both));
        String[] some = scale == Scale.QUICK ? new String[] {"full:2k:4:3"} : new String[] {
            "diagonal:100k:8:8", "diagonal:50k:32:32", "full:100k:8:8", "full:50k:32:32"};
        add(Suite.of("passes-float", "PassBenchmark", effort(1)).with("kernel", "vector").with("shape", some)
                .with("type", "FLOAT32"));
        String[] one = {some[some.length / 2]};
        if (scale == Scale.FULL) {
            add(Suite.of("passes-crowd", "PassBenchmark", effort(1)).with("kernel", "vector").with("shape", one)
                    .with("type", "FLOAT64", "FLOAT32").with("company", "alone", "crowd"));
        }
        add(Suite.of("threads", "ThreadsBenchmark", effort(1)).with("kernel", "vector")
                .with("shape", scale == Scale.QUICK ? one : new String[] {"diagonal:50k:32:32", "full:100k:8:8"})
                .with("threads", upToAllCores())
                .withAllocation());
        add(Suite.of("widths", "WidthBenchmark", effort(1)).with("shape", one).withAllocation());
    }

    /** One, two, four ... threads, and as many as there are cores. */
    private static String[] upToAllCores() {
        int cores = Runtime.getRuntime().availableProcessors();
        return IntStream.concat(IntStream.iterate(1, threads -> threads < cores, threads -> 2 * threads),
                IntStream.of(cores)).mapToObj(String::valueOf).toArray(String[]::new);
    }

    private static String[] bothCovariances() {
        List<String> shapes = new ArrayList<>();
        for (String covariance : List.of("diagonal", "full")) {
            for (String size : SIZES) {
                shapes.add(covariance + ":" + size);
            }
        }
        return shapes.toArray(String[]::new);
    }

    private void fits() {
        String[] shapes = scale == Scale.QUICK
                ? new String[] {"full:1k:2:3"} : new String[] {"full:1k:4:3", "full:20k:8:8"};
        Suite fits = Suite.of("fits", "FitBenchmark", effort(1)).with("shape", shapes);
        add(scale == Scale.DEFAULT ? fits.with("kernel", "scalar", "vector") : fits);
        Suite starts = Suite.of("starts", "StartBenchmark", effort(1)).with("shape", shapes[shapes.length - 1])
                .with("kernel", "vector");
        add(scale == Scale.DEFAULT ? starts.with("start", "K_MEANS_PLUS_PLUS", "GIVEN") : starts);
        Suite scores = Suite.of("scores", "ScoreBenchmark", effort(1)).withAllocation();
        add(scale == Scale.QUICK ? scores.with("shape", "full:10k:4:3")
                : scale == Scale.FULL ? scores : Suite.of("scores", "ScoreBenchmark.(onePoint|rowsOfBatch|wholeBatch)$",
                        effort(1)).withAllocation().with("kernel", "vector"));
    }

    private void coldAndLatency() {
        boolean quick = scale == Scale.QUICK;
        int forks = scale == Scale.FULL ? 10 : 1;
        add(Suite.of("cold-process", "ColdBenchmark.process", Effort.shots(1, 0, quick ? 2 : 5)));
        add(Suite.of("cold-fits", "ColdBenchmark.fit", Effort.shots(forks, 0, quick ? 50 : 2000)));
        String seconds = quick ? "1" : scale == Scale.DEFAULT ? "5" : "60";
        add(Suite.of("latency-scores", "LatencyBenchmark", Effort.shots(forks, 1, 1))
                .with("request", "SCORE").with("rate", "100000").with("seconds", seconds));
        add(Suite.of("latency-beside", "LatencyBenchmark", Effort.shots(forks, 1, 1)).with("request", "SCORE")
                .with("rate", "100000").with("seconds", seconds).with("kernel", "vector").with("beside", "fits"));
        // A scalar fit takes some two milliseconds: this is a load that it can bear.
        Suite fits = Suite.of("latency-fits", "LatencyBenchmark", Effort.shots(forks, 1, 1))
                .with("request", "FIT").with("rate", "200").with("seconds", seconds);
        add(quick ? fits.with("rate", "20") : fits);
    }

    private void peers() {
        String[] shapes = peerShapes(scale);
        List<String> full = new ArrayList<>(List.of(shapes));
        List<String> diagonal = new ArrayList<>(full);
        full.removeIf(shape -> !shape.startsWith("full"));
        diagonal.removeAll(full);
        Effort slow = switch (scale) {
            case QUICK -> effort;
            case DEFAULT -> new Effort(1, 1, 500, 3, 500);
            case FULL -> new Effort(5, 1, 3000, 3, 3000);
        };
        add(Suite.of("peers-full", "PeerBenchmark", slow).with("shape", full.toArray(String[]::new)));
        add(Suite.of("peers-diagonal", "PeerBenchmark", slow).with("shape", diagonal.toArray(String[]::new))
                .with("peer", "FUSEDEM", "FUSEDEM_SCALAR", "SMILE", "ELKI"));
    }

    private void published() {
        Effort shots = Effort.shots(scale == Scale.FULL ? 5 : 1, 0, 1);
        Suite fits = Suite.of("published-fits", "PublishedBenchmark.fit", shots).with("kernel", "auto");
        Suite passes = Suite.of("published-passes", "PublishedBenchmark.pass", shots).with("kernel", "auto")
                .with("type", "FLOAT64", "FLOAT32");
        if (scale == Scale.QUICK) {
            add(fits.with("shape", "diagonal:10k:8:4"));
            add(passes.with("shape", "spherical:10k:8:4"));
            return;
        }
        add(fits.with("shape", "diagonal:10k:8:4", "full:10k:8:4", "diagonal:100k:32:16", "full:100k:32:16",
                "diagonal:1M:64:64"));
        add(passes.with("shape", "spherical:1M:128:1024"));
    }

    /** Along n, along D and along K, all through the common shape of 8 and 8, which the points bring in. */
    private void growth() {
        List<String> shapes = new ArrayList<>();
        String common = scale == Scale.QUICK ? "1k" : "10k";
        String[] points = switch (scale) {
            case QUICK -> new String[] {"500", "1k"};
            case DEFAULT -> new String[] {"1k", "10k", "100k", "1M"};
            case FULL -> new String[] {"1k", "10k", "100k", "1M", "10M"};
        };
        int[] dims = switch (scale) {
            case QUICK -> new int[] {1, 4};
            case DEFAULT -> new int[] {1, 4, 16, 64, 256};
            case FULL -> new int[] {1, 2, 4, 16, 32, 64, 128, 256};
        };
        int[] components = switch (scale) {
            case QUICK -> new int[] {1, 4};
            case DEFAULT -> new int[] {1, 4, 16, 64, 256, 1024};
            case FULL -> new int[] {1, 2, 4, 16, 32, 64, 128, 256, 512, 1024};
        };
        Arrays.stream(points).forEach(n -> shapes.add("full:" + n + ":8:8"));
        Arrays.stream(dims).forEach(d -> shapes.add("full:" + common + ":" + d + ":8"));
        Arrays.stream(components).forEach(k -> shapes.add("full:" + common + ":8:" + k));
        add(Suite.of("growth", "GrowthBenchmark", effort(1)).with("kernel", "vector")
                .with("shape", shapes.toArray(String[]::new)));
    }
}
