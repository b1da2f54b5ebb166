package org.fusedem.cli.plot;

/** Text within XML and HTML. */
public final class Markup {
    private Markup() {}

    /** The text with what would be markup in it replaced, and without characters that no document may have. */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : '\uFFFD');
            }
        });
        return escaped.toString();
    }

    /** XML 1.0, 2.2; also not those marks that turn the direction of all text behind them. */
    private static boolean isAllowed(int c) {
        boolean allowed = c >= ' ' && c != 0x7F && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
        boolean turning = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        return (allowed || c == '\t' || c == '\n') && !turning;
    }
}
