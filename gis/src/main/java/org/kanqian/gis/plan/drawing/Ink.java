package org.kanqian.gis.plan.drawing;

/**
 * How a path is painted.
 *
 * @param fill {@code #rrggbb}, or empty for none
 * @param line as {@code fill}, of the outline
 * @param width of the outline, mm of paper
 * @param dash length of dashes and of the gaps between them, mm; 0 for an unbroken line
 */
record Ink(String fill, String line, double width, double dash) {
    static Ink fill(String colour) {
        return new Ink(colour, "", 0, 0);
    }

    static Ink line(String colour, double width) {
        return new Ink("", colour, width, 0);
    }

    Ink filled(String colour) {
        return new Ink(colour, line, width, dash);
    }

    Ink dashed(double length) {
        return new Ink(fill, line, width, length);
    }
}
