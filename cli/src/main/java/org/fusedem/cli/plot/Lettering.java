package org.fusedem.cli.plot;

/**
 * How text looks.
 *
 * @param size of the font, in pixels
 * @param rgb its colour
 * @param bold whether it stands out
 * @param anchor which part of it stands at the given place
 * @param halo whether a white rim keeps it apart from what is below
 * @param upward whether it is written from bottom to top
 */
record Lettering(double size, int rgb, boolean bold, Anchor anchor, boolean halo, boolean upward) {
    /** A part of a line of text. */
    enum Anchor { START, MIDDLE, END }

    private static final double TITLE_SIZE = 15;
    private static final double LABEL_SIZE = 12;
    private static final double TICK_SIZE = 11;

    static final Lettering TITLE = new Lettering(TITLE_SIZE, Palette.TEXT, true, Anchor.START, false, false);
    static final Lettering LABEL = new Lettering(LABEL_SIZE, Palette.TEXT, false, Anchor.START, false, false);
    static final Lettering NOTE = LABEL.coloured(Palette.FAINT_TEXT);
    static final Lettering TICK = new Lettering(TICK_SIZE, Palette.FAINT_TEXT, false, Anchor.MIDDLE, false, false);

    Lettering coloured(int changed) {
        return new Lettering(size, changed, bold, anchor, halo, upward);
    }

    Lettering anchored(Anchor changed) {
        return new Lettering(size, rgb, bold, changed, halo, upward);
    }

    /** Bold and with a halo: to be read on top of a picture. */
    Lettering onTop() {
        return new Lettering(size, rgb, true, anchor, true, upward);
    }

    Lettering upwards() {
        return new Lettering(size, rgb, bold, anchor, halo, true);
    }

    /** About how wide a text is: wide enough for the usual fonts, none of which need be here to make an SVG. */
    double width(String text) {
        return size * (bold ? 1.08 : 1) * text.codePoints().mapToDouble(Lettering::em).sum();
    }

    /** The text, cut to fit a width. */
    String fitted(String text, double width) {
        if (width(text) <= width) {
            return text;
        }
        StringBuilder fitted = new StringBuilder();
        double left = width - width("…");
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            String character = Character.toString(text.codePointAt(i));
            left -= width(character);
            if (left < 0) {
                break;
            }
            fitted.append(character);
        }
        return fitted.append('…').toString();
    }

    /** The width of a character in DejaVu Sans, which is wider than most, in units of the font's size. */
    private static double em(int character) {
        if (character < 0x80) {
            return switch (character) {
                case 'i', 'j', 'l', '\'', ' ', '.', ',', ':', ';', '|' -> 0.33;
                case 'f', 'r', 't', '(', ')', '[', ']', '-', '/', '"', '!' -> 0.42;
                case 'm', 'w', 'M', 'W', '@', '%' -> 0.97;
                default -> Character.isUpperCase(character) ? 0.7 : 0.63;
            };
        }
        return character < 0x1100 ? 0.65 : 1;
    }
}
