package org.kanqian.gis.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.address.Divisions.Named;
import org.kanqian.gis.address.Divisions.Way;

/**
 * Finds the divisions an address begins with: a walk down the tree, one name after the other, that
 * explains as many characters as any. Levels may be left out and said twice; where several walks
 * explain as much, all of them stand.
 */
final class RegionReader {
    /** More places than this is no information. */
    private static final int MOST_PLACES = 20;

    /** By how much more must be explained to think of a slip where a name was read. */
    private static final double SCANT = 6;

    private static final int MOST_STEPS = 2_000;
    private static final List<String> FILLERS =
            List.of("中华人民共和国", "中国", "市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖行政单位");

    /** What makes a name the name of a road or house: 朝阳路 is not in 朝阳. */
    private static final Pattern HOUSE =
            Pattern.compile(
                    "[东西南北中新老外内一二三四五六七八九十0-9]{0,2}"
                            + "(大道|大街|路|街|道|巷|弄|胡同|里|桥|站|村|镇|乡|湖|山|门|大厦|广场|小区|花园|公园|大学"
                            + "|公寓|酒店|宾馆|饭店|家园|国际)");

    /** A road of its own name that a district's short name may stand before: 静安镇宁路. */
    private static final Pattern OTHER_ROAD =
            Pattern.compile(
                    "(?![东西南北中新老]?(路|大街|大道|街|道|巷|里|弄|胡同))"
                            + "(?![门桥站村湖山里寺][东西南北中内外上下前后])"
                            + "(?!广场|公园|大学|医院|车站|大桥|新村|小区|花园)"
                            + "[\\u4e00-\\u9fff]{2,5}?(路|大道|大街|街(?!道)|巷|弄|胡同)");

    /** What a town's name with its kind would be part of: 罗店镇路. */
    private static final Pattern OWN_ROAD = Pattern.compile("(路|大街|大道|街(?!道)|道)");

    private static final Pattern ROAD = Pattern.compile("[东西南北中]?(路|大街|大道|街(?!道)|道)");

    /** Ends of zones that are no divisions and would be one slip from a district's name. */
    private static final Pattern ZONE =
            Pattern.compile("(高新|经开|新|中心|社|小|园|校|厂|景|城|库|院|片|街|地|住宅|商业)区|.*(开发|工业|示范|度假|保税|园)区");

    private static final Pattern ENDS = Pattern.compile(".*[省市区县旗州盟].?");

    /**
     * @param codes of the smallest divisions it may mean, in order; nine digits for towns
     * @param from where in the text the names begin
     * @param to where they end
     */
    record Reading(List<String> codes, int from, int to, double score, boolean corrected) {}

    private final Divisions divisions;
    private final String text;
    private final Set<String> best = new TreeSet<>();
    private boolean slips;
    private double score;
    private int end;
    private boolean corrected;
    private int steps;

    private RegionReader(Divisions divisions, String text) {
        this.divisions = divisions;
        this.text = text;
    }

    /**
     * @param text in one spelling
     * @param starts where the names may begin, in order of preference
     * @return nothing if no division is named
     */
    static @Nullable Reading read(Divisions divisions, String text, List<Integer> starts) {
        RegionReader reader = new RegionReader(divisions, text);
        @Nullable Reading best = null;
        for (int start : starts) {
            best = better(best, reader.from(start, false));
        }
        if (best == null || shortest(best) < 6 || scant(best)) {
            for (int start : best == null ? starts : List.of(best.from())) {
                @Nullable Reading slipped = reader.from(start, true);
                if (slipped != null
                        && (best == null
                                || deeper(slipped, best)
                                || (scant(best) && slipped.score() > best.score() + SCANT))) {
                    best = slipped;
                }
            }
        }
        for (int i = 1; best == null && i < text.length() - 2; i++) {
            if (reader.fullNameAt(i)) {
                best = reader.from(i, false);
            }
        }
        return best == null ? null : reader.contradicted(best);
    }

