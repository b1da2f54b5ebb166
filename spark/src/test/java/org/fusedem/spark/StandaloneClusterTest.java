package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.fusedem.files.ModelFiles;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Fitter;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master, two workers and a submitted application, each in a process of its own, started as Spark's scripts do. */
class StandaloneClusterTest {
    @TempDir
    Path folder;

    @Test
    void aSubmittedApplicationFits() throws Exception {
        String master = "spark://127.0.0.1:" + Processes.freePort();
        Path csv = Path.of("../cli/examples/faithful.csv").toRealPath();
        try (Processes processes = new Processes(folder)) {
            processes.start("master", Processes.command("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1",
                    "--port", master.substring(master.lastIndexOf(':') + 1), "--webui-port", "0"));
            processes.await("master", "New state: ALIVE");
            for (String worker : List.of("worker-1", "worker-2")) {
                processes.start(worker, Processes.command("org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1",
                        "--webui-port", "0", "--cores", "1", "--memory", "8g", "--work-dir",
                        folder.resolve(worker).toString(), master));
                processes.await(worker, "Successfully registered with master");
            }
            Process submit = processes.start("submit", Processes.command(submitted(master, csv)));
            boolean ended = submit.waitFor(120, TimeUnit.SECONDS);
            assertEquals(0, ended ? submit.exitValue() : -1, processes.said("submit"));
        }
        double[][] rows = Files.readAllLines(csv).stream().skip(1).map(line -> line.split(","))
                .map(cells -> new double[] {Double.parseDouble(cells[0]), Double.parseDouble(cells[1])})
                .toArray(double[][]::new);
        try (Points points = Points.ofRows(rows)) {
            double expected = Fitter.fit(points, FitOptions.components(2)).logLikelihood();
            double submitted = Double.parseDouble(Files.readString(folder.resolve("logLikelihood.txt")));
            // Both end within the tolerance of the one optimum, which is 1e-7 for each point and iteration.
            assertEquals(expected, submitted, 1e-5 * rows.length);
            assertEquals(submitted, ModelFiles.read(folder.resolve("model.json")).logLikelihood(points), 1e-9);
        }
    }

    /** The command of README.md, with its flags and no others. */
    private String[] submitted(String master, Path csv) throws Exception {
        List<String> words = new ArrayList<>();
        for (String word : Readme.command("spark-submit")) {
            words.add(switch (word) {
                case "spark-submit" -> "org.apache.spark.deploy.SparkSubmit";
                case "spark://host:7077" -> master;
                case "my.Application" -> SubmittedFit.class.getName();
                case "application.jar" -> application().toString();
                default -> word.replaceAll("(^|,)(src|spark)/target", "$1" + Path.of("..").toRealPath() + "/$2/target");
            });
        }
        words.addAll(List.of(csv.toString(), folder.toString()));
        return words.toArray(String[]::new);
    }

    /** A jar of the application's one class. */
    private Path application() throws Exception {
        Path jar = folder.resolve("application.jar");
        String name = SubmittedFit.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(name));
            out.write(SubmittedFit.class.getClassLoader().getResourceAsStream(name).readAllBytes());
        }
        return jar;
    }
}
