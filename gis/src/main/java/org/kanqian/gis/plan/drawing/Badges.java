package org.kanqian.gis.plan.drawing;

import java.util.List;
import java.util.Locale;
import org.kanqian.gis.plan.drawing.Picture.Part;
import org.kanqian.gis.plan.drawing.Picture.Stroke;
import org.kanqian.gis.plan.drawing.Picture.Words;

/** Numbered discs, their colours, and the ids of what is on a sheet. */
final class Badges {
    /** Radius of a disc, mm. */
    static final double RADIUS = 2.1;

    private Badges() {}

    static String colour(Mark.Kind kind) {
        return switch (kind) {
            case VIOLATED -> "#c0281c";
            case MARGINAL -> "#b36b00";
            case MET -> "#1e7d45";
            case NOTE -> "#5f6a6a";
        };
    }

    /** What the inside of a marked room is tinted with. */
    static String tint(Mark.Kind kind) {
        return kind == Mark.Kind.VIOLATED ? "#fce3df" : "#fdf0d2";
    }

    static List<Part> disc(int number, Mark.Kind kind, double x, double y) {
        String text = Integer.toString(number);
        return List.of(
                new Stroke(
                        Paths.circle(x, y, RADIUS), Ink.line("#ffffff", 0.3).filled(colour(kind))),
                Words.centred(text, x, y, text.length() > 2 ? 1.9 : 2.5, "#ffffff"));
    }

    /** A key to the list below the plan. */
    static List<Part> key(String text, double x, double y, double size) {
        return List.of(
                new Stroke(
                        Paths.circle(x, y, size * 0.72),
                        Ink.line("#777777", 0.15).filled("#ffffff")),
                Words.centred(text, x, y, text.length() > 2 ? size * 0.72 : size, "#333333"));
    }

    /** An id of an element, made one of XML. Two ids of a plan never become one. */
    static String slug(String id) {
        StringBuilder slug = new StringBuilder();
        id.codePoints()
                .forEach(
                        c -> {
                            if ((c >= '0' && c <= '9')
                                    || (c >= 'a' && c <= 'z')
                                    || (c >= 'A' && c <= 'Z')
                                    || c == '-') {
                                slug.appendCodePoint(c);
                            } else {
                                slug.append('_').append(Integer.toString(c, 16)).append('_');
                            }
                        });
        return slug.toString();
    }

    /** Letters that count: a, b, … z, aa, ab, … */
    static String letters(int index) {
        String tail = Character.toString('a' + index % 26);
        return index < 26 ? tail : letters(index / 26 - 1) + tail;
    }

    static String squareMetres(double area) {
        return String.format(Locale.ROOT, "%.2f m²", area);
    }

    static String metres(double length) {
        return String.format(Locale.ROOT, "%.2f", length);
    }
}
