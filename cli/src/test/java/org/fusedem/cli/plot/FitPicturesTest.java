package org.fusedem.cli.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.fusedem.fit.FitOptions;
import org.fusedem.fit.Fitter;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class FitPicturesTest {
    private static final List<String> HOSTILE = List.of("<script>alert(1)</script>", "\"]]>&amp;'", "\u0000\uFFFF\uD800",
            "\u202Egnp.exe", "a".repeat(5000), " ", "größe 📏");

    /** K components about the corners of a cube. */
    private static GaussianMixture mixture(int dims, int components) {
        double[] weights = new double[components];
        double[] means = new double[components * dims];
        double[] variances = new double[components * dims];
        Arrays.fill(weights, 1.0 / components);
        Arrays.fill(variances, 0.5);
        for (int i = 0; i < means.length; i++) {
            means[i] = 3 * (i * 7919 % 5);
        }
        return GaussianMixture.of(Covariance.DIAGONAL, dims, weights, means, variances);
    }

    private static List<Picture> all(FitPictures pictures, int dims) {
        List<Picture> all = new ArrayList<>(List.of(pictures.overview(), pictures.histograms(), pictures.certainty()));
        if (dims > 1) {
            all.add(pictures.directions());
        }
        if (dims > 1 && dims <= FitPictures.MOST_PAIRED) {
            all.add(pictures.pairs());
        }
        return all;
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void areWellFormedWhateverColumnsAreCalled() throws Exception {
        for (int dims = 1; dims <= HOSTILE.size(); dims++) {
            List<String> names = new ArrayList<>(HOSTILE).subList(0, dims);
            GaussianMixture mixture = mixture(dims, 9).withColumns(names);
            try (Points points = mixture.sample(500, 1)) {
                for (Picture picture : all(new FitPictures(String.join("", names), points, mixture), dims)) {
                    Document document = parsed(picture.svg());
                    assertEquals(0, document.getElementsByTagName("script").getLength());
                    assertTrue(!Pattern.compile("NaN|Infinity|null").matcher(picture.svg()).find(), picture.title());
                    assertTrue(picture.svg().length() < 1_000_000, picture.title());
                }
            }
        }
    }

    @Test
    void areTheSameInPixels() throws IOException {
        GaussianMixture mixture = mixture(2, 3);
        try (Points points = mixture.sample(300, 1)) {
            Picture picture = new FitPictures("data", points, mixture).overview();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            picture.writePng(bytes);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
            assertNotNull(image);
            assertEquals(2 * picture.width(), image.getWidth());
            assertEquals(2 * picture.height(), image.getHeight());
            for (int k = 0; k < 3; k++) {
                assertTrue(count(image, Palette.component(k)) > 500, "colour of component " + k);
                assertTrue(count(image, Palette.lightened(k)) > 500, "marks of component " + k);
            }
            assertTrue(count(image, Palette.PAPER) > image.getWidth() * image.getHeight() / 2, "paper");
        }
    }

    private static long count(BufferedImage image, int rgb) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(pixels).filter(pixel -> (pixel & 0xFFFFFF) == rgb).count();
    }

    /** Many points are counted in cells: the picture of a hundred times more points is about as large. */
    @Test
    void growNotWithThePoints() {
        GaussianMixture mixture = mixture(2, 3);
        try (Points few = mixture.sample(3_000, 1); Points many = mixture.sample(300_000, 1)) {
            String small = new FitPictures("data", few, mixture).overview().svg();
            String large = new FitPictures("data", many, mixture).overview().svg();
            assertTrue(large.contains("points per cell"));
            assertTrue(large.length() < 4 * small.length(), large.length() + " after " + small.length());
        }
    }

    @Test
    void sayWhatTheyDoNotShow() {
        double[][] rows = new double[200][];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = new double[] {n % 14, n % 2 == 0 ? n % 5 : 20 + n % 5};
        }
        rows[7] = new double[] {1e12, 3};
        rows[8] = new double[] {Double.NaN, 3};
        try (Points points = Points.ofIncompleteRows(rows)) {
            GaussianMixture mixture = Fitter.fit(points, FitOptions.components(2).withMissingValues().withRestarts(1))
                    .model().withMissingValues();
            String svg = new FitPictures("data", points, mixture).overview().svg();
            assertTrue(svg.contains("1 point lies far outside") && svg.contains("1 point lacks a value"));
        }
    }

    @Test
    void explainTheDashedLine() {
        for (int components = 1; components <= 2; components++) {
            GaussianMixture mixture = mixture(3, components);
            try (Points points = mixture.sample(100, 1)) {
                FitPictures pictures = new FitPictures("data", points, mixture);
                for (Picture picture : List.of(pictures.pairs(), pictures.histograms())) {
                    assertEquals(picture.svg().contains("stroke-dasharray"),
                            picture.svg().contains("dashed: all together"), picture.svg());
                }
            }
        }
    }

    /** One value only, one point only, all alike: nothing to see, but nothing breaks. */
    @Test
    void survivePoorData() throws Exception {
        for (double[][] rows : List.of(new double[][] {{1, 1}}, new double[][] {{2, 3}, {2, 3}, {2, 3}},
                new double[][] {{1e-150, 5}, {-1e140, 5}, {3, 5}})) {
            try (Points points = Points.ofRows(rows)) {
                GaussianMixture mixture = Fitter.fit(points, FitOptions.components(1)).model();
                for (Picture picture : all(new FitPictures("data", points, mixture), 2)) {
                    parsed(picture.svg());
                    assertTrue(!Pattern.compile("NaN|Infinity").matcher(picture.svg()).find(), picture.title());
                }
            }
        }
    }

    @Test
    void curvesTakeAnyValues() throws Exception {
        double[] values = {-1e9, Double.NEGATIVE_INFINITY, Double.NaN, -1e9 + 1, -1e9 + 1};
        for (Picture picture : List.of(FitPictures.trace(values), FitPictures.starts(values, 3),
                FitPictures.trace(new double[] {3}), FitPictures.criterion("BIC", List.of(), 1))) {
            parsed(picture.svg());
            assertTrue(!Pattern.compile("NaN|Infinity").matcher(picture.svg()).find(), picture.title());
        }
    }
}
