import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/**
 * Jars that are all named modules: jlink takes no others. One without a descriptor gets that which jdeps derives: it
 * exports all packages and requires what its classes use.
 */
final class Modules {
    private final Path lib;
    private final Path work;

    private Modules(Path lib, Path work) {
        this.lib = lib;
        this.work = work;
    }

    /**
     * Copies jars, descriptors added.
     *
     * @param lib their folder
     * @param work an empty folder
     * @return the folder of the copies, in {@code work}
     */
    static Path describe(Path lib, Path work) throws IOException {
        Modules modules = new Modules(lib, work);
        Path copies = Files.createDirectory(work.resolve("modules"));
        for (ModuleReference module : ModuleFinder.of(lib).findAll()) {
            Path jar = Path.of(module.location().orElseThrow());
            Path copy = Files.copy(jar, copies.resolve(jar.getFileName()));
            if (module.descriptor().isAutomatic()) {
                modules.describe(module.descriptor(), copy);
            }
        }
        return copies;
    }

    private void describe(ModuleDescriptor module, Path copy) throws IOException {
        run("jdeps", "--multi-release", "25", "--module-path", lib.toString(), "--generate-module-info",
                work.toString(), lib.resolve(copy.getFileName()).toString());
        Path folder = work.resolve(module.name());
        Path source;
        try (var files = Files.walk(folder)) {
            source = files.filter(file -> file.endsWith("module-info.java")).findFirst().orElseThrow();
        }
        run("javac", "--module-path", lib.toString(), "--patch-module", module.name() + "=" + copy, "-d",
                folder.toString(), source.toString());
        run("jar", "--update", "--file", copy.toString(), "-C", folder.toString(), "module-info.class");
    }

    private static void run(String tool, String... arguments) throws IOException {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        if (ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments) != 0) {
            throw new IOException(tool + " failed: " + said);
        }
    }
}
