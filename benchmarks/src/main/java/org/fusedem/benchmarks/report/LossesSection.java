package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every case in which something else was faster, found by comparing, not by choice. */
final class LossesSection implements Section {
    @Override
    public void write(Results results, Page page) throws IOException {
        if (!results.hasAny("passes-vector", "peers-full", "peers-diagonal", "published-fits", "cold-fits", "latency-scores",
                "latency-fits")) {
            return;
        }
        List<String> losses = new ArrayList<>();
        addPasses(losses, results.of("passes-vector"), results.of("passes-scalar"));
        addPeers(losses, results.of("peers-full"));
        addPeers(losses, results.of("peers-diagonal"));
        losses.addAll(PublishedSection.losses(results));
        addCold(losses, results.of("cold-fits"));
        addLatencies(losses, results.of("latency-scores"));
        addLatencies(losses, results.of("latency-fits"));
        page.heading("Where we lose");
        page.paragraph(losses.isEmpty() ? "Nowhere, among the cases measured here." : "- " + String.join("\n- ", losses));
    }

    private static void addPasses(List<String> losses, List<Result> vector, List<Result> scalar) {
        for (Result ours : vector) {
            for (Result plain : scalar) {
                if (plain.has("shape", ours.parameters().get("shape")) && plain.seconds() < ours.seconds()) {
                    losses.add("The scalar kernel is faster: " + ours.shape().label() + ".");
                }
            }
        }
    }

    /** Beside our best, what small fits run in unless the process has been warmed up: it is what most will meet first. */
    private static void addPeers(List<String> losses, List<Result> times) {
        for (Result ours : times) {
            for (Result peer : times) {
                boolean warm = ours.has("peer", "FUSEDEM");
                boolean cold = ours.has("peer", "FUSEDEM_SCALAR") && !peer.has("peer", "FUSEDEM");
                if ((warm || cold) && peer.has("shape", ours.parameters().get("shape"))
                        && peer.seconds() < ours.seconds()) {
                    losses.add(PeersSection.name(peer.parameters().get("peer")) + " is faster"
                            + (cold ? " than our plain loops, which small fits run in without `ComputeKernel.warmUp`" : "")
                            + ": " + ours.shape().label() + ", " + Text.time(peer) + " against " + Text.time(ours) + ".");
                }
            }
        }
    }

    private static void addCold(List<String> losses, List<Result> fits) {
        for (Result ours : fits) {
            for (Result scalar : fits) {
                double first = ColdSection.firstMillis(ours);
                double reference = ColdSection.firstMillis(scalar);
                if (!ours.has("kernel", "scalar") && scalar.has("kernel", "scalar") && reference < first) {
                    losses.add("The first fit of a JVM takes longer than by the scalar kernel: " + ours.shape().label()
                            + ", kernel " + ours.parameters().get("kernel") + ", " + Text.time(first / 1e3) + " against "
                            + Text.time(reference / 1e3) + ".");
                }
            }
        }
    }

    private static void addLatencies(List<String> losses, List<Result> requests) {
        for (Result ours : requests) {
            for (Result scalar : requests) {
                for (String percentile : List.of("p50", "p99")) {
                    if (ours.has("kernel", "vector") && scalar.has("kernel", "scalar")
                            && scalar.mean(percentile) < ours.mean(percentile)) {
                        losses.add("Requests to " + ours.parameters().get("request").toLowerCase(Locale.ROOT)
                                + " wait longer for the vector kernel than for the scalar one: "
                                + ours.shape().label() + ", " + percentile + " "
                                + Text.time(ours.mean(percentile) / 1e6) + " against "
                                + Text.time(scalar.mean(percentile) / 1e6) + ".");
                    }
                }
            }
        }
    }
}
