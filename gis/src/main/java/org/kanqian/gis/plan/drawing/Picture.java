package org.kanqian.gis.plan.drawing;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A sheet ready to be written: parts in the order they are painted, in millimetres, x to the right,
 * y down.
 *
 * @param zh title, Chinese
 * @param en title, English
 */
record Picture(
        double width,
        double height,
        String zh,
        String en,
        String aboutZh,
        String aboutEn,
        List<Part> parts) {

    Picture {
        parts = List.copyOf(parts);
    }

    /** One thing on the sheet. */
    sealed interface Part permits Group, Stroke, Words {}

    /** Parts that belong together under an id, which is unique on the sheet. */
    record Group(String id, List<Part> parts) implements Part {
        Group {
            parts = List.copyOf(parts);
        }
    }

    /** A path; what it encloses an even number of times is not filled. */
    record Stroke(Path2D path, Ink ink) implements Part {}

    /** Where the text stands relative to its x. */
    enum Align {
        START,
        MIDDLE,
        END
    }

    /**
     * One line of text.
     *
     * @param y of the baseline
     * @param size of the em, mm
     * @param upright turned a quarter to the left, to be read from the right
     */
    record Words(
            String text, double x, double y, double size, Align align, String ink, boolean upright)
            implements Part {

        /** Words whose box is centred on a place. */
        static Words centred(String text, double x, double y, double size, String ink) {
            return new Words(text, x, y + size * Lettering.MIDDLE, size, Align.MIDDLE, ink, false);
        }

        /** Words that start at a place, their box centred on its y. */
        static Words from(String text, double x, double y, double size, String ink) {
            return new Words(text, x, y + size * Lettering.MIDDLE, size, Align.START, ink, false);
        }

        /** The box it takes. */
        Rectangle2D box() {
            double wide = Lettering.width(text, size);
            double start =
                    switch (align) {
                        case START -> 0;
                        case MIDDLE -> -wide / 2;
                        case END -> -wide;
                    };
            double up = size * Lettering.ASCENT;
            double tall = size * (Lettering.ASCENT + Lettering.DESCENT);
            return upright
                    ? new Rectangle2D.Double(x - up, y - start - wide, tall, wide)
                    : new Rectangle2D.Double(x + start, y - up, wide, tall);
        }
    }
}
