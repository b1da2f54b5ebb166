package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.fusedem.files.ModelFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import py4j.reflection.ReflectionEngine;

class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void theExampleRuns() throws Exception {
        String example = Readme.block("java", "FusedGaussianMixtureModel model").replace("hdfs:///models", folder.toString());
        Path source = folder.resolve("Example.java");
        Files.writeString(source, "import org.apache.spark.sql.*;\nimport org.fusedem.model.GaussianMixture;\n"
                + "import org.fusedem.spark.*;\npublic class Example {\n"
                + "public static void run(Dataset<Row> dataset) throws Exception {\n" + example + "}}\n");
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), "-cp",
                System.getProperty("java.class.path"), source.toString()));
        Dataset<Row> dataset = LocalSession.get().range(500)
                .selectExpr("rand(1) temperature", "randn(2) pressure", "rand(3) * id flow");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass("Example").getMethod("run", Dataset.class).invoke(null, dataset);
        }
        assertEquals(8, ModelFiles.read(folder.resolve("flow/data/model.json")).components());
    }

    @Test
    void everyParamIsInTheTable() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        Arrays.stream(new FusedGaussianMixture().params())
                .forEach(param -> assertTrue(readme.contains("`" + param.name() + "`"), param::name));
    }

    /** The calls of the wrapper for Python, made by the half of py4j that Spark brings; an int arrives as Integer. */
    @Test
    void theWrapperForPythonFindsItsMethods() {
        ReflectionEngine py4j = new ReflectionEngine();
        Object estimator = call(py4j, new FusedGaussianMixture(), "setK", 3);
        for (Object[] param : new Object[][] {{"setFeaturesCol", "features"}, {"setWeightCol", "weight"},
            {"setPredictionCol", "p"}, {"setProbabilityCol", "r"}, {"setLogDensityCol", "d"}, {"setCovarianceType", "tied"},
            {"setMaxIter", 2}, {"setTol", 0.0}, {"setSeed", 7}, {"setRegularization", 0.001}, {"setAggregationDepth", 3},
            {"setCheckpointInterval", -1}, {"setStorage", "memory"}}) {
            call(py4j, estimator, (String) param[0], param[1]);
        }
        assertEquals(7, ((FusedGaussianMixture) estimator).getSeed());
        assertEquals(0, ((FusedGaussianMixture) estimator).getTol());
        Dataset<Row> data = LocalSession.dataset(
                LocalSession.get(), LocalSession.sample(LocalSession.truth(), 300, 1), 2);
        Object model = call(py4j, estimator, "fit", data);
        Object summary = call(py4j, model, "summary");
        assertTrue((Double) call(py4j, summary, "logLikelihood") < 0);
        Dataset<?> scored = (Dataset<?>) call(py4j, model, "transform", data);
        assertEquals(300, scored.filter("p >= 0 and d < 0").count());
        call(py4j, estimator, "setInitialModel", call(py4j, model, "mixture"));
        call(py4j, estimator, "setInitialModel", model);
        call(py4j, estimator, "setFeaturesCols", (Object) new String[] {"x", "y"});
    }

    private static Object call(ReflectionEngine py4j, Object target, String method, Object... arguments) {
        return py4j.invoke(target, py4j.getMethod(target, method, arguments), arguments);
    }
}
