package org.kanqian.gis.survey;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.China;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.measure.RoadNetwork;
import org.kanqian.gis.measure.Ruler;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Reason;
import org.kanqian.rules.fact.Position;
import org.kanqian.rules.fact.Provenance;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * Surveys sites on one set of layers. For every kind of thing {@code k} the layers hold it finds
 *
 * <ul>
 *   <li>{@code site.distance.k}: straight from the site to the outline of the nearest, 0 inside;
 *   <li>{@code site.inside.k}: whether the site lies in one;
 *   <li>{@code site.gates.k}: straight to the nearest gate, where a layer {@code k_gate} holds
 *       them;
 *   <li>{@code site.walking.k}: the walk to the nearest, where a layer {@code road} holds the ways.
 * </ul>
 *
 * A layer proves only what lies in its coverage, is not stale and is exact enough; all else is a
 * {@link FactValue.Missing} with what is known of it as bounds. Immutable and safe to share.
 */
public final class SiteSurveyor {
    /** Kind of the layer walking distances are measured over. */
    public static final String ROAD = "road";

    /** Kind of the layer whose feature ids are GB/T 2260 codes. */
    public static final String REGION = "region";

    /** Kind of the layer of buildings with flats in them. */
    public static final String RESIDENTIAL_BUILDING = "residential_building";

    private static final String GATE = "_gate";
    private static final String PLANNED = "planned_";

    /** Taken where a request does not say how exact its coordinates are, in metres. */
    public static final double ASSUMED_ACCURACY = 10;

    /** Planned things farther than this are not worth mentioning, in metres. */
    private static final double PLANNED_REACH = 500;

    /** A gate this near an outline belongs to it, in metres. */
    private static final double GATE_REACH = 25;

    private static final int MOST_ENTRANCES = 50;
    private static final double FARTHEST_ENTRANCE = 500;
    private static final double WALKING_ERROR = 5;
    private static final double WALKING_ERROR_SHARE = 0.02;
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final LayerSet layers;
    private final Map<String, RoadNetwork> networks = new HashMap<>();

    public SiteSurveyor(LayerSet layers) {
        this.layers = layers;
        layers.ofKind(ROAD).forEach(l -> networks.put(l.about().id(), new RoadNetwork(l)));
    }

    /** The layers it surveys on. */
    public LayerSet layers() {
        return layers;
    }

    /**
     * Surveys one site.
     *
     * @param asOf the day the answer is for; layers too old on it are not relied on
     * @throws SiteInputException if the site cannot be where it is said to be
     */
    public SiteSurvey survey(SiteInput site, LocalDate asOf) {
        if (site.coordinates().isEmpty()) {
            if (site.entrances().isPresent()) {
                throw new SiteInputException(
                        "/entrances",
                        "出入口要和 coordinates 一起给，坐标基准以它为准。",
                        "Entrances need coordinates beside them; their datum counts for both.");
            }
            return new SiteSurvey(
                    Optional.empty(), 0, Optional.empty(), nowhere(), new TreeMap<>(), List.of());
        }
        Coordinates given = site.coordinates().get();
        check(given);
        Position place = given.datum().toCgcs2000(given.lon(), given.lat());
        double error =
                given.accuracyMetres().orElse(ASSUMED_ACCURACY) + given.datum().errorMetres();
        Geometry point = FACTORY.createPoint(new Coordinate(place.x(), place.y()));
        Geometry doors = site.entrances().map(e -> entrances(e, given, point)).orElse(point);
        return new One(new Ruler(doors), error, asOf).survey(place);
    }

