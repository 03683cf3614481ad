package org.kanqian.gis.address;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Point;

/**
 * Measures how often a gazetteer finds the right place: addresses whose place is known, as they are
 * and changed as people change them. The changes are drawn with a fixed seed, so the figures can be
 * compared.
 */
public final class AddressTrial {
    private static final int TOP = 5;
    private static final double NEAR_ENOUGH = 100;
    private static final int MOST_ROWS = 100_000;
    private static final int TOWN = 9;
    private static final long SEED = 20_260_101;

    /** What may stand below any town: with a number, and naming no division itself. */
    private static final Pattern TAIL =
            Pattern.compile("(?!.*(街道|[省市县镇乡旗盟]|(?<![小园社校厂新])区))(?=.*[0-9]).{4,40}");

    private final Gazetteer gazetteer;
    private final BiConsumer<String, Known> missed;
    private final Divisions divisions = Divisions.packaged();

    public AddressTrial(Gazetteer gazetteer) {
        this(gazetteer, (change, known) -> {});
    }

    /**
     * @param missed told of every address that was not among the first five, and how it was written
     */
    public AddressTrial(Gazetteer gazetteer, BiConsumer<String, Known> missed) {
        this.gazetteer = requireNonNull(gazetteer, "gazetteer");
        this.missed = requireNonNull(missed, "missed");
    }

    /**
     * An address and where it is.
     *
     * @param region code of the division a candidate must lie in to be right; empty if {@code
     *     address} is judged by its place alone
     * @param place CGCS2000; that of the division's centre if only that is known
     * @param level how far down a candidate must go at least where it is judged by its place
     */
    public record Known(String address, String region, LonLat place, AddressLevel level) {
        /** One that a door or building of that place answers. */
        public Known(String address, String region, LonLat place) {
            this(address, region, place, AddressLevel.BUILDING);
        }

        public Known {
            requireNonNull(level, "level");
            requireNonNull(address, "address");
            requireNonNull(region, "region");
            requireNonNull(place, "place");
        }
    }

    /**
     * How one set fared.
     *
     * @param top1 share whose first candidate is right
     * @param top5 share with a right one among the first five
     * @param medianMetres distance from the first candidate to the truth; empty if none was found
     * @param worstTenthMetres nine in ten are nearer than this
     * @param misled share that was said to be one place, without a doubt, and is another: what an
     *     applicant would not be asked about
     */
    public record Row(
            String set,
            String change,
            int n,
            double top1,
            double top5,
            double misled,
            OptionalDouble medianMetres,
            OptionalDouble worstTenthMetres) {}

    /** Looks all of them up. */
    public Row run(String set, String change, List<Known> cases) {
        int first = 0;
        int among = 0;
        int misled = 0;
        double[] metres = new double[cases.size()];
        int found = 0;
        for (Known known : cases) {
            Gazetteer.Match match = gazetteer.find(known.address());
            List<AddressCandidate> candidates = match.candidates();
            if (!candidates.isEmpty()) {
                metres[found++] = metres(candidates.get(0), known);
                first += right(candidates.get(0), known) ? 1 : 0;
            }
            boolean near = candidates.stream().limit(TOP).anyMatch(c -> right(c, known));
            among += near ? 1 : 0;
            misled += misled(match, known) ? 1 : 0;
            if (!near) {
                missed.accept(change, known);
            }
        }
        double[] sorted = Arrays.copyOf(metres, found);
        Arrays.sort(sorted);
        double n = Math.max(1, cases.size());
        return new Row(
                set,
                change,
                cases.size(),
                first / n,
                among / n,
                misled / n,
                quantile(sorted, 0.5),
                quantile(sorted, 0.9));
    }

    private static boolean misled(Gazetteer.Match match, Known known) {
        if (known.region().isEmpty()) {
            return match.resolved() && !right(match.candidates().get(0), known);
        }
        List<String> said = match.parsed().regions();
        return said.size() == 1
                && !said.get(0).startsWith(known.region())
                && !known.region().startsWith(said.get(0));
    }

    private static OptionalDouble quantile(double[] sorted, double share) {
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(sorted[(int) Math.floor(share * (sorted.length - 1))]);
    }

    private static double metres(AddressCandidate c, Known known) {
        return Ellipsoid.shortLine(c.lon(), c.lat(), known.place().lon(), known.place().lat());
    }

    private static boolean right(AddressCandidate c, Known known) {
        double near = c.level() == AddressLevel.ROAD ? c.accuracyMetres() : NEAR_ENOUGH;
        return known.region().isEmpty()
                ? c.level().compareTo(known.level()) <= 0 && metres(c, known) <= near
                : c.region().filter(r -> r.startsWith(known.region())).isPresent();
    }

    /**
     * The addresses of a file that name province, city and district in full, which is then the
     * truth, as typed and as people write otherwise.
     */
    public List<Row> fullAddresses(String set, Path file, int most) throws IOException {
        List<Listed> listed = new ArrayList<>();
        full(file).forEach((address, d) -> listed.add(listed(d, "", below(address, d))));
        return written(set, listed.subList(0, Math.min(most, listed.size())));
    }

