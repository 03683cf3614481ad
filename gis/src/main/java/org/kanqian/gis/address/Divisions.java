package org.kanqian.gis.address;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.crs.LonLat;

/**
 * The provinces, cities, districts and towns, as the statistics bureau listed them in 2023, with
 * names that have since been given up. Sources and licences stand beside the tables. Immutable.
 *
 * <p>A division's radius is the distance to the nearest centre beside it, and at least 3 km; for a
 * city or province the distance to the farthest centre within it where that is more. A division
 * whose centre is not known, every town among them, has centre and radius of what it lies in.
 */
public final class Divisions {
    private static final double LEAST_RADIUS = 3_000;
    private static final double USUAL_RADIUS = 100_000;
    private static final Pattern PEOPLES =
            Pattern.compile(
                    "(蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族"
                            + "|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族"
                            + "|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯"
                            + "|阿昌族|普米族|塔吉克|怒族|独龙族|裕固族|保安族|鄂温克族|各族)+$");
    private static final Pattern KIND =
            Pattern.compile("(特别行政区|自治区|自治州|自治县|自治旗|地区|(?<=架)林区|特区|新区|省|市|盟|区|县|旗)$");

    /** How a name was meant. */
    enum Way {
        FULL,
        SHORT,
        RETIRED
    }

    /** A division by one of its names. */
    record Named(String code, Way way) {}

    private final NavigableMap<String, Division> byCode = new TreeMap<>();
    private final NavigableMap<String, List<Named>> byName = new TreeMap<>();
    private final Map<String, List<Named>> lookup = new HashMap<>();
    private final Map<String, Set<String>> slips = new HashMap<>();
    private int longest;

    private Divisions() {
        Map<String, LonLat> centres = new HashMap<>();
        Map<String, String> names = new TreeMap<>();
        for (String line : Resource.lines("divisions.tsv")) {
            String[] f = line.split("\t", -1);
            names.put(f[0], f[1]);
            if (f.length == 4) {
                centres.put(
                        f[0],
                        Datum.GCJ02.toCgcs2000(Double.parseDouble(f[2]), Double.parseDouble(f[3])));
            }
        }
        Map<String, Double> radii = radii(names.keySet(), centres);
        names.forEach((code, name) -> put(code, name, centres.get(code), radii.get(code)));
        for (String line : Resource.lines("towns.tsv")) {
            int tab = line.indexOf('\t');
            String parent = line.substring(0, tab);
            for (String town : line.substring(tab + 1).split(" ", -1)) {
                String code = (parent + "00").substring(0, 6) + town.substring(0, 3);
                put(code, town.substring(3), null, null);
            }
        }
        for (String line : Resource.lines("retired.tsv")) {
            String[] f = line.split("\t", -1);
            for (String code : f[1].split(" ", -1)) {
                named(f[0], code, Way.RETIRED);
            }
        }
        byName.forEach((name, meant) -> lookup.put(name, List.copyOf(meant)));
    }

    /** Those packaged with this class, read once. */
    public static Divisions packaged() {
        return Packaged.DIVISIONS;
    }

    private static final class Packaged {
        private static final Divisions DIVISIONS = new Divisions();
    }

    /** The division with this code, with or without its trailing zeros. */
    public Optional<Division> find(String code) {
        return Optional.ofNullable(byCode.get(shortest(code)));
    }

    /** All divisions, a division before those it holds. */
    public Collection<Division> all() {
        return java.util.Collections.unmodifiableCollection(byCode.values());
    }