    private static void check(Coordinates c) {
        if (China.holds(c.lon(), c.lat())) {
            double accuracy = c.accuracyMetres().orElse(0);
            if (!(accuracy >= 0 && accuracy <= 10_000)) {
                throw new SiteInputException(
                        "/coordinates/accuracy",
                        "accuracy 是以米计的误差，要在 0 到 10000 之间。",
                        "accuracy is an error in metres, between 0 and 10000.");
            }
            return;
        }
        if (China.holds(c.lat(), c.lon())) {
            throw new SiteInputException(
                    "/coordinates",
                    "经度和纬度像是填反了：lon 是经度（约 73 到 136），lat 是纬度（约 3 到 54）。",
                    "Longitude and latitude look swapped: lon is about 73 to 136, lat 3 to 54.");
        }
        throw new SiteInputException(
                "/coordinates",
                "坐标不在中国范围内：lon 要在 73 到 136 之间，lat 要在 3 到 54 之间，单位是度。",
                "Outside China: lon must lie between 73 and 136, lat between 3 and 54 degrees.");
    }

    private static Geometry entrances(Geometry entrances, Coordinates given, Geometry point) {
        if (entrances.isEmpty()
                || entrances.getDimension() != 0
                || entrances.getNumGeometries() > MOST_ENTRANCES) {
            throw new SiteInputException(
                    "/entrances",
                    "entrances 要是 Point 或 MultiPoint，最多 " + MOST_ENTRANCES + " 个点。",
                    "entrances must be a Point or MultiPoint of at most "
                            + MOST_ENTRANCES
                            + " points.");
        }
        Coordinate[] doors = new Coordinate[entrances.getNumPoints()];
        for (int i = 0; i < doors.length; i++) {
            Coordinate c = entrances.getCoordinates()[i];
            Position p =
                    China.holds(c.x, c.y) ? given.datum().toCgcs2000(c.x, c.y) : new Position(0, 0);
            doors[i] = new Coordinate(p.x(), p.y());
        }
        Geometry points = FACTORY.createMultiPointFromCoords(doors);
        if (new Ruler(point).farthest(points) > FARTHEST_ENTRANCE) {
            throw new SiteInputException(
                    "/entrances",
                    "出入口离 coordinates 超过 " + (int) FARTHEST_ENTRANCE + " 米，请核对。",
                    "An entrance lies more than "
                            + (int) FARTHEST_ENTRANCE
                            + " m from the coordinates.");
        }
        return points;
    }

    private Map<String, FactValue> nowhere() {
        FactValue unknown = new FactValue.Missing(Reason.SITE_UNKNOWN, "没有坐标，地图上的距离量不了。");
        Map<String, FactValue> facts = new HashMap<>();
        for (String kind : measured()) {
            factNames(kind).forEach(f -> facts.put(f, unknown));
        }
        return facts;
    }

    /** The kinds of things distances are measured to. */
    private List<String> measured() {
        return layers.kinds().stream()
                .filter(k -> !k.endsWith(GATE) && !k.equals(ROAD) && !k.equals(REGION))
                .filter(k -> !k.startsWith(PLANNED))
                .toList();
    }

    private List<String> factNames(String kind) {
        if (kind.equals(RESIDENTIAL_BUILDING)) {
            return List.of("site.building.residential");
        }
        List<String> names = new ArrayList<>();
        names.add("site.distance." + kind);
        names.add("site.inside." + kind);
        if (!layers.ofKind(kind + GATE).isEmpty()) {
            names.add("site.gates." + kind);
        }
        if (!layers.ofKind(ROAD).isEmpty()) {
            names.add("site.walking." + kind);
        }
        return names;
    }

    /** The survey of one site. */
    private final class One {
        private final Ruler ruler;
        private final double siteError;
        private final LocalDate asOf;
        private final Map<String, FactValue> facts = new LinkedHashMap<>();
        private final SortedMap<String, String> used = new TreeMap<>();
        private final Map<Layer, Double> depths = new HashMap<>();

        One(Ruler ruler, double siteError, LocalDate asOf) {
            this.ruler = ruler;
            this.siteError = siteError;
            this.asOf = asOf;
        }