    /**
     * Addresses made up of every level: towns of the whole country, or villages, with what stands
     * below the district in real addresses; written as people write.
     *
     * @param details a file of addresses as {@link #fullAddresses} reads it
     * @param villages a file of town codes and the names of their villages; empty for none
     * @param half which half of the towns and of the details to draw from: whoever works on the
     *     parser looks at one and measures by the other
     */
    public List<Row> drawn(String set, Path details, Optional<Path> villages, Half half, int most)
            throws IOException {
        List<String> tails = new ArrayList<>();
        full(details)
                .forEach(
                        (address, d) -> {
                            String tail = below(address, d);
                            if (half.has(tail) && TAIL.matcher(tail).matches()) {
                                tails.add(tail);
                            }
                        });
        List<String> towns = new ArrayList<>();
        if (villages.isPresent()) {
            for (String line : Files.readAllLines(villages.get(), StandardCharsets.UTF_8)) {
                String[] f = line.split("\t", 2);
                for (String village : f[1].split(" ", -1)) {
                    towns.add(f[0] + village);
                }
            }
        } else {
            divisions.all().stream()
                    .filter(d -> d.code().length() == TOWN)
                    .forEach(d -> towns.add(d.code()));
        }
        Random random = new Random(SEED);
        java.util.Collections.shuffle(towns, random);
        List<Listed> listed = new ArrayList<>();
        for (String town : towns) {
            Optional<Division> d = divisions.find(town.substring(0, TOWN));
            if (half.has(town) && d.isPresent() && listed.size() < most) {
                String tail = tails.get(random.nextInt(tails.size()));
                listed.add(listed(d.get(), town.substring(TOWN), tail));
            }
        }
        return written(set, listed);
    }

    /** One half of what there is to draw from. */
    public enum Half {
        /** To look at and learn from. */
        LEARNING,
        /** To measure by: its addresses are not looked at. */
        HELD_OUT;

        private boolean has(String text) {
            return Math.floorMod(text.hashCode() / 7, 2) == ordinal();
        }
    }

    private record Listed(Habit.Levels levels, Division region) {}

    private List<Row> written(String set, List<Listed> listed) {
        List<Row> rows = new ArrayList<>();
        for (Habit habit : Habit.values()) {
            Random random = new Random(SEED);
            List<Known> cases = new ArrayList<>();
            for (Listed one : listed) {
                Division d = one.region();
                habit.write(one.levels(), random)
                        .ifPresent(
                                a ->
                                        cases.add(
                                                new Known(
                                                        a,
                                                        d.code(),
                                                        new LonLat(d.lon(), d.lat()))));
            }
            if (!cases.isEmpty()) {
                rows.add(run(set, habit.title(), cases));
            }
        }
        return rows;
    }

    /** An address in a division: of its town if it is one, else of what it is. */
    private Listed listed(Division d, String village, String tail) {
        String code = d.code();
        boolean town = code.length() == TOWN;
        Habit.Levels levels =
                new Habit.Levels(
                        name(code, 2),
                        name(code, 4),
                        name(code, 6),
                        town ? d.name() : "",
                        village + tail);
        return new Listed(levels, divisions.find(divisions.region(code)).orElse(d));
    }

    private String name(String code, int length) {
        return divisions
                .find(code.substring(0, Math.min(length, code.length())))
                .filter(d -> d.code().length() == length)
                .map(Division::name)
                .orElse("");
    }

    private Map<String, Division> full(Path file) throws IOException {
        Map<String, Division> byPath = new TreeMap<>();
        for (Division d : divisions.all()) {
            if (d.code().length() == 6) {
                byPath.put(d.path(), d);
            }
        }
        Map<String, Division> full = new LinkedHashMap<>();
        for (CSVRecord row : rows(file)) {
            String address = row.get(0);
            for (int end = Math.min(30, address.length()); end > 4; end--) {
                Division d = byPath.get(address.substring(0, end));
                if (d != null) {
                    full.putIfAbsent(address, d);
                    break;
                }
            }
        }
        return full;
    }

    /** Addresses with the code of the division they are in; rows without one are passed over. */
    public Row coded(String set, Path file) throws IOException {
        List<Known> cases = new ArrayList<>();
        for (CSVRecord row : rows(file)) {
            String code = row.get("expected_adcode").strip();
            Optional<Division> d =
                    code.length() == 6 ? divisions.holding(trimmed(code)) : Optional.empty();
            d.ifPresent(
                    t ->
                            cases.add(
                                    new Known(
                                            row.get("address"),
                                            t.code(),
                                            new LonLat(t.lon(), t.lat()))));
        }
        return run(set, "原样 as typed", cases);
    }

    /** Addresses with coordinates, CGCS2000 degrees. */
    public Row placed(String set, Path file) throws IOException {
        List<Known> cases = new ArrayList<>();
        for (CSVRecord row : rows(file)) {
            cases.add(
                    new Known(
                            row.get("address"),
                            "",
                            new LonLat(
                                    Double.parseDouble(row.get("lon")),
                                    Double.parseDouble(row.get("lat")))));
        }
        return run(set, "原样 as typed", cases);
    }

