package org.kanqian.gis.plan.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * How much room text takes, without a font at hand: generous widths, so that whatever sans-serif
 * font shows the picture, what was kept apart stays apart.
 */
final class Lettering {
    /** From the baseline to the top of Chinese characters, in ems. */
    static final double ASCENT = 0.88;

    /** From the baseline to their bottom, in ems. */
    static final double DESCENT = 0.14;

    /** How far the baseline lies below the middle, in ems. */
    static final double MIDDLE = (ASCENT - DESCENT) / 2;

    /** From baseline to baseline, in ems. */
    static final double LEADING = 1.35;

    private static final String NARROW = "iljtfrI.,:;'|!()[]{}-/\\\"`°²";
    private static final String WIDE = "mwMW@%—…";

    private Lettering() {}

    /** Width of a line, in the unit of {@code size}. */
    static double width(String text, double size) {
        return text.codePoints().mapToDouble(Lettering::ems).sum() * size;
    }

    private static double ems(int c) {
        if (c < 0x80 || c == 0xB0 || c == 0xB2) {
            if (NARROW.indexOf(c) >= 0) {
                return 0.39;
            }
            if (WIDE.indexOf(c) >= 0) {
                return 0.95;
            }
            if (c == ' ') {
                return 0.28;
            }
            return Character.isUpperCase(c) ? 0.72 : 0.6;
        }
        if (Character.getType(c) == Character.NON_SPACING_MARK) {
            return 0;
        }
        return c < 0x2000 || c == 0xD7 ? 0.75 : 1.05;
    }

    /**
     * Text fit to be drawn: visible characters only, on one line, cut off with an ellipsis after
     * {@code most} of them. What turns the direction of writing is left out.
     */
    static String clean(String text, int most) {
        StringBuilder clean = new StringBuilder();
        int taken = 0;
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = taken > 0;
                continue;
            }
            if (!visible(c)) {
                continue;
            }
            if (taken >= most) {
                return clean.append('…').toString();
            }
            if (space) {
                clean.append(' ');
                space = false;
            }
            clean.appendCodePoint(c);
            taken++;
        }
        return clean.toString();
    }

    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    /** Breaks a text into at most {@code most} lines no wider than {@code width}. */
    static List<String> wrap(String text, double width, double size, int most) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String piece : pieces(text)) {
            if (line.length() > 0 && width(line + piece.stripTrailing(), size) > width) {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
            if (lines.size() == most) {
                String last = lines.get(most - 1);
                while (!last.isEmpty() && width(last + "…", size) > width) {
                    last = last.substring(0, last.offsetByCodePoints(last.length(), -1));
                }
                lines.set(most - 1, last + "…");
                return lines;
            }
            line.append(piece);
        }
        if (!line.toString().isBlank()) {
            lines.add(line.toString().strip());
        }
        return lines;
    }

    /**
     * What a line may be broken between: Latin words, at most 20 letters of them, and characters.
     */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            boolean latin = c > ' ' && c < 0x2000;
                            boolean closing = "，。；：、）》”！？…%".indexOf(c) >= 0;
                            if (closing && word.length() == 0 && !pieces.isEmpty()) {
                                pieces.set(
                                        pieces.size() - 1,
                                        pieces.get(pieces.size() - 1) + Character.toString(c));
                                return;
                            }
                            word.appendCodePoint(c);
                            if (!latin || word.length() >= 20) {
                                pieces.add(word.toString());
                                word.setLength(0);
                            }
                        });
        if (word.length() > 0) {
            pieces.add(word.toString());
        }
        return pieces;
    }
}
