import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Makes the image: a Java runtime of just the modules that fusedem needs, fusedem's own among them, a launcher, a
 * cache of loaded classes, the manual page, the shell completion; and a zip of it all. Run by {@code mvn -Pimage
 * package} on the JDK 25 that the toolchain has found, whatever Java Maven runs on.
 */
final class BuildImage {
    private static final String NAME = "fusedem";

    private final Path sources;
    private final Path lib;
    private final Path image;

    private BuildImage(Path sources, Path lib, Path image) {
        this.sources = sources;
        this.lib = lib;
        this.image = image;
    }

    /** Arguments: the folder of this file, that of the jars, where the image goes, the zip, the time of its entries. */
    public static void main(String[] args) throws IOException, InterruptedException {
        BuildImage build = new BuildImage(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
        delete(build.image);
        build.link();
        build.addLauncher();
        build.addPages();
        build.addCache();
        build.zip(Path.of(args[3]), FileTime.from(Instant.parse(args[4])));
        System.out.println("image: " + build.image + ", zip: " + args[3] + ", "
                + (Files.size(Path.of(args[3])) >> 20) + " MiB");
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void link() throws IOException {
        Files.createDirectories(image.getParent());
        Path work = Files.createTempDirectory(NAME);
        ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow();
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int failed = jlink.run(out, out, "--module-path", Modules.describe(lib, work).toString(), "--add-modules", "org.fusedem.cli",
                "--output", image.toString(), "--strip-debug", "--no-header-files", "--no-man-pages");
        if (failed != 0) {
            throw new IOException("jlink failed: " + said);
        }
        delete(work);
    }

    private void addLauncher() throws IOException {
        Path launcher = image.resolve("bin", NAME);
        Files.copy(sources.resolve(NAME), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        if (!launcher.toFile().setExecutable(true, false)) {
            throw new IOException("cannot be made executable: " + launcher);
        }
    }

    private void addPages() throws IOException, InterruptedException {
        Path man = Files.createDirectories(image.resolve("share", "man", "man1")).resolve(NAME + ".1");
        run(man.toFile(), "man");
        Path completions = Files.createDirectories(image.resolve("share", "bash-completion", "completions"));
        run(completions.resolve(NAME).toFile(), "completion");
    }

    /** The classes that a fit with a report loads, as they are in memory; of no use with other options of modules. */
    private void addCache() throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(NAME);
        List<String> options = List.of("-XX:AOTCacheOutput=" + image.resolve("lib", NAME + ".aot").toAbsolutePath(),
                "--add-opens", "java.base/java.io=org.fusedem.cli");
        String data = sources.resolveSibling("examples").resolve("faithful.csv").toString();
        run(work.resolve("out").toFile(), options, "fit", data, "-k", "2", "--report",
                work.resolve("report.html").toString(), "--model", work.resolve("model.json").toString());
        delete(work);
    }

    private void run(File out, String... args) throws IOException, InterruptedException {
        run(out, List.of(), args);
    }

    private void run(File out, List<String> options, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(image.resolve("bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-m", "org.fusedem.cli/org.fusedem.cli.Main"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out);
        File errors = File.createTempFile(NAME, ".err");
        Process process = builder.redirectError(errors).start();
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + Files.readString(errors.toPath()));
        }
        Files.delete(errors.toPath());
    }

    /** In order, each entry with its permissions and the given time: the same image gives the same zip. */
    private void zip(Path zip, FileTime time) throws IOException {
        Files.deleteIfExists(zip);
        Map<String, String> options = Map.of("create", "true", "enablePosixFileAttributes", "true");
        try (FileSystem archive = FileSystems.newFileSystem(zip, options); Stream<Path> files = Files.walk(image)) {
            for (Path file : files.sorted().toList()) {
                Path entry = archive.getPath("/", image.getParent().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(entry);
                } else {
                    Files.copy(file, entry);
                }
                Files.setPosixFilePermissions(entry, Files.getPosixFilePermissions(file));
                Files.setLastModifiedTime(entry, time);
            }
        }
    }
}
