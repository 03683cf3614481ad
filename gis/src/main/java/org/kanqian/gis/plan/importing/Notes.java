package org.kanqian.gis.plan.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.kanqian.gis.plan.importing.ImportNote.Kind;

/**
 * Collects notes: those of one sort are counted, and beyond the 300th only their number is kept.
 */
final class Notes {
    private static final int MOST = 300;

    private final List<ImportNote> notes = new ArrayList<>();
    private final Map<String, Count> counts = new TreeMap<>();
    private int more;

    void leftOut(String element, String zh, String en) {
        add(new ImportNote(Kind.LEFT_OUT, shown(element), zh, en));
    }

    void guessed(String element, String zh, String en) {
        add(new ImportNote(Kind.GUESSED, shown(element), zh, en));
    }

    void told(String element, String zh, String en) {
        add(new ImportNote(Kind.TOLD, shown(element), zh, en));
    }

    /** One more of a sort that gets a single note in the end. */
    void count(Kind kind, String element, IntFunction<String> zh, IntFunction<String> en) {
        if (counts.size() < MOST || counts.containsKey(kind + element)) {
            counts.computeIfAbsent(kind + element, k -> new Count(kind, shown(element), zh, en))
                    .number++;
        } else {
            more++;
        }
    }

    List<ImportNote> list() {
        List<ImportNote> all = new ArrayList<>(notes);
        for (Count c : counts.values()) {
            all.add(new ImportNote(c.kind, c.element, c.zh.apply(c.number), c.en.apply(c.number)));
        }
        if (more > 0) {
            all.add(
                    new ImportNote(
                            Kind.LEFT_OUT,
                            "",
                            "还有 " + more + " 条说明没有列出。",
                            more + " more notes are not listed."));
        }
        return all;
    }

    /** Foreign text as it may stand in a message: short, without control characters. */
    static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.codePointCount(0, clean.length()) <= 60
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, 60)) + "…";
    }

    private void add(ImportNote note) {
        if (notes.size() < MOST) {
            notes.add(note);
        } else {
            more++;
        }
    }

    private static final class Count {
        final Kind kind;
        final String element;
        final IntFunction<String> zh;
        final IntFunction<String> en;
        int number;

        Count(Kind kind, String element, IntFunction<String> zh, IntFunction<String> en) {
            this.kind = kind;
            this.element = element;
            this.zh = zh;
            this.en = en;
        }
    }
}