        SiteSurvey survey(Position place) {
            for (String kind : measured()) {
                if (kind.equals(RESIDENTIAL_BUILDING)) {
                    facts.put("site.building.residential", inside(kind));
                    continue;
                }
                Distance distance = distance(kind);
                facts.put("site.distance." + kind, distance.value());
                facts.put("site.inside." + kind, inside(kind));
                if (!layers.ofKind(kind + GATE).isEmpty()) {
                    facts.put("site.gates." + kind, gates(kind, distance));
                }
                if (!layers.ofKind(ROAD).isEmpty()) {
                    facts.put("site.walking." + kind, walking(kind, distance));
                }
            }
            return new SiteSurvey(Optional.of(place), siteError, region(), facts, used, planned());
        }

        /** How far the site lies inside a layer's coverage, its own error taken off. */
        private double depth(Layer layer) {
            return depths.computeIfAbsent(layer, l -> Math.max(0, ruler.depth(l) - siteError));
        }

        /** The layers of a kind that hold here and now. */
        private List<Layer> holding(String kind) {
            List<Layer> holding =
                    layers.ofKind(kind, asOf).stream().filter(l -> depth(l) > 0).toList();
            holding.forEach(l -> used.put(l.about().id(), l.version()));
            return holding;
        }

        private FactValue unproven(
                String kind, @Nullable BigDecimal low, @Nullable BigDecimal high) {
            List<Layer> fresh = layers.ofKind(kind, asOf);
            if (fresh.isEmpty()) {
                Layer newest =
                        layers.ofKind(kind).stream()
                                .max(Comparator.comparing(l -> l.about().surveyed()))
                                .orElseThrow();
                return new FactValue.Missing(
                        Reason.LAYER_STALE,
                        "图层“"
                                + newest.about().title()
                                + "”是 "
                                + newest.about().surveyed()
                                + " 的，已经过了可用期。");
            }
            boolean covered = fresh.stream().anyMatch(l -> depth(l) > 0);
            boolean complete = fresh.stream().anyMatch(l -> depth(l) > 0 && l.about().complete());
            String titles =
                    String.join(
                            "、", fresh.stream().map(l -> "“" + l.about().title() + "”").toList());
            return covered && !complete
                    ? new FactValue.Missing(
                            Reason.NOT_DRAWN, "图层" + titles + "没有画全，没画不等于没有。", low, high)
                    : new FactValue.Missing(
                            Reason.OUTSIDE_COVERAGE,
                            covered ? "要找的范围超出了图层" + titles + "的边界。" : "场址不在图层" + titles + "的范围内。",
                            low,
                            high);
        }

        /**
         * @param candidates what is about as near as the nearest, nearest first
         * @param proven nothing of the kind can be nearer than this
         */
        private record Distance(FactValue value, List<Ruler.Reached> candidates, double proven) {}

        private Distance distance(String kind) {
            List<Layer> holding = holding(kind);
            List<Ruler.Reached> reached =
                    holding.stream()
                            .flatMap(l -> ruler.nearest(l).stream())
                            .sorted(Comparator.comparingDouble(Ruler.Reached::metres))
                            .toList();
            double proven = 0;
            for (Layer layer : holding) {
                if (layer.about().complete()) {
                    double least = depth(layer);
                    for (Ruler.Reached r : reached) {
                        if (r.layer() == layer) {
                            least = Math.min(least, r.metres());
                        }
                    }
                    proven = Math.max(proven, least);
                }
            }
            if (reached.isEmpty()) {
                return new Distance(
                        unproven(kind, proven > 0 ? metres(proven) : null, null),
                        List.of(),
                        proven);
            }
            Ruler.Reached nearest = reached.get(0);
            List<Ruler.Reached> candidates = rivals(holding, nearest);
            double least =
                    candidates.stream().mapToDouble(Ruler.Reached::least).min().orElseThrow();
            double error = siteError + Math.max(nearest.error(), nearest.metres() - least);
            if (proven >= nearest.metres()) {
                return new Distance(
                        number(nearest.metres(), error, at(nearest)), candidates, proven);
            }
            double low = Math.max(0, Math.min(proven, least - siteError));
            return new Distance(
                    unproven(kind, metres(low), metres(nearest.metres() + error)),
                    candidates,
                    proven);
        }

