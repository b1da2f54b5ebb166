package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Every case in which something else was faster, found by comparing, not by choice. */
final class LossesSection implements Section {
    @Override
    public void write(Results results, Page page) throws IOException {
        List<String> losses = new ArrayList<>();
        for (Result ours : results.of("passes-vector")) {
            for (Result scalar : results.of("passes-scalar")) {
                if (ours.parameters().get("shape").equals(scalar.parameters().get("shape"))
                        && scalar.seconds() < ours.seconds()) {
                    losses.add("The scalar kernel is faster: " + ours.shape().label() + ".");
                }
            }
        }
        for (String suite : List.of("peers-full", "peers-diagonal")) {
            addPeers(losses, results.of(suite));
        }
        losses.addAll(PublishedSection.losses(results));
        addCold(losses, results.of("cold-fits"));
        page.heading("Where we lose");
        page.paragraph(losses.isEmpty() ? "Nowhere, among the cases measured here." : "- " + String.join("\n- ", losses));
    }

    private static void addPeers(List<String> losses, List<Result> times) {
        for (Result ours : times) {
            for (Result peer : times) {
                if (ours.has("peer", "FUSEDEM") && peer.parameters().get("shape").equals(ours.parameters().get("shape"))
                        && peer.seconds() < ours.seconds()) {
                    losses.add(PeersSection.name(peer.parameters().get("peer")) + " is faster: " + ours.shape().label()
                            + ", " + Text.time(peer) + " against " + Text.time(ours) + ".");
                }
            }
        }
    }

    private static void addCold(List<String> losses, List<Result> fits) {
        for (Result ours : fits) {
            for (Result scalar : fits) {
                double first = ours.values()[0][0];
                double reference = scalar.values()[0][0];
                if (!ours.has("kernel", "scalar") && scalar.has("kernel", "scalar") && reference < first) {
                    losses.add("The first fit of a JVM takes longer than by the scalar kernel: " + ours.shape().label()
                            + ", kernel " + ours.parameters().get("kernel") + ", " + Text.time(first / 1e3) + " against "
                            + Text.time(reference / 1e3) + ".");
                }
            }
        }
    }
}
