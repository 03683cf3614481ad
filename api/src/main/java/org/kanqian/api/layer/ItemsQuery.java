package org.kanqian.api.layer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * Which features of a layer are asked for.
 *
 * @param boxes in {@code boxCrs}, east before north; empty if all features are. Two for a box over
 *     the 180th meridian
 * @param today whether the day of the layer is among those asked for
 */
record ItemsQuery(
        int limit,
        int offset,
        Optional<List<Envelope>> boxes,
        MapCrs boxCrs,
        MapCrs crs,
        boolean today,
        Map<String, String> given) {
    static final int USUAL = 10;
    static final int MOST = 10_000;

    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,10}");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?[0-9]{1,20}(\\.[0-9]{1,20})?([eE][-+]?[0-9]{1,2})?");
    private static final int LONGEST_DATETIME = 80;

    /** Some of the features asked for, and how many there are altogether. */
    record Page(List<Feature> features, int matched) {}

    /**
     * Reads the parameters as they were sent.
     *
     * @throws ProblemException 400, naming every parameter that is wrong
     */
    static ItemsQuery read(
            Layer layer,
            @Nullable String limit,
            @Nullable String offset,
            @Nullable String bbox,
            @Nullable String bboxCrs,
            @Nullable String crs,
            @Nullable String datetime) {
        List<Fault> faults = new ArrayList<>();
        List<MapCrs> offered = MapCrs.around(layer.coverage().getEnvelopeInternal());
        MapCrs from = crs("bbox-crs", bboxCrs, offered, faults);
        MapCrs to = crs("crs", crs, offered, faults);
        long most = limit == null ? USUAL : count(limit);
        if (most < 1) {
            faults.add(
                    new Fault(
                            "",
                            "参数 limit 是 1 到 " + MOST + " 的整数。",
                            "The parameter limit is a whole number from 1 to " + MOST + "."));
        }
        long first = offset == null ? 0 : count(offset);
        if (first < 0) {
            faults.add(
                    new Fault(
                            "",
                            "参数 offset 是 0 或正整数。",
                            "The parameter offset is a whole number, 0 or more."));
        }
        Optional<List<Envelope>> boxes =
                Optional.ofNullable(bbox).map(text -> boxes(text, from, faults));
        boolean today = datetime == null || meets(datetime, layer.surveyed(), faults);
        if (!faults.isEmpty()) {
            throw ProblemException.parameters(faults);
        }
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "bbox", bbox);
        put(given, "bbox-crs", bboxCrs);
        put(given, "crs", crs);
        put(given, "datetime", datetime);
        return new ItemsQuery(
                (int) Math.min(most, MOST),
                (int) Math.min(first, Integer.MAX_VALUE),
                boxes,
                from,
                to,
                today,
                given);
    }

    /** The system of a single feature; as {@link #read}. */
    static MapCrs crs(Layer layer, @Nullable String crs) {
        List<Fault> faults = new ArrayList<>();
        MapCrs found =
                crs("crs", crs, MapCrs.around(layer.coverage().getEnvelopeInternal()), faults);
        if (!faults.isEmpty()) {
            throw ProblemException.parameters(faults);
        }
        return found;
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }

    private static long count(String text) {
        return COUNT.matcher(text).matches() ? Long.parseLong(text) : -1;
    }

    private static MapCrs crs(
            String parameter, @Nullable String uri, List<MapCrs> offered, List<Fault> faults) {
        if (uri == null) {
            return MapCrs.CRS84;
        }
        Optional<MapCrs> found = offered.stream().filter(c -> c.uri().equals(uri)).findFirst();
        if (found.isEmpty()) {
            String uris = offered.stream().map(MapCrs::uri).collect(Collectors.joining(" "));
            faults.add(
                    new Fault(
                            "",
                            "参数 " + parameter + "：这个图层不提供坐标系 " + Fault.shown(uri) + "，可以是 " + uris,
                            "The parameter "
                                    + parameter
                                    + ": this collection is not offered in "
                                    + Fault.shown(uri)
                                    + "; use one of "
                                    + uris));
        }
        return found.orElse(MapCrs.CRS84);
    }

    /** Four numbers, or six of which the heights are not looked at. */
    private static List<Envelope> boxes(String text, MapCrs crs, List<Fault> faults) {
        String[] parts = text.split(",", 8);
        boolean read = parts.length == 4 || parts.length == 6;
        double[] ends = new double[parts.length];
        for (int i = 0; read && i < parts.length; i++) {
            read = NUMBER.matcher(parts[i].strip()).matches();
            ends[i] = read ? Double.parseDouble(parts[i].strip()) : 0;
        }
        if (read) {
            int second = parts.length / 2;
            int x = crs.northFirst() ? 1 : 0;
            int y = 1 - x;
            double west = ends[x];
            double south = ends[y];
            double east = ends[second + x];
            double north = ends[second + y];
            Envelope domain = crs.domain();
            boolean inside =
                    !crs.degrees() || domain.covers(west, south) && domain.covers(east, north);
            if (south <= north && inside && west <= east) {
                return inside(List.of(new Envelope(west, east, south, north)), domain);
            }
            if (south <= north && inside && crs.degrees()) {
                return List.of(
                        new Envelope(west, domain.getMaxX(), south, north),
                        new Envelope(domain.getMinX(), east, south, north));
            }
        }
        faults.add(
                new Fault(
                        "",
                        "参数 bbox 是四个用逗号隔开的数：先小角后大角，坐标轴顺序按 bbox-crs（不写是 CRS84，先经度后纬度），例如"
                                + " 116.3,39.9,116.4,40。",
                        "The parameter bbox is four numbers with commas between: the lower corner,"
                                + " then the upper, in the axis order of bbox-crs (CRS84, longitude"
                                + " first, unless given), e.g. 116.3,39.9,116.4,40."));
        return List.of();
    }

    private static List<Envelope> inside(List<Envelope> boxes, Envelope domain) {
        return boxes.stream().map(domain::intersection).filter(b -> !b.isNull()).toList();
    }

    /** Whether a moment, or an interval with {@code ..} for an open end, meets a day in China. */
    private static boolean meets(String text, LocalDate day, List<Fault> faults) {
        String[] ends = text.split("/", 4);
        try {
            if (text.length() <= LONGEST_DATETIME && ends.length <= 2 && !text.equals("..")) {
                Optional<LocalDate> first = day(ends[0], ends.length == 2);
                Optional<LocalDate> last = day(ends[ends.length - 1], ends.length == 2);
                boolean ordered =
                        first.isEmpty() || last.isEmpty() || !first.get().isAfter(last.get());
                if (ordered) {
                    return first.filter(d -> d.isAfter(day)).isEmpty()
                            && last.filter(d -> d.isBefore(day)).isEmpty();
                }
            }
        } catch (DateTimeException e) {
            // Said below, once for all ways of being wrong.
        }
        faults.add(
                new Fault(
                        "",
                        "参数 datetime 是时刻，或用 / 隔开的起止，例如 2020-01-01T00:00:00Z/..。",
                        "The parameter datetime is a moment, or two with a / between, e.g."
                                + " 2020-01-01T00:00:00Z/.."));
        return true;
    }

    private static Optional<LocalDate> day(String text, boolean mayBeOpen) {
        if (mayBeOpen && (text.isEmpty() || text.equals(".."))) {
            return Optional.empty();
        }
        return Optional.of(
                text.length() == "2020-01-01".length()
                        ? LocalDate.parse(text)
                        : OffsetDateTime.parse(text).atZoneSameInstant(CHINA).toLocalDate());
    }

    /** The features asked for, in the order of the file. */
    Page of(Layer layer) {
        if (!today) {
            return new Page(List.of(), 0);
        }
        if (boxes.isEmpty()) {
            List<Feature> page =
                    offset < layer.size() ? layer.page(offset, limit) : List.<Feature>of();
            return new Page(page, layer.size());
        }
        Envelope near = new Envelope();
        boxes.get().forEach(box -> near.expandToInclude(boxCrs.inDegrees(box)));
        Sieve sieve = new Sieve(boxes.get().stream().map(FACTORY::toGeometry).toList());
        if (near.isNull()) {
            return new Page(List.of(), 0);
        }
        if (near.covers(layer.coverage().getEnvelopeInternal())) {
            layer.forEach(sieve); // nearly all of it: not all at once
        } else {
            layer.meeting(near).forEach(sieve);
        }
        return new Page(List.copyOf(sieve.page), sieve.matched);
    }

    private final class Sieve implements Consumer<Feature> {
        private final List<Geometry> boxes;
        private final List<Feature> page = new ArrayList<>();
        private int matched;

        Sieve(List<Geometry> boxes) {
            this.boxes = boxes;
        }

        @Override
        public void accept(Feature feature) {
            Optional<Geometry> there = boxCrs.eastFirst(feature.geometry());
            if (there.isPresent() && boxes.stream().anyMatch(there.get()::intersects)) {
                if (matched >= offset && page.size() < limit) {
                    page.add(feature);
                }
                matched++;
            }
        }
    }
}