    /** The nearest division known that holds {@code code}, itself if it is known. */
    Optional<Division> holding(String code) {
        for (int length : new int[] {9, 6, 4, 2}) {
            if (code.length() >= length) {
                @Nullable Division found = byCode.get(code.substring(0, length));
                if (found != null) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The GB/T 2260 code a place in this division has: for a town that of its district, for a zone
     * the statistics bureau counts as a district (from 71) that of its city.
     */
    String region(String code) {
        String district = code.length() > 6 ? code.substring(0, 6) : code;
        boolean zone = district.matches("[0-9]{4}7[0-9]");
        String region = zone ? district.substring(0, 4) : district;
        return holding(region).map(Division::code).orElse(region);
    }

    /** Whether a code is that of a city directly under the state, 直辖市. */
    static boolean municipality(String code) {
        return Set.of("11", "12", "31", "50").contains(code);
    }

    /** What a name may mean; empty for no name. */
    List<Named> named(String name) {
        return lookup.getOrDefault(name, List.of());
    }

    /** The longest name, in characters. */
    int longestName() {
        return longest;
    }

    /**
     * Full names above towns that one slip, not in their last character alone, turns into {@code
     * text}.
     */
    Set<String> slippedFrom(String text) {
        Set<String> found = new LinkedHashSet<>();
        for (String variant : variants(text)) {
            for (String name : slips.getOrDefault(variant, Set.of())) {
                if (Spelling.oneSlip(name, text) && sameEnd(name, text)) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    /** Whether both end alike, or in the same two characters the other way round. */
    private static boolean sameEnd(String a, String b) {
        char last = a.charAt(a.length() - 1);
        return last == b.charAt(b.length() - 1)
                || (a.length() == b.length() && last == b.charAt(b.length() - 2));
    }

    /**
     * Divisions within one of {@code within} whose name begins with {@code text}, the greater ones
     * first.
     */
    List<Division> beginningWith(String text, List<String> within, int most) {
        Map<String, Division> found = new TreeMap<>();
        int looked = 0;
        for (Map.Entry<String, List<Named>> e : byName.tailMap(text, true).entrySet()) {
            if (!e.getKey().startsWith(text) || looked++ > 5_000) {
                break;
            }
            for (Named named : e.getValue()) {
                boolean inside =
                        within.isEmpty()
                                || within.stream()
                                        .anyMatch(
                                                w ->
                                                        named.code().startsWith(w)
                                                                && named.code().length()
                                                                        > w.length());
                @Nullable Division d = byCode.get(named.code());
                if (inside && d != null) {
                    found.put(named.code().length() + named.code(), d);
                }
            }
        }
        return found.values().stream().limit(most).toList();
    }

    private static String shortest(String code) {
        if (code.length() == 6 && code.endsWith("0000")) {
            return code.substring(0, 2);
        }
        return code.length() == 6 && code.endsWith("00") ? code.substring(0, 4) : code;
    }

    private void put(String code, String name, @Nullable LonLat centre, @Nullable Double radius) {
        Optional<Division> above = holding(code.substring(0, code.length() - 1));
        LonLat at =
                centre != null
                        ? centre
                        : above.map(d -> new LonLat(d.lon(), d.lat()))
                                .orElseThrow(() -> new IllegalStateException("no centre: " + code));
        double reach =
                radius != null ? radius : above.map(Division::radiusMetres).orElse(USUAL_RADIUS);
        String path = above.map(Division::path).orElse("") + name;
        byCode.put(code, new Division(code, name, path, at.lon(), at.lat(), reach));
        name(code, name);
    }

    private void name(String code, String name) {
        named(name, code, Way.FULL);
        if (code.length() == 9) {
            if (name.endsWith("街道")) {
                named(name + "办事处", code, Way.FULL);
                named(name + "办", code, Way.FULL);
                named(name.substring(0, name.length() - 2) + "办事处", code, Way.FULL);
            }
            return;
        }
        String kind = KIND.matcher(name).replaceFirst("");
        String bare = PEOPLES.matcher(kind).replaceFirst("");
        if (!bare.equals(kind) && bare.length() >= 2) {
            named(bare, code, Way.SHORT);
            if (code.length() == 6) {
                named(bare + (name.endsWith("区") ? "区" : "县"), code, Way.FULL);
            }
        } else if (kind.length() >= 2 && !kind.equals(name)) {
            named(kind, code, Way.SHORT);
            if (name.endsWith("新区") && code.length() == 6) {
                named(kind + "区", code, Way.FULL);
            }
        }
    }

    private void named(String name, String code, Way way) {
        String key = Spelling.plain(name);
        List<Named> meant = byName.computeIfAbsent(key, k -> new ArrayList<>(1));
        if (meant.stream().noneMatch(n -> n.code().equals(code))) {
            meant.add(new Named(code, way));
        }
        longest = Math.max(longest, key.length());
        if (way == Way.FULL && code.length() < 9 && key.length() >= 3) {
            for (String variant : variants(key)) {
                slips.computeIfAbsent(variant, v -> new HashSet<>()).add(key);
            }
        }
    }

    /** The text and all that is left of it without one character. */
    private static Set<String> variants(String text) {
        Set<String> variants = new HashSet<>();
        variants.add(text);
        for (int i = 0; i < text.length(); i++) {
            variants.add(text.substring(0, i) + text.substring(i + 1));
        }
        return variants;
    }

    private static Map<String, Double> radii(Set<String> codes, Map<String, LonLat> centres) {
        Map<String, Double> radii = new HashMap<>();
        Map<String, List<String>> within = new HashMap<>();
        for (String code : codes) {
            if (centres.containsKey(code)) {
                within.computeIfAbsent(code.substring(0, code.length() - 2), c -> new ArrayList<>())
                        .add(code);
            }
        }
        within.forEach(
                (above, beside) -> {
                    for (String code : beside) {
                        double nearest = USUAL_RADIUS;
                        for (String other : beside) {
                            if (!other.equals(code)) {
                                nearest =
                                        Math.min(
                                                nearest,
                                                apart(centres.get(code), centres.get(other)));
                            }
                        }
                        double farthest = nearest;
                        for (String inner : within.getOrDefault(code, List.of())) {
                            farthest =
                                    Math.max(
                                            farthest, apart(centres.get(code), centres.get(inner)));
                        }
                        radii.put(code, Math.max(LEAST_RADIUS, farthest));
                    }
                });
        return radii;
    }

    private static double apart(@Nullable LonLat a, @Nullable LonLat b) {
        return a == null || b == null
                ? USUAL_RADIUS
                : Ellipsoid.shortLine(a.lon(), a.lat(), b.lon(), b.lat());
    }
}
