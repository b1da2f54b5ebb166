package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports, as text and as a real browser shows them. */
class ReportTest {
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)\\b(src|href|action)\\s*=|url\\(|@import");
    /** The second component's colour, which nothing else on a page has. */
    private static final int VERMILLION = 0xD55E00;

    @TempDir
    private Path folder;

    private String report(String command) throws IOException {
        Path page = folder.resolve("report.html");
        CommandRun.of((command + " --report " + page).split(" ")).assertFine();
        return Files.readString(page);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void tellAboutAFit() throws IOException {
        String page = report("fit examples/faithful.csv -k 2 --seed 7 --restarts 5");
        for (String part : List.of("<h1>Gaussian mixture of faithful.csv</h1>", "<td>2.036 ± 0.263</td>", "-1130.26",
                "<th scope=\"row\">seed</th><td>7</td>", "<th scope=\"row\">--restarts</th><td>5</td>",
                "--max-iterations</th><td>1000 (default)</td>", "fusedem fit examples/faithful.csv -k 2 --seed 7",
                "Log-likelihood by iteration",
                "Log-likelihood by start", "How sure the components")) {
            assertTrue(page.contains(part), part);
        }
        assertEquals(5, count(page, "<figure>"));
        assertTrue(!page.contains("Warning") && !page.contains("short runs,"));
    }

    /** A curve of two dots shows nothing. */
    @Test
    void haveNoTraceOfARunThatWasDoneAlready() throws IOException {
        String page = report("fit examples/faithful.csv -k 2");
        assertTrue(page.contains("<th scope=\"row\">iterations</th><td>1 after the short runs, until"), page);
        assertTrue(!page.contains("Log-likelihood by iteration") && page.contains("Log-likelihood by start"));
        page = report("fit examples/faithful.csv -k 2 --restarts 1 --max-iterations 2");
        assertTrue(!page.contains("How the fit went"));
    }

    @Test
    void countsAsPeopleDo() throws IOException {
        assertTrue(report("fit examples/faithful.csv -k 1").contains("<td>1 component with full covariance</td>"));
        assertTrue(report("select examples/faithful.csv -k 1").contains("<td>1 component with "));
    }

    @Test
    void tellAboutASelection() throws IOException {
        String page = report("select examples/iris.csv -k 1..4 --columns 1-4 --restarts 2 --folds 3");
        for (String part : List.of("BIC by number of components", "ICL by number of components",
                "held-out log-likelihood by number of components", "2 components with full covariance", "spherical",
                "Log-likelihood by iteration")) {
            assertTrue(page.contains(part), part);
        }
        assertEquals(1, count(page, "<tr class=\"best\">"));
    }

    /** Of two and three components of Old Faithful, BIC prefers three, and ICL two. */
    @Test
    void ringTheBestByEachCriterion() throws IOException {
        String page = report("select examples/faithful.csv -k 2..3 --covariance tied --restarts 2");
        assertTrue(page.contains("ringed: the best by BIC") && page.contains("ringed: the best by ICL"));
        double[] rings = Pattern.compile("stroke=\"#222222\" stroke-width=\"1.5\"[^>]* d=\"m(\\d+\\.?\\d*) ").matcher(page)
                .results().mapToDouble(ring -> Double.parseDouble(ring.group(1))).limit(2).toArray();
        assertTrue(rings[0] > 300 && rings[1] < 200, rings[0] + ", " + rings[1]);
    }

    @Test
    void warn() throws IOException {
        Path data = folder.resolve("data.csv");
        Files.writeString(data, "x,y\n" + "1,2\n".repeat(20) + "3,4\n5,7\n6,1\n8,8\n");
        String page = report("fit " + data + " -k 2");
        assertTrue(page.contains("<p class=\"warning\">Warning: component "));
        page = report("fit examples/faithful.csv -k 3 --max-iterations 2 --restarts 1");
        assertTrue(page.contains("<p class=\"warning\">Warning: not converged"));
    }

    @Test
    void takeMissingValues() throws IOException {
        Path data = folder.resolve("data.csv");
        Files.writeString(data, "x,y\n1,2\nNA,3\n4,5\n9,9\n8,NA\n7,8\n1,1\n2,2\n8,9\n");
        String page = report("fit " + data + " -k 1 --missing");
        assertTrue(page.contains("9 (2 values missing)") && page.contains("2 points lack a value"));
    }

    @Test
    void areRefusedBeforeTheWork() throws IOException {
        CommandRun.of("fit", "examples/faithful.csv", "-k", "2", "--report", folder.toString())
                .assertRefused(2, "fusedem fit: --report: " + folder + ": is a directory");
    }

    /** Columns and files are called what attackers call them; a browser shows it, and loads and runs nothing. */
    @Test
    void showInABrowserWhateverColumnsAreCalled() throws Exception {
        Path data = folder.resolve("<b>&data'.csv");
        String rows = Files.readString(Path.of("examples", "faithful.csv"));
        Files.writeString(data, "<img src=x onerror=document.title=`broken`>,\"</svg><script>document.title='broken'"
                + "</script>\"" + rows.substring(rows.indexOf('\n')));
        Path page = folder.resolve("report.html");
        CommandRun.of("fit", data.toString(), "-k", "2", "--report", page.toString()).assertFine();

        Browser browser = Browser.find();
        Document shown = new Document(browser.dump(page));
        assertEquals("Gaussian mixture of &lt;b&gt;&amp;data'.csv", shown.between("<title>", "</title>"));
        for (String tag : List.of("<img", "<script", "<b>", "<link", "<iframe", "<object", "<foreignobject")) {
            assertTrue(!shown.html.toLowerCase(Locale.ROOT).contains(tag), tag);
        }
        assertEquals(4, count(shown.html, "<figure>"));
        String outside = shown.html.replaceAll("(?s)<code>.*?</code>|>[^<]*<", "><");
        assertTrue(!ELSEWHERE.matcher(outside.replaceAll("<meta [^>]*>", "")).find(), "from elsewhere");

        BufferedImage picture = ImageIO.read(browser.picture(page, folder.resolve("page.png")).toFile());
        int ellipses = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                ellipses += (picture.getRGB(x, y) & 0xFFFFFF) == VERMILLION ? 1 : 0;
            }
        }
        assertTrue(ellipses > 300, "pixels of the second component: " + ellipses);
    }

    private record Document(String html) {
        String between(String begin, String end) {
            int from = html.indexOf(begin) + begin.length();
            return html.substring(from, html.indexOf(end, from));
        }
    }
}