    /** Somewhere else named in full right after, as in 天水市南开区: either may be meant. */
    private Reading contradicted(Reading reading) {
        if (reading.codes().stream().anyMatch(c -> c.length() > 6) || !fullNameAt(reading.to())) {
            return reading;
        }
        @Nullable Reading other = from(reading.to(), false);
        if (other == null
                || other.codes().stream()
                        .anyMatch(
                                o ->
                                        reading.codes().stream()
                                                .anyMatch(
                                                        c -> c.startsWith(o) || o.startsWith(c)))) {
            return reading;
        }
        Set<String> both = new TreeSet<>(reading.codes());
        both.addAll(other.codes());
        return new Reading(
                List.copyOf(both),
                reading.from(),
                other.to(),
                reading.score(),
                reading.corrected());
    }

    /** Whether little was read: one short name may be the beginning of a misspelt whole one. */
    private static boolean scant(Reading reading) {
        return reading.to() - reading.from() <= 3;
    }

    private static boolean deeper(Reading a, Reading b) {
        return a.score() > b.score() && shortest(a) > shortest(b);
    }

    private static int shortest(Reading reading) {
        return reading.codes().stream().mapToInt(String::length).min().orElse(0);
    }

    private static @Nullable Reading better(@Nullable Reading a, @Nullable Reading b) {
        return a == null || (b != null && b.score() > a.score()) ? b : a;
    }

