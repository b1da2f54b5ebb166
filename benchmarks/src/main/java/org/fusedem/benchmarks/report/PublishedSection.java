package org.fusedem.benchmarks.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.fusedem.benchmarks.Shape;

/** What others have published, and our times for the same problems. */
final class PublishedSection implements Section {
    private static final String PYCAVE =
            "scikit-learn and TorchGMM: Xeon E5-2630 v4, 4 cores, and GeForce GTX 1080 Ti, as the"
            + " [TorchGMM benchmark page](https://github.com/CSOgroup/torchgmm/blob/main/docs/benchmark.md) says,"
            + " which repeats PyCave's; the fastest of its variants on each device is quoted.";
    private static final String FLASH =
            "Flash-GMM: one E-step in float on an A100 80 GB, as the"
            + " [README of IBM/Flash-GMM](https://github.com/IBM/Flash-GMM) says; TorchGMM on the same card and SciPy on an"
            + " unnamed CPU are derived from the speed-ups (22x and 1738x) it names.";

    /** The fits, in seconds. */
    private record Fit(String shape, double scikitLearn, double torchCpu, double torchGpu) {}

    private static final List<Fit> FITS = List.of(
            new Fit("diagonal:10k:8:4", 0.352, 0.649, 0.358),
            new Fit("diagonal:100k:32:16", 18.4, 4.3, 0.527),
            new Fit("diagonal:1M:64:64", 730, 196, 7.7),
            new Fit("full:10k:8:4", 1.1, 0.679, 0.648),
            new Fit("full:100k:32:16", 110, 13.5, 2.4));

    private static final double FLASH_SECONDS = 0.152;
    private static final double TORCH_TIMES_FLASH = 22;
    private static final double SCIPY_TIMES_FLASH = 1738;

    /** A sentence for each fit that was published with a shorter time than ours, whatever the machine. */
    static List<String> losses(Results results) throws IOException {
        List<String> losses = new ArrayList<>();
        for (Fit fit : FITS) {
            results.find("published-fits", r -> r.has("shape", fit.shape)).ifPresent(ours -> {
                addLoss(losses, "scikit-learn", fit.scikitLearn, ours);
                addLoss(losses, "TorchGMM on a CPU", fit.torchCpu, ours);
                addLoss(losses, "TorchGMM on a GPU", fit.torchGpu, ours);
            });
        }
        return losses;
    }

    private static void addLoss(List<String> losses, String who, double seconds, Result ours) {
        if (seconds < ours.seconds()) {
            losses.add(who + ", on the machine named above, is faster: 100 iterations of " + ours.shape().label() + ", "
                    + Text.time(seconds) + " against " + Text.time(ours) + " for the first fit of our JVM.");
        }
    }

    @Override
    public void write(Results results, Page page) throws IOException {
        List<Result> fits = results.of("published-fits");
        List<Result> passes = results.of("published-passes");
        if (fits.isEmpty() && passes.isEmpty()) {
            return;
        }
        page.heading("Problems that others have published");
        page.paragraph("Exactly 100 EM iterations from given means; ours by all cores of this machine, in double, in a JVM"
                + " that has fitted nothing before (its start and the making of the data do not count). " + PYCAVE);
        List<List<String>> rows = new ArrayList<>();
        for (Fit fit : FITS) {
            rows.add(List.of(Shape.parse(fit.shape).label(),
                    results.find("published-fits", r -> r.has("shape", fit.shape)).map(Text::time).orElse("-"),
                    Text.time(fit.scikitLearn), Text.time(fit.torchCpu), Text.time(fit.torchGpu)));
        }
        page.table(List.of("fit", "fusedem, this machine", "scikit-learn", "TorchGMM, CPU", "TorchGMM, GPU"), rows);

        page.paragraph("One E-step, spherical, 1M x 128, K=1024. " + FLASH);
        List<List<String>> steps = new ArrayList<>();
        for (Result pass : passes) {
            steps.add(List.of("fusedem, this machine, " + pass.parameters().get("type") + ", " + pass.shape().label(),
                    Text.time(pass)));
        }
        steps.add(List.of("Flash-GMM, A100", Text.time(FLASH_SECONDS)));
        steps.add(List.of("TorchGMM, A100", Text.time(FLASH_SECONDS * TORCH_TIMES_FLASH)));
        steps.add(List.of("SciPy, CPU", Text.time(FLASH_SECONDS * SCIPY_TIMES_FLASH)));
        page.table(List.of("E-step", "time"), steps);
    }
}
