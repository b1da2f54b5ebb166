package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.opentest4j.TestAbortedException;

/** A real Chromium without a window. */
record Browser(Path program) {
    /**
     * The one on this machine. Without one the test is left out and says so; where the environment has
     * FUSEDEM_NEEDS_BROWSER, as .ci/run sets it, the test fails.
     */
    static Browser find() {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
                if (Files.isExecutable(Path.of(folder, name))) {
                    return new Browser(Path.of(folder, name));
                }
            }
        }
        String sentence = "NOT TESTED: there is no chromium on the PATH, so no browser has seen the report"
                + " (on Debian: apt install chromium)";
        if (System.getenv("FUSEDEM_NEEDS_BROWSER") != null) {
            Assertions.fail(sentence);
        }
        System.err.println(sentence);
        throw new TestAbortedException(sentence);
    }

    /** The page as it is once it is loaded. */
    String dump(Path page) throws IOException, InterruptedException {
        return run(page, "--dump-dom");
    }

    /** What it looks like, in a file. */
    Path picture(Path page, Path png) throws IOException, InterruptedException {
        run(page, "--screenshot=" + png, "--window-size=1200,1500");
        return png;
    }

    private String run(Path page, String... options) throws IOException, InterruptedException {
        Path profile = Files.createTempDirectory("browser");
        try {
            List<String> command = new ArrayList<>(List.of(program.toString(), "--headless", "--no-sandbox",
                    "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--user-data-dir=" + profile));
            command.addAll(List.of(options));
            command.add(page.toUri().toString());
            LimitedProcess browser =
                    LimitedProcess.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD));
            assertEquals(0, browser.exitCode());
            return browser.printed();
        } finally {
            try (Stream<Path> files = Files.walk(profile)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
            }
        }
    }
}
