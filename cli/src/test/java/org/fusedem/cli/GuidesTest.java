package org.fusedem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands and Java programs of README.md and of all pages in docs/ run, in their order, and print what the page shows
 * after them, times aside. Python is {@link PythonTest}'s,
 * R {@link RTest}'s.
 */
class GuidesTest {
    private static final Path ROOT = Path.of("..");

    /** Seconds in a sentence, and at the end of a row of select's table, with the spaces that align them. */
    private static final Pattern TIMES =
            Pattern.compile("\\b\\d+\\.\\d{3}(?= s\\b)|(?<=^[* ] {1,20}\\d .{1,200}) +\\d+\\.\\d{3}$", Pattern.MULTILINE);

    /** Doubles in full: their last digits may be others where Math.exp and Math.log are. */
    private static final Pattern DOUBLES = Pattern.compile("-?\\d+\\.\\d{10,}(E-?\\d+)?");

    /** What builds fusedem, or starts from a build that tests do not make. */
    private static final Pattern BUILDS = Pattern.compile("^(mvn|unzip) ");

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");
    private static final Pattern OURS = Pattern.compile("^\\|.*\\| *([^|]+?) *\\|$", Pattern.MULTILINE);
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @TempDir
    private Path folder;

    static Stream<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            List<String> guides = files.map(file -> "docs/" + file.getFileName())
                    .filter(name -> name.endsWith(".md")).sorted().toList();
            return Stream.concat(Stream.of("README.md"), guides.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void examplesPrintWhatIsShown(String page) throws IOException, InterruptedException {
        GuideFolder place = new GuideFolder(folder);
        for (GuidePage.Block block : GuidePage.read(ROOT.resolve(page)).blocks()) {
            String printed = switch (block.language()) {
                case "sh" -> BUILDS.matcher(block.content()).find() ? null : place.shell(block.content());
                case "java" -> {
                    String name = place.save(block.content());
                    // Without output it is a fragment of the tables' test, or what a command below runs.
                    yield block.output() == null ? null : place.java(name);
                }
                default -> null;
            };
            if (printed != null && block.output() != null) {
                assertEquals(comparable(block.output()), comparable(printed), block.content());
            }
        }
    }

    private static String comparable(String output) {
        return DOUBLES.matcher(TIMES.matcher(output).replaceAll("?"))
                .replaceAll(number -> String.format(Locale.ROOT, "%.9e", Double.valueOf(number.group())));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(String page) throws IOException {
        Path file = ROOT.resolve(page);
        LINK.matcher(Files.readString(file)).results().forEach(link ->
                assertTrue(Files.exists(file.resolveSibling(link.group(1))), page + " links to " + link.group(1)));
    }

    /** The jar's name and the dependency are those of this version. */
    @Test
    void theReadmeNamesTheVersion() throws IOException {
        Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertTrue(version.find());
        String page = Files.readString(ROOT.resolve("README.md"));
        for (String part : List.of("/fusedem-%s.jar", "<version>%s</version>")) {
            assertTrue(page.contains(part.formatted(version.group(1))), part + " with " + version.group(1));
        }
    }

    /** What stands in the text as an option is one of the command's, or of the JVM's. */
    @ParameterizedTest
    @MethodSource("pages")
    void optionsExist(String page) throws IOException {
        String help = Stream.of("fit", "select", "score", "plot", "sample", "convert")
                .map(command -> CommandRun.of(command, "--help").out()).collect(Collectors.joining());
        Stream<String> known = Stream.concat(Stream.of("--help", "--add-modules"), words(help));
        Set<String> options = known.collect(Collectors.toSet());
        List<String> named = CODE.matcher(GuidePage.read(ROOT.resolve(page)).prose()).results()
                .flatMap(code -> words(code.group(1))).toList();
        assertEquals(List.of(), named.stream().filter(option -> !options.contains(option)).toList());
    }

    private static Stream<String> words(String text) {
        return OPTION.matcher(text).results().map(MatchResult::group);
    }

    /** Each expression in the last column of a table of migrate.md is evaluated, after the page's declarations. */
    @Test
    void callsOfTheMigrationTablesRun() throws IOException, InterruptedException {
        GuidePage page = GuidePage.read(ROOT.resolve("docs/migrate.md"));
        GuideFolder place = new GuideFolder(folder);
        List<String> calls = new ArrayList<>();
        Matcher ours = OURS.matcher(page.text());
        while (ours.find()) {
            CODE.matcher(ours.group(1)).results().map(code -> code.group(1)).forEach(calls::add);
        }
        assertTrue(calls.size() > 30, "the tables are found");
        StringBuilder program = new StringBuilder(page.contents("java").getFirst());
        StringBuilder statements = new StringBuilder();
        for (int i = 0; i < calls.size(); i++) {
            statements.append("    Object call").append(i).append(" = ").append(calls.get(i)).append(";\n");
        }
        program.insert(program.lastIndexOf("}"), statements);
        assertEquals("", place.java(place.save(program.toString())));
    }
}