    /** Whether the file has a column of this name. */
    public static boolean hasColumn(Path file, String column) throws IOException {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = format().parse(in)) {
            return parser.getHeaderNames().contains(column);
        }
    }

    /** The doors of these layers, each as it is and changed. */
    public List<Row> doors(String set, List<Layer> layers) {
        AddressParser parser = new AddressParser(divisions);
        List<Known> cases = new ArrayList<>();
        List<Division> truths = new ArrayList<>();
        for (Layer layer : layers) {
            for (Feature feature : layer.features()) {
                Optional<String> address = feature.attribute("address");
                List<String> regions = parser.parse(address.orElse("")).regions();
                if (address.isPresent() && regions.size() == 1) {
                    Point at = feature.geometry().getInteriorPoint();
                    cases.add(new Known(address.get(), "", new LonLat(at.getX(), at.getY())));
                    truths.add(divisions.find(regions.get(0)).orElseThrow());
                }
            }
        }
        Random random = new Random(SEED);
        List<Row> rows = new ArrayList<>();
        rows.add(run(set, "原样 as it is", cases));
        rows.add(
                run(
                        set,
                        "省略省市 district only",
                        changed(cases, truths, (a, d) -> Optional.of(d.name() + below(a, d)))));
        rows.add(
                run(
                        set,
                        "不写区划 no division",
                        changed(cases, truths, (a, d) -> Optional.of(below(a, d)))));
        rows.add(run(set, "少写“号” no 号", changed(cases, a -> a.replaceAll("号$", ""))));
        rows.add(run(set, "加楼室 with room", changed(cases, a -> a + "3号楼2单元501室")));
        rows.add(
                run(
                        set,
                        "路名错一字 one slip",
                        changed(
                                cases,
                                truths,
                                (a, d) -> {
                                    String words = below(a, d).replaceAll("[0-9].*", "");
                                    return Optional.of(
                                            d.path()
                                                    + Habit.slip(words, random)
                                                    + below(a, d).substring(words.length()));
                                })));
        return rows;
    }

    /** What these layers name besides: places, and roads anywhere along them. */
    public List<Row> names(String set, List<Layer> layers, boolean roads) {
        Regions regions = new Regions(layers, divisions);
        List<Known> cases = new ArrayList<>();
        List<Division> in = new ArrayList<>();
        for (Layer layer : layers) {
            List<Entry> named =
                    roads && layer.kind().equals("road")
                            ? Roads.of(layer, regions, divisions)
                            : !roads && Gazetteer.named(layer)
                                    ? layer.features().stream()
                                            .filter(f -> !f.name().isBlank())
                                            .map(f -> named(layer, f, regions))
                                            .toList()
                                    : List.of();
            for (Entry e : named) {
                Optional<Division> d = divisions.find(e.region());
                if (d.isPresent()) {
                    cases.add(new Known(e.name(), "", new LonLat(e.lon(), e.lat()), e.level()));
                    in.add(d.get());
                }
            }
        }
        Random random = new Random(SEED);
        return List.of(
                run(set, "只写名称 name alone", cases),
                run(
                        set,
                        "加区划 with division",
                        changed(cases, in, (n, d) -> Optional.of(d.path() + n))),
                run(
                        set,
                        "名称错一字 one slip",
                        changed(cases, in, (n, d) -> Optional.of(Habit.slip(n, random)))),
                run(
                        set,
                        "打了前一半 first half",
                        changed(
                                cases,
                                in,
                                (n, d) ->
                                        n.length() < 4
                                                ? Optional.empty()
                                                : Optional.of(
                                                        n.substring(0, (n.length() + 1) / 2)))));
    }

    private Entry named(Layer layer, Feature feature, Regions regions) {
        Point at = feature.geometry().getInteriorPoint();
        return Entry.named(layer, feature, at, regions.at(at), divisions);
    }

    private static List<Known> changed(
            List<Known> cases, java.util.function.UnaryOperator<String> change) {
        return cases.stream()
                .map(k -> new Known(change.apply(k.address()), k.region(), k.place(), k.level()))
                .toList();
    }

    private static List<Known> changed(
            List<Known> cases,
            List<Division> truths,
            BiFunction<String, Division, Optional<String>> change) {
        List<Known> changed = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            Known k = cases.get(i);
            change.apply(k.address(), truths.get(i))
                    .ifPresent(a -> changed.add(new Known(a, k.region(), k.place(), k.level())));
        }
        return changed;
    }

    private static String below(String address, Division d) {
        return address.startsWith(d.path()) ? address.substring(d.path().length()) : address;
    }

    private static String trimmed(String code) {
        String cut = code;
        while (cut.length() > 2 && cut.endsWith("00")) {
            cut = cut.substring(0, cut.length() - 2);
        }
        return cut;
    }

    private static CSVFormat format() {
        return CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    }

    private static List<CSVRecord> rows(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = format().parse(in)) {
            return parser.stream().limit(MOST_ROWS).toList();
        }
    }
}
