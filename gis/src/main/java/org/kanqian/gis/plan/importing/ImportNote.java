package org.kanqian.gis.plan.importing;

import static java.util.Objects.requireNonNull;

/**
 * What a reader of an imported plan must know.
 *
 * @param kind whether something was left out, guessed, or merely found
 * @param element what it is about: an entity kind, a layer, a room; empty for the whole drawing
 * @param zh what was found and how to mend it, Chinese
 * @param en the same in English
 */
public record ImportNote(Kind kind, String element, String zh, String en) {
    public ImportNote {
        requireNonNull(kind, "kind");
        requireNonNull(element, "element");
        requireNonNull(zh, "zh");
        requireNonNull(en, "en");
    }

    /** How far a plan may be trusted there. */
    public enum Kind {
        /** It is in the file and not in the plan. */
        LEFT_OUT,
        /** It is in the plan, but the file does not say so outright. */
        GUESSED,
        /** How the file was read. */
        TOLD
    }
}
