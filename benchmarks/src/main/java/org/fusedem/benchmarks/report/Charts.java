package org.fusedem.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The look that all charts share. */
final class Charts {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 620;

    /** Colours that stay apart for colour-blind readers, after Okabe and Ito; markers differ as well. */
    private static final Color[] COLORS = {
        new Color(0x0072B2), new Color(0xE69F00), new Color(0x009E73), new Color(0xD55E00), new Color(0xCC79A7),
        new Color(0x56B4E9), new Color(0x000000)
    };

    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.DIAMOND, SeriesMarkers.CROSS,
        SeriesMarkers.TRIANGLE_DOWN, SeriesMarkers.PLUS
    };

    private Charts() {}

    /** Curves or points over two logarithmic axes. */
    static XYChart logLog(String title, String x, String y) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(x).yAxisTitle(y).build();
        style(chart.getStyler());
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(Charts::tick);
        chart.getStyler().setYAxisTickLabelsFormattingFunction(Charts::tick);
        return chart;
    }

    /** Bars beside each other. */
    static CategoryChart bars(String title, String y) {
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).yAxisTitle(y).build();
        style(chart.getStyler());
        chart.getStyler().setAvailableSpaceFill(0.8);
        return chart;
    }

    private static void style(AxesChartStyler styler) {
        styler.setSeriesColors(COLORS);
        styler.setSeriesMarkers(MARKERS);
        styler.setMarkerSize(9);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotGridLinesColor(new Color(0xDDDDDD));
        styler.setPlotBorderVisible(false);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setChartPadding(16);
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    }

    /** Room between the smallest and the largest value of a logarithmic axis, and whole decades at its ends. */
    static double decadeBelow(List<Double> values) {
        return Math.pow(10, Math.floor(Math.log10(values.stream().mapToDouble(v -> v).min().orElse(1))));
    }

    static double decadeAbove(List<Double> values) {
        return Math.pow(10, Math.ceil(Math.log10(values.stream().mapToDouble(v -> v).max().orElse(1))));
    }

    /** A line without markers. */
    static XYSeries line(XYChart chart, String name, double[] x, double[] y) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineStyle(new BasicStroke(2.5f));
        return series;
    }

    /** Markers without a line. */
    static XYSeries points(XYChart chart, String name, double[] x, double[] y) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setLineStyle(SeriesLines.NONE);
        return series;
    }

    /** A tick of a logarithmic axis: 0.01, 1, 100, 10k, 1M. */
    static String tick(double value) {
        if (value >= 1e9) {
            return digits(value / 1e9) + "G";
        }
        if (value >= 1e6) {
            return digits(value / 1e6) + "M";
        }
        return value >= 1e3 ? digits(value / 1e3) + "k" : digits(value);
    }

    private static String digits(double value) {
        return value >= 1 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.3g", value)
                .replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
