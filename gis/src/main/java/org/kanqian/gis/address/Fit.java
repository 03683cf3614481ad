package org.kanqian.gis.address;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How well an entry fits an address, from 0 to 1. The steps: the same words 1; the same door of the
 * same road, with more said about it, 0.9, with a slip in the road 0.8; a beginning of it 0.6 to
 * 0.85; its name 0.55 to 0.92; its road alone 0.6; otherwise the share of common pairs of
 * characters, times 0.6. Another number, lane or building is 0.
 */
final class Fit {
    private static final Pattern TELLING = Pattern.compile("[东西南北中上下前后内外左右一二三四五六七八九十]");
    private static final Pattern WORDS = Pattern.compile("[^0-9]+");

    private Fit() {}

    /**
     * @param key the address below its divisions, in the spelling of {@link Entry#key}
     * @param open whether the last number may go on: 成府路10 may become 成府路101号
     */
    static double of(ParsedAddress asked, String key, boolean open, Entry entry) {
        double fit =
                switch (entry.level()) {
                    case ROAD -> road(asked, key, entry);
                    case DOOR, BUILDING ->
                            Math.max(
                                    entry.addressed() ? address(asked, key, open, entry) : 0,
                                    name(asked, key, entry));
                    case DISTRICT -> 0;
                };
        // Without its city an address fits, but anywhere.
        return asked.placed() ? fit : fit * 0.97;
    }

    /** A house number without what is only a way of writing it. */
    static String bare(String number) {
        return number.replace("号", "");
    }

    private static double address(ParsedAddress asked, String key, boolean open, Entry entry) {
        ParsedAddress known = entry.parts();
        boolean begun = entry.key().startsWith(key);
        if (differ(asked.lane(), known.lane()) || differ(asked.building(), known.building())) {
            return open && begun ? begun(key, entry.key()) : 0;
        }
        if (differ(bare(asked.number()), bare(known.number()))) {
            return open && begun ? begun(key, entry.key()) : 0;
        }
        if (key.equals(entry.key())) {
            return 1;
        }
        boolean sameNumber =
                !asked.number().isEmpty() && bare(asked.number()).equals(bare(known.number()));
        if (sameNumber && !known.road().isEmpty() && asked.lane().equals(known.lane())) {
            if (asked.road().equals(known.road())) {
                return 0.9;
            }
            if (slipped(asked.road(), known.road())) {
                return 0.8;
            }
            if (within(asked.road(), known.road())) {
                return 0.75;
            }
        }
        if (begun && endsWhole(key, entry.key(), open)) {
            return begun(key, entry.key());
        }
        if (key.startsWith(entry.key()) && endsWhole(entry.key(), key, false)) {
            return 0.88;
        }
        if (sameDigits(key, entry.key()) && slipped(key, entry.key())) {
            return 0.8;
        }
        boolean otherDoor =
                (!asked.number().isEmpty() && !sameNumber)
                        || (differ(asked.road(), known.road())
                                && !within(asked.road(), known.road()));
        return otherDoor ? 0 : 0.6 * common(key, entry.key());
    }

    private static double road(ParsedAddress asked, String key, Entry entry) {
        String known = entry.parts().road();
        String road = asked.road();
        boolean alone = key.equals(road);
        if (road.equals(known)) {
            return alone ? 0.95 : 0.6;
        }
        if (key.equals(known)) {
            return 0.95;
        }
        if (known.startsWith(key) && key.length() >= 2) {
            return begun(key, known);
        }
        if (road.length() >= 3 && slipped(road, known)) {
            return alone ? 0.75 : 0.5;
        }
        if (!road.isEmpty() && road.endsWith(known)) {
            return 0.55;
        }
        return 0.6 * common(road.isEmpty() ? key : road, known);
    }