    private boolean fullNameAt(int at) {
        for (int length = Math.min(divisions.longestName(), text.length() - at);
                length >= 3;
                length--) {
            if (divisions.named(text.substring(at, at + length)).stream()
                    .anyMatch(n -> n.way() == Way.FULL && n.code().length() < 9)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Reading from(int start, boolean withSlips) {
        best.clear();
        slips = withSlips;
        score = 0;
        end = start;
        corrected = false;
        steps = 0;
        walk(start, "", 0, false);
        return best.isEmpty() || best.size() > MOST_PLACES
                ? null
                : new Reading(List.copyOf(best), start, end, score, corrected);
    }

    private void walk(int at, String code, double sum, boolean slipped) {
        if (!code.isEmpty()) {
            note(at, code, sum, slipped);
        }
        if (steps++ > MOST_STEPS) {
            return;
        }
        int pos = skipped(at, code);
        boolean whole = false;
        for (int length = Math.min(divisions.longestName(), text.length() - pos);
                length >= 2;
                length--) {
            String name = text.substring(pos, pos + length);
            for (Named named : divisions.named(name)) {
                if (follows(named, code, name, pos + length)) {
                    boolean again = code.startsWith(named.code());
                    whole |= !again && named.way() == Way.FULL;
                    walk(
                            pos + length,
                            again ? code : named.code(),
                            sum + (again ? 0.01 : worth(named, length)),
                            slipped);
                }
            }
        }
        if (!whole && slips && code.length() < 6) {
            slipped(pos, code, sum);
        }
    }

    private void note(int at, String code, double sum, boolean slipped) {
        if (sum > score + 1e-9) {
            best.clear();
            score = sum;
            end = at;
            corrected = slipped;
        }
        if (sum > score - 1e-9 && at == end) {
            best.add(code);
        }
    }

    private int skipped(int at, String code) {
        int pos = at;
        for (String filler : FILLERS) {
            if (text.startsWith(filler, pos)) {
                pos += filler.length();
            }
        }
        boolean countyOfCity = code.equals("50") && text.startsWith("县", pos);
        return countyOfCity ? pos + 1 : pos;
    }

    private static double worth(Named named, int length) {
        double level = (9 - named.code().length()) / 100.0;
        return switch (named.way()) {
            case FULL -> 2 * length + 1 + level;
            case RETIRED -> 2 * length + 0.5 + level;
            case SHORT -> 2 * length + 2 * level;
        };
    }

    private boolean follows(Named named, String code, String name, int next) {
        String to = named.code();
        String tail = text.substring(next, Math.min(text.length(), next + 12));
        if (code.startsWith(to)) {
            // Said twice: only whole names, and not what a house may be called by: 上海市第一医院.
            return !code.isEmpty()
                    && named.way() == Way.FULL
                    && (to.length() == code.length() || nameAt(next));
        }
        if (!to.startsWith(code)) {
            return false;
        }
        if (to.length() == 9) {
            boolean town = name.matches(".{2,}(镇|乡|街道|办事处|街道办)");
            return (code.length() >= 4 || (town && name.length() >= 3))
                    && named.way() == Way.FULL
                    && !(town ? OWN_ROAD : ROAD).matcher(tail).lookingAt();
        }
        if (named.way() == Way.SHORT) {
            boolean district =
                    to.length() == 6
                            && name.length() < 3
                            && divisions.find(to).filter(d -> d.name().endsWith("区")).isPresent();
            boolean alone = code.isEmpty() && !tail.isEmpty() && !nameAt(next);
            boolean inCity =
                    to.length() == 6 && (code.length() == 4 || Divisions.municipality(code));
            boolean house =
                    HOUSE.matcher(tail).lookingAt()
                            && !(inCity && OTHER_ROAD.matcher(tail).lookingAt())
                            && !((to.length() < 6 || inCity) && partAt(next, to));
            return !house && !(district && alone);
        }
        boolean vague = code.isEmpty() && name.length() == 2 && name.endsWith("区");
        return !vague && !(name.endsWith("市") && tail.startsWith("场"));
    }

    /** Whether the name of something within {@code code} follows; of a town the whole name. */
    private boolean partAt(int at, String code) {
        for (int length = Math.min(divisions.longestName(), text.length() - at);
                length >= 2;
                length--) {
            int least = length;
            if (divisions.named(text.substring(at, at + length)).stream()
                    .filter(n -> n.code().startsWith(code) && n.code().length() > code.length())
                    .anyMatch(n -> n.code().length() < 9 || least >= 3)) {
                return true;
            }
        }
        return false;
    }

    private boolean nameAt(int at) {
        for (int length = Math.min(divisions.longestName(), text.length() - at);
                length >= 2;
                length--) {
            if (!divisions.named(text.substring(at, at + length)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void slipped(int pos, String code, double sum) {
        for (int length = Math.min(10, text.length() - pos);
                length >= (code.isEmpty() ? 3 : 2);
                length--) {
            String name = text.substring(pos, pos + length);
            boolean spelt =
                    divisions.named(name).stream()
                            .anyMatch(n -> n.way() == Way.FULL && n.code().length() < 9);
            if (!ENDS.matcher(name).matches() || ZONE.matcher(name).matches()) {
                continue;
            }
            for (String meant : divisions.slippedFrom(name)) {
                if (spelt && meant.length() <= length) {
                    continue; // a name as it is; only a shortened one may be meant: 雨花区
                }
                List<Named> those =
                        divisions.named(meant).stream()
                                .filter(n -> n.way() == Way.FULL && n.code().length() < 9)
                                .filter(n -> n.code().startsWith(code))
                                .filter(n -> n.code().length() > code.length())
                                .toList();
                for (Named named : those) {
                    boolean sure =
                            !code.isEmpty()
                                    || meant.length() > 3
                                    || goesOn(pos + length, named.code());
                    if (sure) {
                        walk(pos + length, named.code(), sum + 2 * length - 3, true);
                    }
                }
            }
        }
    }

    /** Whether the name of something within {@code code} follows. */
    private boolean goesOn(int at, String code) {
        for (int length = Math.min(divisions.longestName(), text.length() - at);
                length >= 2;
                length--) {
            if (divisions.named(text.substring(at, at + length)).stream()
                    .anyMatch(n -> n.code().startsWith(code) && n.code().length() < 9)) {
                return true;
            }
        }
        return false;
    }

    /** Positions in {@code text} after which a new piece begins, from the pieces' lengths. */
    static List<Integer> starts(List<Integer> lengths, int most) {
        List<Integer> starts = new ArrayList<>();
        int at = 0;
        for (int length : lengths) {
            if (starts.size() < most) {
                starts.add(at);
            }
            at += length;
        }
        return Stream.concat(Stream.of(0), starts.stream()).distinct().toList();
    }
}
