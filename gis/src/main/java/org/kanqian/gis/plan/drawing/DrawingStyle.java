package org.kanqian.gis.plan.drawing;

import static java.util.Objects.requireNonNull;

/**
 * How a plan is drawn.
 *
 * @param language of names and legends; the picture's title and description are always in both
 * @param dimensions whether lengths are written along the outline
 * @param flows whether ways through the premises are drawn
 */
public record DrawingStyle(Language language, boolean dimensions, boolean flows) {

    /** The two languages a plan is drawn in. */
    public enum Language {
        ZH,
        EN
    }

    /** Everything there is to show, in Chinese. */
    public static final DrawingStyle FULL = new DrawingStyle(Language.ZH, true, true);

    public DrawingStyle {
        requireNonNull(language, "language");
    }

    /** The same in another language. */
    public DrawingStyle in(Language other) {
        return new DrawingStyle(other, dimensions, flows);
    }

    /** Whichever of two texts the reader reads; Chinese where the English is empty. */
    String say(String zh, String en) {
        return language == Language.EN && !en.isBlank() ? en : zh;
    }
}
