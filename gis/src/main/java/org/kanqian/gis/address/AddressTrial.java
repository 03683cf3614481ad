package org.kanqian.gis.address;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
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
    private static final String WRONG = "木田王口日月水火山石金土人大小上下";
    private static final int MOST_ROWS = 100_000;

    private final Gazetteer gazetteer;
    private final Divisions divisions = Divisions.packaged();

    public AddressTrial(Gazetteer gazetteer) {
        this.gazetteer = requireNonNull(gazetteer, "gazetteer");
    }

    /**
     * An address and where it is.
     *
     * @param region code of the division a candidate must lie in to be right; empty if {@code
     *     address} is judged by its place alone
     * @param place CGCS2000; that of the division's centre if only that is known
     */
    public record Known(String address, String region, LonLat place) {
        public Known {
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
     */
    public record Row(
            String set,
            String change,
            int n,
            double top1,
            double top5,
            OptionalDouble medianMetres,
            OptionalDouble worstTenthMetres) {}

    /** Looks all of them up. */
    public Row run(String set, String change, List<Known> cases) {
        int first = 0;
        int among = 0;
        double[] metres = new double[cases.size()];
        int found = 0;
        for (Known known : cases) {
            List<AddressCandidate> candidates = gazetteer.find(known.address()).candidates();
            if (!candidates.isEmpty()) {
                metres[found++] = metres(candidates.get(0), known);
                first += right(candidates.get(0), known) ? 1 : 0;
            }
            among += candidates.stream().limit(TOP).anyMatch(c -> right(c, known)) ? 1 : 0;
        }
        double[] sorted = Arrays.copyOf(metres, found);
        Arrays.sort(sorted);
        int n = cases.size();
        return new Row(
                set,
                change,
                n,
                n == 0 ? 0 : first / (double) n,
                n == 0 ? 0 : among / (double) n,
                quantile(sorted, 0.5),
                quantile(sorted, 0.9));
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
        return known.region().isEmpty()
                ? c.level().compareTo(AddressLevel.BUILDING) <= 0 && metres(c, known) <= NEAR_ENOUGH
                : c.region().filter(r -> r.startsWith(known.region())).isPresent();
    }

    /**
     * The addresses of a file that name province, city and district in full, which is then the
     * truth, as typed and changed.
     */
    public List<Row> fullAddresses(String set, Path file) throws IOException {
        Map<String, Division> byPath = new TreeMap<>();
        for (Division d : divisions.all()) {
            if (d.code().length() == 6) {
                byPath.put(d.path(), d);
            }
        }
        List<Known> cases = new ArrayList<>();
        List<Division> truths = new ArrayList<>();
        for (CSVRecord row : rows(file)) {
            String address = row.get(0);
            for (int end = Math.min(30, address.length()); end > 4; end--) {
                Division d = byPath.get(address.substring(0, end));
                if (d != null) {
                    cases.add(new Known(address, d.code(), new LonLat(d.lon(), d.lat())));
                    truths.add(d);
                    break;
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        rows.add(run(set, "原样 as typed", cases));
        rows.add(run(set, "省略省 no province", changed(cases, truths, this::withoutProvince)));
        rows.add(run(set, "省略市 no city", changed(cases, truths, this::withoutCity)));
        rows.add(
                run(
                        set,
                        "省市都略 neither",
                        changed(cases, truths, (a, d) -> Optional.of(d.name() + below(a, d)))));
        Random random = new Random(20_260_101);
        rows.add(
                run(
                        set,
                        "区划名错一字 one slip",
                        changed(
                                cases,
                                truths,
                                (a, d) -> Optional.of(slip(d.path(), random) + below(a, d)))));
        rows.add(run(set, "繁体 traditional", changed(cases, (a) -> Spelling.traditional(a))));
        rows.add(run(set, "全角 full width", changed(cases, AddressTrial::wide)));
        return rows;
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
        Random random = new Random(20_260_101);
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
                                                    + slip(words, random)
                                                    + below(a, d).substring(words.length()));
                                })));
        return rows;
    }

    private static List<Known> changed(
            List<Known> cases, java.util.function.UnaryOperator<String> change) {
        return cases.stream()
                .map(k -> new Known(change.apply(k.address()), k.region(), k.place()))
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
                    .ifPresent(a -> changed.add(new Known(a, k.region(), k.place())));
        }
        return changed;
    }

    private static String below(String address, Division d) {
        return address.startsWith(d.path()) ? address.substring(d.path().length()) : address;
    }

    private Optional<String> withoutProvince(String address, Division d) {
        return divisions
                .find(d.code().substring(0, 4))
                .map(city -> city.name() + d.name() + below(address, d));
    }

    private Optional<String> withoutCity(String address, Division d) {
        return divisions
                .find(d.code().substring(0, 4))
                .flatMap(city -> divisions.find(d.code().substring(0, 2)))
                .map(province -> province.name() + d.name() + below(address, d));
    }

    /** One character changed, left out or exchanged with the next. */
    private static String slip(String text, Random random) {
        if (text.length() < 2) {
            return text;
        }
        int at = random.nextInt(text.length() - 1);
        char other = WRONG.charAt(random.nextInt(WRONG.length()));
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + other + text.substring(at + 1);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            default ->
                    text.substring(0, at)
                            + text.charAt(at + 1)
                            + text.charAt(at)
                            + text.substring(at + 2);
        };
    }

    private static String wide(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) (c > 0x20 && c < 0x7F ? c + 0xFEE0 : c)));
        return wide.toString();
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