        /** Everything that, its error given, could be nearer than the nearest seems. */
        private List<Ruler.Reached> rivals(List<Layer> holding, Ruler.Reached nearest) {
            return holding.stream()
                    .flatMap(
                            l ->
                                    ruler
                                            .within(
                                                    l,
                                                    nearest.metres()
                                                            + l.about().accuracyMetres()
                                                            + l.about().pointExtentMetres())
                                            .stream())
                    .sorted(Comparator.comparingDouble(Ruler.Reached::metres))
                    .toList();
        }

        private FactValue inside(String kind) {
            List<Layer> holding = holding(kind);
            boolean complete = false;
            for (Layer layer : holding) {
                double error =
                        siteError
                                + layer.about().accuracyMetres()
                                + layer.about().pointExtentMetres();
                List<Ruler.Reached> near = ruler.within(layer, error);
                for (Ruler.Reached r : near) {
                    if (ruler.inside(r.feature())
                            && ruler.toOutline(r.feature()) > siteError + r.error()) {
                        return new FactValue.Flag(true, at(r));
                    }
                }
                for (Ruler.Reached r : near) {
                    if (r.metres() <= siteError + r.error()) {
                        return new FactValue.Missing(
                                Reason.WITHIN_ERROR,
                                "离“"
                                        + name(r)
                                        + "”的边界不到 "
                                        + Math.round(siteError + r.error())
                                        + " 米的误差，分不清在里面还是外面。");
                    }
                }
                complete |= layer.about().complete();
            }
            if (complete) {
                Layer layer =
                        holding.stream()
                                .filter(l -> l.about().complete())
                                .findFirst()
                                .orElseThrow();
                return new FactValue.Flag(
                        false, new Provenance.Map(kind, layer.version(), "", "", List.of()));
            }
            return unproven(kind, null, null);
        }

        /** Straight to the nearest gate; a thing without a drawn gate may have one anywhere. */
        private FactValue gates(String kind, Distance distance) {
            List<Layer> gateLayers = holding(kind + GATE);
            if (gateLayers.isEmpty() || distance.candidates().isEmpty()) {
                BigDecimal low = distance.proven() > 0 ? metres(distance.proven()) : null;
                return unproven(gateLayers.isEmpty() ? kind + GATE : kind, low, null);
            }
            boolean complete = gateLayers.stream().allMatch(l -> l.about().complete());
            double reach = distance.proven();
            List<Ruler.Reached> things =
                    holding(kind).stream().flatMap(l -> ruler.within(l, reach).stream()).toList();
            Ruler.@Nullable Reached best = null;
            double undrawn = Double.POSITIVE_INFINITY;
            for (Ruler.Reached thing : things) {
                List<Ruler.Reached> own =
                        gateLayers.stream()
                                .flatMap(l -> ruler.near(l, thing.feature(), GATE_REACH).stream())
                                .toList();
                if (own.isEmpty() || !complete) {
                    undrawn = Math.min(undrawn, thing.least());
                }
                for (Ruler.Reached gate : own) {
                    if (best == null || gate.metres() < best.metres()) {
                        best = gate;
                    }
                }
            }
            double low = Math.max(0, Math.min(undrawn, distance.proven()) - siteError);
            if (best == null) {
                return new FactValue.Missing(Reason.NOT_DRAWN, "附近的门没有画在图上。", metres(low), null);
            }
            double error = siteError + best.error();
            return undrawn >= best.metres() && distance.proven() >= best.metres()
                    ? number(best.metres(), error, at(best))
                    : new FactValue.Missing(
                            Reason.NOT_DRAWN,
                            "图上画出的最近的门在 " + Math.round(best.metres()) + " 米处，可能还有没画出来的。",
                            metres(Math.min(low, best.metres())),
                            metres(best.metres() + error));
        }

