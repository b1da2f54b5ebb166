package org.fusedem.benchmarks.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;

/** A Markdown page that grows section by section, and the folder its charts go to. */
final class Page {
    private final Path folder;
    private final StringBuilder text = new StringBuilder();

    Page(Path folder) {
        this.folder = folder;
    }

    void title(String title) {
        text.append("# ").append(title).append("\n\n");
    }

    void heading(String heading) {
        text.append("## ").append(heading).append("\n\n");
    }

    void paragraph(String paragraph) {
        text.append(paragraph.strip()).append("\n\n");
    }

    /** The first column is text, the others are numbers. */
    void table(List<String> header, List<List<String>> rows) {
        row(header);
        text.append("| --- |").append(" ---: |".repeat(header.size() - 1)).append('\n');
        rows.forEach(this::row);
        text.append('\n');
    }

    private void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Saves a chart as {@code <name>.png} and shows it. */
    void chart(String name, Chart<?, ?> chart) throws IOException {
        BufferedImage image = new BufferedImage(chart.getWidth(), chart.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        chart.paint(graphics, image.getWidth(), image.getHeight());
        graphics.dispose();
        ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
        text.append("![").append(chart.getTitle()).append("](").append(name).append(".png)\n\n");
    }

    /** The page, its charts beside it. */
    String markdown() {
        return text.toString().stripTrailing() + "\n";
    }

    /** The page for another folder, which reaches the charts under this path. */
    String markdown(String path) {
        return markdown().replace("](", "](" + path + "/").replace("](" + path + "/http", "](http");
    }
}