    /**
     * How well a text that names a division, as 上海教育超市 does, is yet the name of an entry; 0 unless
     * it is that name, its beginning, or that name with a slip.
     */
    static double called(String whole, Entry entry) {
        String name = Spelling.plain(entry.name());
        if (name.length() < 3 || whole.length() < 3) {
            return 0;
        }
        if (name.equals(whole)) {
            return 0.92;
        }
        if (name.startsWith(whole)) {
            return begun(whole, name);
        }
        return name.length() >= 5 && sameDigits(whole, name) && slipped(whole, name) ? 0.75 : 0;
    }

    private static double name(ParsedAddress asked, String key, Entry entry) {
        String name = Spelling.plain(entry.name());
        ParsedAddress known = entry.parts();
        boolean otherDoor =
                differ(bare(asked.number()), bare(known.number()))
                        || differ(asked.lane(), known.lane());
        if (name.length() < 2 || otherDoor) {
            return 0;
        }
        String bareName = name.endsWith("号") ? name.substring(0, name.length() - 1) : name;
        if (bareName.equals(key)) {
            return 0.92;
        }
        if (name.startsWith(key) && key.length() >= 2 && endsWhole(key, name, true)) {
            return begun(key, name);
        }
        int at = key.indexOf(name);
        boolean wholeNumbers =
                at >= 0
                        && (at == 0 || !digits(key.charAt(at - 1), name.charAt(0)))
                        && endsWhole(key.substring(0, at + name.length()), key, false);
        boolean numberElsewhere = !asked.number().isEmpty() && known.number().isEmpty();
        if (wholeNumbers && name.length() >= 3) {
            // The number asked for is not known to be this house's.
            double fit = 0.55 + 0.3 * name.length() / key.length();
            return numberElsewhere ? Math.min(fit, 0.58) : fit;
        }
        if (sameDigits(key, name) && name.length() >= 4 && slipped(key, name)) {
            return 0.75;
        }
        return numberElsewhere ? 0 : 0.5 * common(key, name);
    }

    private static double begun(String key, String whole) {
        return 0.6 + 0.25 * key.length() / whole.length();
    }

    /** Whether {@code part} does not end within a number of {@code whole}, which it begins. */
    private static boolean endsWhole(String part, String whole, boolean open) {
        return open
                || whole.length() <= part.length()
                || part.isEmpty()
                || !digits(part.charAt(part.length() - 1), whole.charAt(part.length()))
                        && whole.charAt(part.length()) != '-';
    }

    /** Whether one ends with the other: 五道口成府路 may be 成府路. */
    private static boolean within(String a, String b) {
        return !a.isEmpty() && !b.isEmpty() && (a.endsWith(b) || b.endsWith(a));
    }

    private static boolean sameDigits(String a, String b) {
        return WORDS.matcher(a).replaceAll(" ").equals(WORDS.matcher(b).replaceAll(" "));
    }

    /** One slip apart, and not as 东路 is from 西路 or 一街 from 二街. */
    private static boolean slipped(String a, String b) {
        return Spelling.oneSlip(a, b)
                && (a.length() != b.length()
                        || Arrays.equals(a.chars().sorted().toArray(), b.chars().sorted().toArray())
                        || !TELLING.matcher(a)
                                .replaceAll("")
                                .equals(TELLING.matcher(b).replaceAll("")));
    }

    private static boolean digits(char a, char b) {
        return Character.isDigit(a) && Character.isDigit(b);
    }

    private static boolean differ(String a, String b) {
        return !a.isEmpty() && !b.isEmpty() && !a.equals(b);
    }

    /** Twice the pairs of characters both have, over the pairs of both. */
    private static double common(String a, String b) {
        Set<String> pairs = pairs(a);
        Set<String> others = pairs(b);
        int all = pairs.size() + others.size();
        pairs.retainAll(others);
        return all == 0 ? 0 : 2.0 * pairs.size() / all;
    }

    private static Set<String> pairs(String text) {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 1 < text.length(); i++) {
            pairs.add(text.substring(i, i + 2));
        }
        return pairs;
    }
}