        /** Never shorter than the straight line, never longer than the walk that was found. */
        private FactValue walking(String kind, Distance distance) {
            List<Layer> roads = holding(ROAD);
            BigDecimal low =
                    metres(
                            Math.max(
                                    0,
                                    distance.candidates().stream()
                                                    .mapToDouble(Ruler.Reached::least)
                                                    .reduce(distance.proven(), Math::min)
                                            - siteError));
            Optional<RoadNetwork.Walk> shortest = Optional.empty();
            double depth = 0;
            boolean complete = false;
            Layer on = null;
            List<Ruler.Reached> places =
                    holding(kind).stream().flatMap(l -> ruler.within(l, 3_000).stream()).toList();
            for (Layer road : roads) {
                Optional<RoadNetwork.Walk> walk =
                        java.util.Objects.requireNonNull(networks.get(road.about().id()))
                                .shortest(ruler, places);
                if (walk.isPresent()
                        && (shortest.isEmpty() || walk.get().metres() < shortest.get().metres())) {
                    shortest = walk;
                    depth = depth(road);
                    complete = road.about().complete();
                    on = road;
                }
            }
            if (shortest.isEmpty() || on == null) {
                return unproven(roads.isEmpty() ? ROAD : kind, low, null);
            }
            RoadNetwork.Walk walk = shortest.get();
            double error =
                    siteError
                            + walk.to().error()
                            + WALKING_ERROR
                            + WALKING_ERROR_SHARE * walk.metres();
            Provenance from =
                    new Provenance.Map(
                            kind,
                            walk.to().layer().version(),
                            walk.to().feature().id(),
                            walk.to().feature().name(),
                            walk.path());
            if (complete && walk.metres() <= Math.min(depth, distance.proven())) {
                return number(walk.metres(), error, from);
            }
            return new FactValue.Missing(
                    complete ? Reason.OUTSIDE_COVERAGE : Reason.NOT_DRAWN,
                    "图上能走的最短路是 " + Math.round(walk.metres()) + " 米，可能还有没画出来的近路。",
                    low,
                    metres(Math.max(low.doubleValue(), walk.metres() + error)));
        }

        private Optional<String> region() {
            List<String> codes = new ArrayList<>();
            for (Layer layer : holding(REGION)) {
                double error = siteError + layer.about().accuracyMetres();
                for (Ruler.Reached r : ruler.within(layer, error)) {
                    if (!ruler.inside(r.feature()) || ruler.toOutline(r.feature()) <= error) {
                        return Optional.empty();
                    }
                    codes.add(r.feature().id());
                }
            }
            return codes.stream().distinct().count() == 1
                    ? Optional.of(codes.get(0))
                    : Optional.empty();
        }

        private List<SiteSurvey.Planned> planned() {
            return layers.kinds().stream()
                    .filter(k -> k.startsWith(PLANNED))
                    .flatMap(this::plannedOf)
                    .toList();
        }

        private Stream<SiteSurvey.Planned> plannedOf(String kind) {
            return holding(kind).stream()
                    .flatMap(l -> ruler.within(l, PLANNED_REACH).stream())
                    .map(
                            r ->
                                    new SiteSurvey.Planned(
                                            kind.substring(PLANNED.length()),
                                            r.layer().about().id(),
                                            r.feature().name(),
                                            metres(r.metres()).doubleValue(),
                                            List.of(r.from(), r.to())));
        }

        private Provenance at(Ruler.Reached r) {
            return new Provenance.Map(
                    r.layer().about().kind(),
                    r.layer().version(),
                    r.feature().id(),
                    r.feature().name(),
                    List.of(r.from(), r.to()));
        }

        private String name(Ruler.Reached r) {
            Feature f = r.feature();
            return f.name().isEmpty() ? r.layer().about().title() : f.name();
        }
    }

    private static FactValue number(double metres, double error, Provenance from) {
        return new FactValue.Number(
                metres(metres),
                "m",
                BigDecimal.valueOf(error).setScale(3, RoundingMode.CEILING).stripTrailingZeros(),
                from);
    }

    private static BigDecimal metres(double metres) {
        return BigDecimal.valueOf(metres).setScale(3, RoundingMode.HALF_UP);
    }
}
