package org.fusedem.cli.plot;

import java.util.List;

/**
 * Colours that people who see few of them can tell apart: those of Okabe and Ito (2008, Color Universal Design) but for
 * the yellow, which white paper swallows. Components beyond the seventh begin again, dashed.
 */
final class Palette {
    static final int PAPER = 0xFFFFFF;
    static final int TEXT = 0x222222;
    static final int FAINT_TEXT = 0x5A5A5A;
    static final int AXIS = 0x8A8A8A;
    static final int GRID = 0xE8E8E8;
    /** Of histograms: light enough for curves to stand out. */
    static final int BAR = 0xCFD3D7;

    private static final int[] COMPONENTS = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xE69F00, 0x333333};

    private static final List<List<Double>> DASHES =
            List.of(List.of(), List.of(7.0, 3.0), List.of(2.0, 3.0), List.of(9.0, 3.0, 2.0, 3.0));

    /** From few points to many: greys, so that whatever the components' colours they stand out. */
    private static final int[] DENSITIES =
            {0xF1F1F1, 0xE2E2E2, 0xD0D0D0, 0xBDBDBD, 0xA8A8A8, 0x939393, 0x7D7D7D, 0x686868};

    /** From certain to doubtful. */
    private static final int[] CERTAINTIES = {0x084594, 0x4292C6, 0x9ECAE1, 0xFDAE6B};

    private static final double LIGHTENING = 0.4;

    private Palette() {}

    /** The colour of a component, from 0. */
    static int component(int k) {
        return COMPONENTS[k % COMPONENTS.length];
    }

    /** The same, lighter: for what ellipses are drawn upon. */
    static int lightened(int k) {
        int lightened = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int channel = component(k) >> shift & 0xFF;
            lightened |= (int) (channel + LIGHTENING * (0xFF - channel)) << shift;
        }
        return lightened;
    }

    /** A line of a component. */
    static Pen pen(int k, double width) {
        return new Pen(component(k), width, DASHES.get(k / COMPONENTS.length % DASHES.size()));
    }

    static int densityLevels() {
        return DENSITIES.length;
    }

    /** The grey of a level of density, from 0. */
    static int density(int level) {
        return DENSITIES[level];
    }

    /** The colour of a class of certainty, from 0, the surest. */
    static int certainty(int level) {
        return CERTAINTIES[level];
    }
}
