package org.fusedem.cli.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;

class MixtureTableTest {
    private static String table(GaussianMixture model) throws IOException {
        StringBuilder text = new StringBuilder();
        MixtureTable.write(model, text);
        return text.toString();
    }

    @Test
    void showsMeansDeviationsAndCorrelations() throws IOException {
        GaussianMixture model = GaussianMixture.of(Covariance.FULL, 2, new double[] {0.25, 0.75},
                        new double[] {-1.5, 20_000, 30.25, 1}, new double[] {0.04, 0.1, 1e6, 4, 0, 9e6})
                .withColumns(List.of("length", "price in cents"));
        assertEquals("""
                component                                 1               2
                weight                               0.2500          0.7500
                length                               -1.500 ± 0.200  30.250 ± 2.000
                price in cents                        20000 ±  1000       1 ±  3000
                correlation of length, price in cents 0.001           0.000
                """.replaceAll(" +", " "), table(model).replaceAll(" +", " ").replace("\n\n", "\n"));
    }

    @Test
    void foldsWhatIsWiderThanAScreen() throws IOException {
        int components = 30;
        double[] weights = new double[components];
        Arrays.fill(weights, 1.0 / components);
        double[] variances = new double[components];
        Arrays.fill(variances, 1e-14);
        String table = table(GaussianMixture.of(
                Covariance.SPHERICAL, 1, weights, new double[components], variances));
        assertTrue(table.lines().allMatch(line -> line.length() <= 100), table);
        assertEquals(components, table.lines().filter(line -> line.startsWith("component"))
                .mapToInt(line -> line.strip().split(" +").length - 1).sum());
        assertTrue(table.contains("0.0000e+00 ± 1.0000e-07"), table);
    }

    @Test
    void leavesOutCorrelationsNobodyWouldRead() throws IOException {
        double[] triangle = new double[28];
        for (int i = 1; i <= 7; i++) {
            triangle[Covariance.triangle(i) - 1] = 1;
        }
        assertTrue(!table(GaussianMixture.of(Covariance.FULL, 7, new double[] {1}, new double[7], triangle))
                .contains("correlation"));
    }
}
