package org.fusedem.cli.report;

import static org.fusedem.cli.plot.Markup.escaped;

import java.util.List;
import java.util.Map;
import org.fusedem.cli.plot.Picture;

/**
 * A page of HTML, put together from top to bottom. It is complete in itself: no script, nothing from elsewhere, and a
 * policy that forbids both, whatever the names of columns and files may be; all text is escaped.
 */
public final class Page {
    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, 'DejaVu Sans', 'Segoe UI', Arial, sans-serif; color: #222; background: #f5f6f7;
              margin: 0; }
            main { max-width: 1130px; margin: 0 auto; padding: 24px; }
            h1 { font-size: 24px; margin: 8px 0 14px; overflow-wrap: anywhere; }
            h2 { font-size: 18px; margin: 36px 0 10px; }
            p { margin: 4px 0 12px; max-width: 75ch; }
            .wide { overflow-x: auto; }
            .warning { background: #fff4e0; border-left: 4px solid #d55e00; padding: 8px 12px; margin: 8px 0;
              max-width: none; }
            table { border-collapse: collapse; background: #fff; font-variant-numeric: tabular-nums; }
            th, td { padding: 5px 12px; border-bottom: 1px solid #e2e4e6; text-align: right; white-space: nowrap; }
            th { font-weight: 600; color: #444; }
            th:first-child, td:first-child { text-align: left; }
            table.facts td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
            table.facts th { text-align: left; }
            tr.best td { background: #e8f2f9; font-weight: 600; }
            figure { margin: 12px 0; display: inline-block; vertical-align: top; max-width: 100%; }
            figure svg { max-width: 100%; height: auto; border: 1px solid #e2e4e6; background: #fff; }
            code { font: 13px/1.5 ui-monospace, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
            footer { color: #666; font-size: 13px; margin-top: 40px; }
            @media print { body { background: #fff; } main { max-width: none; padding: 0; } figure { break-inside: avoid; } }
            """;

    private final StringBuilder html = new StringBuilder();

    /** An empty page but for its title. */
    public Page(String title) {
        html.append("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>""").append(escaped(title)).append("</title>\n<style>\n").append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>").append(escaped(title)).append("</h1>\n");
    }

    /** A heading. */
    public Page section(String title) {
        html.append("<h2>").append(escaped(title)).append("</h2>\n");
        return this;
    }

    /** A paragraph. */
    public Page paragraph(String text) {
        html.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    /** A paragraph that stands out. */
    public Page warning(String text) {
        html.append("<p class=\"warning\">").append(escaped(text)).append("</p>\n");
        return this;
    }

    /** Something typed. */
    public Page command(String text) {
        html.append("<p><code>").append(escaped(text)).append("</code></p>\n");
        return this;
    }

    /** Names and what they stand for. */
    public Page facts(Map<String, String> facts) {
        html.append("<table class=\"facts\">\n");
        facts.forEach((name, value) -> html.append("<tr><th scope=\"row\">").append(escaped(name)).append("</th><td>")
                .append(escaped(value)).append("</td></tr>\n"));
        html.append("</table>\n");
        return this;
    }

    /**
     * A table of numbers, as wide as it must be.
     *
     * @param columns their names
     * @param rows as many cells as columns each
     * @param best the row that stands out, or -1
     */
    public Page table(List<String> columns, List<List<String>> rows, int best) {
        html.append("<div class=\"wide\"><table>\n<tr>");
        columns.forEach(column -> html.append("<th scope=\"col\">").append(escaped(column)).append("</th>"));
        html.append("</tr>\n");
        for (int i = 0; i < rows.size(); i++) {
            html.append(i == best ? "<tr class=\"best\">" : "<tr>");
            rows.get(i).forEach(cell -> html.append("<td>").append(escaped(cell)).append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</table></div>\n");
        return this;
    }

    /** A picture; those that fit beside each other stand so. */
    public Page picture(Picture picture) {
        html.append("<figure>\n").append(picture.svg()).append("</figure>\n");
        return this;
    }

    /** All of it, with a last line. */
    public String finished(String footer) {
        return html + "<footer>" + escaped(footer) + "</footer>\n</main>\n</body>\n</html>\n";
    }
}
