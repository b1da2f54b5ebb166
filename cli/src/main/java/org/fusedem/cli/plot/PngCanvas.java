package org.fusedem.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;

/** A picture in pixels, two to a CSS pixel in each direction: sharp on paper and on today's screens. */
final class PngCanvas implements Canvas {
    private static final double SCALE = 2;
    private static final float HALO_WIDTH = 3;
    private static final float MITER_LIMIT = 10;

    private final Graphics2D graphics;

    private PngCanvas(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /**
     * Writes a picture; the stream stays open.
     *
     * @throws IOException if there is no font, or the stream throws it
     */
    static void write(Picture picture, OutputStream out) throws IOException {
        // There may be no screen.
        System.setProperty("java.awt.headless", "true");
        BufferedImage image = new BufferedImage((int) Math.ceil(SCALE * picture.width()),
                (int) Math.ceil(SCALE * picture.height()), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.scale(SCALE, SCALE);
            PngCanvas canvas = new PngCanvas(graphics);
            canvas.fill(new Rectangle2D.Double(0, 0, picture.width(), picture.height()), Palette.PAPER);
            picture.draw(canvas);
        } catch (RuntimeException | LinkageError e) {
            throw Fonts.explained(e);
        } finally {
            graphics.dispose();
        }
        ImageIO.setUseCache(false);
        ImageIO.write(image, "png", out);
    }

    @Override
    public void fill(Shape shape, int rgb) {
        graphics.setColor(new Color(rgb));
        graphics.fill(shape);
    }

    @Override
    public void stroke(Shape shape, Pen pen) {
        float[] dashes = new float[pen.dashes().size()];
        for (int i = 0; i < dashes.length; i++) {
            dashes[i] = pen.dashes().get(i).floatValue();
        }
        graphics.setColor(new Color(pen.rgb()));
        graphics.setStroke(new BasicStroke((float) pen.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND,
                MITER_LIMIT, dashes.length == 0 ? null : dashes, 0));
        graphics.draw(shape);
    }

    /** Text as outlines: the same at any scale, and a halo is their rim. */
    @Override
    public void text(String text, double x, double y, Lettering lettering) {
        Font font = new Font(Font.SANS_SERIF, lettering.bold() ? Font.BOLD : Font.PLAIN, 1)
                .deriveFont((float) lettering.size());
        GlyphVector glyphs = font.createGlyphVector(graphics.getFontRenderContext(), text);
        double width = glyphs.getLogicalBounds().getWidth();
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        if (lettering.upward()) {
            place.rotate(-Math.PI / 2);
        }
        place.translate(switch (lettering.anchor()) {
            case START -> 0;
            case MIDDLE -> -width / 2;
            case END -> -width;
        }, 0);
        Shape outline = place.createTransformedShape(glyphs.getOutline());
        if (lettering.halo()) {
            stroke(outline, new Pen(Palette.PAPER, HALO_WIDTH));
        }
        fill(outline, lettering.rgb());
    }

    @Override
    public void within(Rectangle2D area, Runnable drawing) {
        Shape before = graphics.getClip();
        graphics.clip(area);
        drawing.run();
        graphics.setClip(before);
    }
}
