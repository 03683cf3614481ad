package org.kanqian.gis.survey;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.measure.Nearest;
import org.kanqian.gis.measure.Ruler;
import org.kanqian.gis.measure.Walk;
import org.kanqian.gis.measure.WalkingNetwork;
import org.kanqian.gis.measure.Zone;
import org.kanqian.gis.survey.Gates.Gate;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Missing;
import org.kanqian.rules.fact.FactValue.Reason;
import org.kanqian.rules.fact.Measure;
import org.kanqian.rules.fact.Measure.End;
import org.kanqian.rules.fact.Measure.Path;
import org.kanqian.rules.fact.Position;
import org.kanqian.rules.fact.Provenance;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * The facts of one located site on one day. A distance is the distance to the nearest of all places
 * of a kind; a place whose end is not drawn (a campus without gates, premises without a boundary)
 * is anywhere its outline leaves room for, and the fact is known as far as that does not matter.
 */
final class MapFacts {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /** Two premises, or premises and a store, may adjoin up to here beyond all errors, metres. */
    private static final double ADJOINING = 50;

    /** What a road layer leaves out of a walk: steps, the way round a corner. */
    private static final double WALK_RELATIVE_ERROR = 0.02;

    /** How far around what else is near is listed, metres, and how many of a kind. */
    private static final double NEARBY = 500;

    private static final int MOST_NEARBY = 5;

    private final Atlas atlas;
    private final LayerSet layers;
    private final CheckedSite site;
    private final LocalDate asOf;
    private final Map<String, Measure> ways;
    private final Ruler fromEntrances;
    private final Ruler ofExtent;
    private final Ruler ofPoint;

    /** How far layers reach from the entrances, and from the extent. */
    private final Map<List<Layer>, Optional<Double>> fromEntrancesReach = new HashMap<>();

    private final Map<List<Layer>, Optional<Double>> ofExtentReach = new HashMap<>();

    /** Shared by the kinds that are walked to. */
    private final Map<Geometry, List<WalkingNetwork.Departure>> departures =
            new IdentityHashMap<>();

    /**
     * @param ways how the vocabulary wants distances taken, by fact
     */
    MapFacts(Atlas atlas, CheckedSite site, LocalDate asOf, Map<String, Measure> ways) {
        this.atlas = atlas;
        this.layers = atlas.layers();
        this.site = site;
        this.asOf = asOf;
        this.ways = ways;
        this.fromEntrances = Ruler.at(site.from(), site.accuracy());
        this.ofExtent =
                site.extent() == site.from()
                        ? fromEntrances
                        : Ruler.at(site.extent(), site.accuracy());
        this.ofPoint =
                site.point() == site.from()
                        ? fromEntrances
                        : Ruler.at(site.point(), site.accuracy());
    }

    /** Six digits; empty outside, within the error of a border, and where the layer is too old. */
    Optional<String> region() {
        Set<String> codes = new TreeSet<>();
        for (Layer layer : fresh(Kinds.REGION)) {
            List<String> near =
                    ofPoint
                            .within(List.of(layer), ofPoint.siteError() + layer.accuracyMetres())
                            .stream()
                            .map(n -> n.feature().attribute("code").orElse(""))
                            .distinct()
                            .toList();
            boolean inside = ofPoint.zone(List.of(layer)).where() == Zone.Where.INSIDE;
            if (inside && near.size() == 1) {
                codes.add(near.get(0));
            }
        }
        return codes.size() == 1
                ? codes.stream().filter(c -> c.matches("\\d{6}")).findFirst()
                : Optional.empty();
    }

    /** Names of the districts a site within the error of a border may lie in. */
    List<String> borders() {
        List<String> names = new ArrayList<>();
        for (Layer layer : fresh(Kinds.REGION)) {
            ofPoint.within(List.of(layer), ofPoint.siteError() + layer.accuracyMetres()).stream()
                    .map(n -> n.feature().attribute("name").or(() -> n.feature().attribute("code")))
                    .flatMap(Optional::stream)
                    .filter(n -> !names.contains(n))
                    .forEach(names::add);
        }
        return names;
    }

    /** Of every kind of places, the nearest few; nearest first. */
    List<Nearest> nearby() {
        List<Nearest> nearby = new ArrayList<>();
        for (String kind : layers.kinds()) {
            if (Kinds.ofPlaces(kind)) {
                fromEntrances.within(fresh(kind), NEARBY).stream()
                        .sorted(Comparator.comparingDouble(Nearest::metres))
                        .limit(MOST_NEARBY)
                        .forEach(nearby::add);
            }
        }
        nearby.sort(Comparator.comparingDouble(Nearest::metres));
        return nearby;
    }

    /** As the ruler tells, worked out once for the layers of a kind. */
    private Optional<Double> reach(Ruler ruler, List<Layer> of) {
        if (of.isEmpty()) {
            return Optional.empty();
        }
        Map<List<Layer>, Optional<Double>> known =
                ruler == fromEntrances
                        ? fromEntrancesReach
                        : ruler == ofExtent ? ofExtentReach : null;
        return known == null ? ruler.reach(of) : known.computeIfAbsent(of, ruler::reach);
    }

    // Distances

    /** How a fact is taken. */
    Measure way(String fact, Measure usual) {
        return ways.getOrDefault(fact, usual);
    }

    /** The distance to the nearest place of a kind, taken that way. */
    FactValue measured(String kind, Measure way) {
        boolean drawn = way.from() == End.ENTRANCE || site.extent() != site.point();
        boolean fromBoundary = way.from() == End.BOUNDARY && drawn;
        Ruler ruler = fromBoundary ? ofExtent : fromEntrances;
        FactValue value =
                way.path() == Path.WALKING
                        ? walking(kind, way, fromBoundary ? site.extent() : site.from(), ruler)
                        : way.to() == End.ENTRANCE
                                ? gates(kind, way, ruler)
                                : distance(kind, way, ruler);
        return drawn ? value : fromAnywhereInside(kind, value);
    }

    /**
     * Premises whose boundary is not drawn end somewhere between the place given and the wall of
     * the building it may be in.
     */
    private FactValue fromAnywhereInside(String kind, FactValue fromPoint) {
        @Nullable BigDecimal high = null;
        Optional<Provenance.Map> seen = Optional.empty();
        if (fromPoint instanceof FactValue.Number n) {
            high = n.value().add(n.error());
            seen = n.from() instanceof Provenance.Map m ? Optional.of(m) : Optional.empty();
        } else if (fromPoint instanceof Missing m) {
            if (m.high() == null && m.why() != Reason.OUTSIDE_COVERAGE) {
                return new Missing(m.why(), m.detail());
            }
            high = m.high();
            seen = m.seen();
        }
        @Nullable BigDecimal low = null;
        List<Nearest> buildings = buildings();
        List<Layer> fresh = fresh(kind);
        if (!buildings.isEmpty() && buildingsKnown()) {
            double least = Double.POSITIVE_INFINITY;
            for (Nearest building : buildings) {
                Ruler ruler =
                        Ruler.at(building.feature().geometry(), building.layer().accuracyMetres());
                double reach = reach(ruler, fresh).orElse(0.0);
                least =
                        Math.min(
                                least,
                                ruler.nearest(fresh)
                                        .map(n -> Math.min(n.low(), reach))
                                        .orElse(reach));
            }
            low = down(least);
        }
        if (low != null && high != null && low.compareTo(high) > 0) {
            low = high;
        }
        return new Missing(Reason.NOT_DRAWN, "没有给出场所边界，只能从所给的点量起，边界只会更近", low, high, seen);
    }

    private FactValue distance(String kind, Measure way, Ruler ruler) {
        List<Layer> fresh = fresh(kind);
        if (fresh.isEmpty()) {
            return noLayer(kind);
        }
        Optional<Double> reach = reach(ruler, fresh);
        Optional<Nearest> nearest = ruler.nearest(fresh);
        if (reach.isEmpty()) {
            return outside(kind, ruler, null, nearest.map(Nearest::high).orElse(null));
        }
        if (nearest.isPresent() && nearest.get().metres() <= reach.get()) {
            Nearest n = nearest.get();
            return metres(n.metres(), n.error(), from(n, kind, way));
        }
        return edge(
                kind,
                reach.get(),
                Math.min(reach.get(), nearest.map(Nearest::low).orElse(reach.get())),
                nearest.map(Nearest::high).orElse(null));
    }

    private static FactValue metres(double value, double error, Provenance from) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
        BigDecimal band = BigDecimal.valueOf(error).setScale(2, RoundingMode.CEILING);
        return new FactValue.Number(rounded, "m", band, from);
    }

    private Provenance.Map from(Nearest nearest, String kind, Measure way) {
        return from(nearest.layer(), nearest.feature(), nearest.line(), how(nearest, kind, way));
    }

    private static Provenance.Map from(
            Layer layer, Feature feature, List<Position> line, String how) {
        return new Provenance.Map(
                layer.kind(), layer.version(), feature.id(), feature.name(), line, how);
    }

    private static Provenance.Map from(Layer layer, Optional<Feature> feature) {
        return new Provenance.Map(
                layer.kind(),
                layer.version(),
                feature.map(Feature::id).orElse(""),
                feature.map(Feature::name).orElse(""),
                List.of());
    }

    /** From where to where, in words. */
    private String how(Nearest to, String kind, Measure way) {
        String end =
                Kinds.ofGates(to.layer())
                        ? ""
                        : to.feature().isPoint()
                                ? "（图上的点）"
                                : way.path() == Path.WALKING ? "的边界" : "的边界最近处";
        String name =
                to.feature().name().isEmpty()
                        ? Kinds.chinese(
                                layers, Kinds.ofGates(to.layer()) ? Kinds.gateOf(kind) : kind)
                        : to.feature().name();
        return start(way)
                + (way.path() == Path.WALKING ? "沿道路步行到“" : "直线量到“")
                + name
                + "”"
                + end
                + (way.path() == Path.WALKING ? "，不含楼内步行" + unasked() : "");
    }

    private String start(Measure way) {
        if (way.from() == End.BOUNDARY && site.extent() != site.point()) {
            return "从场所边界";
        }
        return site.from() == site.point() ? "从所给坐标点（没有另给出入口）" : "从所给出入口";
    }

    /** What the road data does not say about the place, so that nothing was assumed about it. */
    private String unasked() {
        boolean crossings = reach(ofPoint, fresh(Kinds.CROSSING)).isPresent();
        boolean barriers = reach(ofPoint, fresh(Kinds.BARRIER)).isPresent();
        if (crossings && barriers) {
            return "";
        }
        return "；没有"
                + (crossings ? "" : "过街设施")
                + (crossings || barriers ? "" : "、")
                + (barriers ? "" : "隔离设施")
                + "图层，按可以随处穿过计";
    }

    // Gates and walks

    /** The distance to the nearest of several, some of which are only known to lie in a band. */
    private static final class Band {
        private double low = Double.POSITIVE_INFINITY;
        private double high = Double.POSITIVE_INFINITY;
        private double known = Double.POSITIVE_INFINITY;
        private double open = Double.POSITIVE_INFINITY;
        private @Nullable Nearest place;
        private double farthest = Double.POSITIVE_INFINITY;

        /** One that is where it is drawn. Whether it is the nearest known one so far. */
        private boolean known(double metres, double itsLow, double itsHigh) {
            low = Math.min(low, itsLow);
            high = Math.min(high, itsHigh);
            boolean nearer = metres < known;
            known = Math.min(known, metres);
            return nearer;
        }

        /** One that is somewhere in or on what is drawn. */
        private void somewhere(Nearest drawn, double itsHigh) {
            low = Math.min(low, drawn.low());
            high = Math.min(high, itsHigh);
            if (drawn.low() < open) {
                open = drawn.low();
                place = drawn;
                farthest = itsHigh;
            }
        }
    }

    /**
     * Straight to the nearest gate. A place is its gates if any are drawn; else its gate is
     * somewhere on its outline, no nearer than the nearest and no farther than the farthest place
     * of it; a place drawn as a point is that point.
     */
    private FactValue gates(String kind, Measure way, Ruler ruler) {
        List<Layer> fresh = fresh(kind);
        if (fresh.isEmpty()) {
            return noLayer(kind);
        }
        List<Layer> gates = fresh(Kinds.gateOf(kind));
        Optional<Double> complete = reach(ruler, fresh);
        Optional<Nearest> outline = ruler.nearest(fresh);
        Optional<Nearest> gate = ruler.nearest(gates);
        double reach = complete.orElse(0.0);
        double radius = complete.orElse(WalkingNetwork.LONGEST);
        radius =
                Math.min(
                        radius,
                        gate.filter(n -> Gates.open(n.feature()))
                                .map(n -> ruler.to(n.layer(), n.feature()).high())
                                .orElse(radius));
        radius = Math.min(radius, outline.map(n -> atMost(kind, n, ruler)).orElse(radius));
        double slack = slack(fresh, gates) + ruler.siteError();
        Band band = new Band();
        @Nullable Nearest best = null;
        for (Nearest drawn : ruler.within(gates, radius + slack)) {
            if (Gates.open(drawn.feature())
                    && band.known(drawn.metres(), drawn.low(), drawn.high())) {
                best = drawn;
            }
        }
        for (Nearest place : ruler.within(fresh, radius + slack)) {
            List<Gate> own = atlas.gates().of(kind, place.feature(), asOf);
            if (own.isEmpty() && exact(place)) {
                if (band.known(place.metres(), place.low(), place.high())) {
                    best = place;
                }
                continue;
            }
            double farthest = Double.POSITIVE_INFINITY;
            for (Gate g : own) {
                Nearest to = ruler.to(g.layer(), g.feature());
                farthest = Math.min(farthest, to.high());
                if (band.known(to.metres(), to.low(), to.high())) {
                    best = to;
                }
            }
            if (own.stream().noneMatch(Gate::all)) {
                band.somewhere(
                        place, Math.min(farthest, ruler.farthest(place.layer(), place.feature())));
            }
        }
        if (complete.isEmpty()) {
            return outside(kind, ruler, null, finite(band.high));
        }
        if (band.open < Math.min(band.high, reach)) {
            return notDrawn(band, kind, way, reach);
        }
        if (best != null && best.metres() <= reach) {
            double error = Math.max(best.metres() - band.low, band.high - best.metres());
            return metres(best.metres(), Math.max(0, error), from(best, kind, way));
        }
        return edge(Kinds.gateOf(kind), reach, Math.min(reach, band.low), finite(band.high));
    }

    /** No farther than this is a gate of a place. */
    private double atMost(String kind, Nearest place, Ruler ruler) {
        return atlas.gates().of(kind, place.feature(), asOf).stream()
                .mapToDouble(g -> ruler.to(g.layer(), g.feature()).high())
                .min()
                .orElseGet(() -> ruler.farthest(place.layer(), place.feature()));
    }

    /** Whether a place is where its point is, within the accuracy of its layer. */
    private static boolean exact(Nearest place) {
        return place.feature().isPoint() && place.layer().pointExtentMetres() == 0;
    }

    private static double slack(List<Layer> some, List<Layer> others) {
        double most = 0;
        for (List<Layer> of : List.of(some, others)) {
            for (Layer layer : of) {
                most = Math.max(most, layer.accuracyMetres() + layer.pointExtentMetres());
            }
        }
        return most;
    }

    private Missing notDrawn(Band band, String kind, Measure way, double reach) {
        Nearest place = requireNonNull(band.place);
        String name =
                place.feature().name().isEmpty()
                        ? Kinds.chinese(layers, kind)
                        : "“" + place.feature().name() + "”";
        String measured =
                place.feature().isPoint()
                        ? name + "在图上只有一个点，量到它 " + Math.round(place.metres()) + " 米，门不在图上"
                        : "量到"
                                + name
                                + "的边界最近处 "
                                + Math.round(place.metres())
                                + " 米"
                                + (Double.isFinite(band.farthest) && way.path() == Path.STRAIGHT
                                        ? "、最远处 " + Math.round(band.farthest) + " 米"
                                        : "")
                                + "，门不在图上";
        if (way.path() == Path.WALKING) {
            measured =
                    Kinds.ofGates(place.layer()) || way.to() == End.BOUNDARY
                            ? "直线到" + name + " " + Math.round(place.metres()) + " 米，图上没有通到那里的路"
                            : "直线" + measured + "，不知道要走多远";
        }
        List<Layer> gates = layers.layers(Kinds.gateOf(kind));
        boolean old = !gates.isEmpty() && fresh(Kinds.gateOf(kind)).isEmpty();
        return new Missing(
                old ? Reason.LAYER_STALE : Reason.NOT_DRAWN,
                old ? stale(gates.get(0)).detail() + "；" + measured : measured,
                down(Math.min(band.low, reach)),
                up(band.high),
                Optional.of(
                        from(
                                place.layer(),
                                place.feature(),
                                place.line(),
                                how(place, kind, straight(way)))));
    }

    private static Measure straight(Measure way) {
        return new Measure(way.from(), End.BOUNDARY, Path.STRAIGHT);
    }

    /**
     * The shortest walk to a gate, or to an outline. It counts only if nothing that is not drawn (a
     * gate, a path beyond the edge of the roads) could shorten it. No walk is shorter than the
     * straight line; how much longer a walk is that leads to a gate nobody has drawn, the roads do
     * not prove.
     */
    private FactValue walking(String kind, Measure way, Geometry start, Ruler ruler) {
        List<Layer> fresh = fresh(kind);
        if (fresh.isEmpty()) {
            return noLayer(kind);
        }
        List<Layer> roads = fresh(Kinds.ROAD);
        if (roads.isEmpty()) {
            return noLayer(Kinds.ROAD);
        }
        Optional<Double> complete = reach(ruler, fresh);
        Optional<Double> mapped = reach(ruler, roads);
        if (complete.isEmpty()) {
            return outside(kind, ruler, null, null);
        }
        if (mapped.isEmpty()) {
            Optional<Nearest> straight = ruler.nearest(fresh);
            double low =
                    Math.min(complete.get(), straight.map(Nearest::low).orElse(complete.get()));
            return outside(Kinds.ROAD, ruler, low, null);
        }
        double reach = Math.min(complete.get(), mapped.get());
        Band band = new Band();
        List<Nearest> goals = new ArrayList<>();
        for (Nearest place : ruler.within(fresh, WalkingNetwork.LONGEST)) {
            List<Gate> own =
                    way.to() == End.ENTRANCE
                            ? atlas.gates().of(kind, place.feature(), asOf)
                            : List.of();
            own.forEach(g -> goals.add(ruler.to(g.layer(), g.feature())));
            if (own.isEmpty() && (way.to() == End.BOUNDARY || exact(place))) {
                goals.add(place);
            } else if (own.stream().noneMatch(Gate::all)) {
                band.somewhere(place, Double.POSITIVE_INFINITY);
            }
        }
        WalkingNetwork network = atlas.network(asOf);
        double roadError = roads.stream().mapToDouble(Layer::accuracyMetres).max().orElse(0);
        @Nullable Walk best = null;
        @Nullable Nearest to = null;
        goals.sort(Comparator.comparingDouble(Nearest::low));
        for (Nearest goal : goals) {
            if (goal.low() > band.high) {
                // No walk is shorter than the straight line, and those after it are farther still.
                break;
            }
            double fixed = site.accuracy() + goal.layer().accuracyMetres() + roadError;
            double low = Double.POSITIVE_INFINITY;
            for (WalkingNetwork.Departure from : departures(network, start)) {
                @Nullable Walk walk = from.to(goal(goal)).orElse(null);
                if (walk == null) {
                    continue;
                }
                low = Math.min(low, walk.metres() * (1 - WALK_RELATIVE_ERROR) - fixed);
                boolean nearer =
                        band.known(
                                walk.metres(),
                                Math.max(goal.low(), low),
                                walk.most() * (1 + WALK_RELATIVE_ERROR) + fixed);
                if (nearer) {
                    best = walk;
                    to = goal;
                }
            }
            if (Double.isInfinite(low)) {
                band.somewhere(goal, Double.POSITIVE_INFINITY);
            }
        }
        if (band.open < Math.min(band.high, reach)) {
            return notDrawn(band, kind, way, reach);
        }
        if (best != null && to != null && best.metres() <= reach) {
            Provenance.Map from = from(to.layer(), to.feature(), best.path(), how(to, kind, way));
            if (best.most() > best.metres()) {
                return new Missing(
                        Reason.WITHIN_ERROR,
                        "场所在隔离设施或道路的哪一侧，在误差之内分不清，走法不同",
                        down(band.low),
                        up(band.high),
                        Optional.of(from));
            }
            double error = Math.max(best.metres() - band.low, band.high - best.metres());
            return metres(best.metres(), error, from);
        }
        String narrower = mapped.get() < complete.get() ? Kinds.ROAD : kind;
        return edge(narrower, reach, Math.min(reach, band.low), finite(band.high));
    }

    private static Geometry goal(Nearest goal) {
        Geometry geometry = goal.feature().geometry();
        return Kinds.ofGates(goal.layer()) ? geometry.getInteriorPoint() : geometry;
    }

    /** A walk begins at one of the doors, or anywhere along a boundary. */
    private List<WalkingNetwork.Departure> departures(WalkingNetwork network, Geometry start) {
        return departures.computeIfAbsent(
                start,
                s ->
                        s.getDimension() == 2
                                ? List.of(network.from(s, site.accuracy()))
                                : Stream.of(s.getCoordinates())
                                        .map(FACTORY::createPoint)
                                        .map(door -> network.from(door, site.accuracy()))
                                        .toList());
    }

    /**
     * A distance along a river is not drawn; it is no shorter than the straight line, and that is
     * all.
     */
    FactValue alongRiver() {
        String kind = Catalogue.kindOf(Kinds.ALONG_RIVER);
        FactValue straight = measured(kind, new Measure(End.BOUNDARY, End.BOUNDARY, Path.STRAIGHT));
        @Nullable BigDecimal low =
                straight instanceof FactValue.Number n
                        ? n.value().subtract(n.error()).max(BigDecimal.ZERO)
                        : straight instanceof Missing m ? m.low() : null;
        return low == null && straight instanceof Missing m
                ? new Missing(m.why(), m.detail())
                : new Missing(Reason.NOT_DRAWN, "图上没有河道走向，沿河距离只知道不短于直线距离", low, null);
    }

    // Zones

    FactValue inside(String kind) {
        List<Layer> fresh = fresh(kind);
        if (fresh.isEmpty()) {
            return noLayer(kind);
        }
        Zone zone = ofExtent.zone(fresh);
        if (zone.where() == Zone.Where.INSIDE) {
            return new FactValue.Flag(true, from(zone.layer(), zone.feature()));
        }
        if (zone.where() == Zone.Where.WITHIN_ERROR) {
            return new Missing(Reason.WITHIN_ERROR, "场所离" + called(zone, kind) + "的边界太近，图上分不清内外");
        }
        if (reach(ofExtent, fresh).isEmpty()) {
            return outside(kind, ofExtent, null, null);
        }
        return new FactValue.Flag(false, from(covering(fresh), Optional.empty()));
    }

    /**
     * Land planned for housing is a residential compound whatever is drawn on it: what counts is
     * the use the land was granted for (文市发〔2013〕12号). Land planned for something else proves
     * nothing.
     */
    FactValue inCompound() {
        return zone(Kinds.LANDUSE)
                .filter(
                        z ->
                                z.feature()
                                        .flatMap(f -> f.attribute("use"))
                                        .filter(u -> u.contains("住宅"))
                                        .isPresent())
                .<FactValue>map(z -> new FactValue.Flag(true, from(z.layer(), z.feature())))
                .orElseGet(() -> inside(Kinds.COMPOUND));
    }

    private String called(Zone zone, String kind) {
        return zone.feature()
                .map(Feature::name)
                .filter(n -> !n.isEmpty())
                .orElse(Kinds.chinese(layers, kind));
    }

    /** The zone of a kind the premises surely lie in. */
    private Optional<Zone> zone(String kind) {
        List<Layer> fresh = fresh(kind);
        return fresh.isEmpty()
                ? Optional.empty()
                : Optional.of(ofExtent.zone(fresh)).filter(z -> z.where() == Zone.Where.INSIDE);
    }

    // What is written on the map

    /** What a layer says in an attribute. */
    FactValue read(Reading reading) {
        List<Layer> fresh = fresh(reading.kind());
        if (fresh.isEmpty()) {
            return noLayer(reading.kind());
        }
        return switch (reading.where()) {
            case STANDS_IN -> standsIn(reading, fresh);
            case ZONE -> inZone(reading, fresh);
            case GREATEST_HERE -> greatest(reading, fresh, 0, false);
            case GREATEST_NEAR -> greatest(reading, fresh, NEARBY, true);
        };
    }

    /**
     * Premises stand in some building: if all buildings the site may be in agree, that is the
     * answer, whatever the error.
     */
    private FactValue standsIn(Reading reading, List<Layer> fresh) {
        if (reach(ofExtent, fresh).isEmpty()) {
            return outside(reading.kind(), ofExtent, null, null);
        }
        List<Nearest> near = buildings();
        if (near.isEmpty()) {
            return new Missing(
                    Reason.NOT_DRAWN, "图上这里没有画出" + Kinds.chinese(layers, reading.kind()));
        }
        List<FactValue.Known> values = new ArrayList<>();
        Set<String> different = new TreeSet<>();
        for (Nearest building : near) {
            Optional<FactValue.Known> value =
                    reading.of(
                            building.feature(),
                            asOf,
                            from(building.layer(), Optional.of(building.feature())));
            if (value.isEmpty()) {
                return new Missing(Reason.NOT_DRAWN, "图上没有写明这里的" + reading.called());
            }
            values.add(value.get());
            different.add(building.feature().attribute(reading.attribute()).orElse(""));
        }
        if (different.size() == 1) {
            return values.get(0);
        }
        String why = "定位误差范围内几栋建筑的" + reading.called() + "不一样";
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (FactValue.Known value : values) {
            if (!(value instanceof FactValue.Number n)) {
                return new Missing(Reason.WITHIN_ERROR, why);
            }
            low = Math.min(low, n.value().subtract(n.error()).doubleValue());
            high = Math.max(high, n.value().add(n.error()).doubleValue());
        }
        return new Missing(Reason.WITHIN_ERROR, why, down(low), up(high));
    }

    private FactValue inZone(Reading reading, List<Layer> fresh) {
        Zone zone = ofExtent.zone(fresh);
        String kind = Kinds.chinese(layers, reading.kind());
        if (zone.where() == Zone.Where.WITHIN_ERROR) {
            return new Missing(Reason.WITHIN_ERROR, "场所离" + kind + "边界太近，分不清在哪一块");
        }
        Optional<FactValue.Known> value =
                zone.where() == Zone.Where.INSIDE
                        ? zone.feature()
                                .flatMap(
                                        f ->
                                                reading.of(
                                                        f,
                                                        asOf,
                                                        from(zone.layer(), Optional.of(f))))
                        : Optional.empty();
        if (value.isPresent()) {
            return value.get();
        }
        return reach(ofExtent, fresh).isEmpty()
                ? outside(reading.kind(), ofExtent, null, null)
                : new Missing(
                        Reason.NOT_DRAWN,
                        zone.where() == Zone.Where.INSIDE
                                ? "图上没有写明" + reading.called()
                                : kind + "图上这里没有画出");
    }

    /**
     * The greatest figure of all that touch the premises, or are near. Those within the error may
     * or may not count; without a say of how far "near" goes, those between adjoining and the
     * nearby radius neither.
     *
     * @param none whether none at all means 0
     */
    private FactValue greatest(Reading reading, List<Layer> fresh, double near, boolean none) {
        double margin = ofExtent.siteError() + slack(fresh, List.of());
        Optional<Double> reach = reach(ofExtent, fresh);
        if (reach.isEmpty() || reach.get() < near) {
            return outside(reading.kind(), ofExtent, null, null);
        }
        @Nullable BigDecimal sure = null;
        @Nullable BigDecimal possible = null;
        @Nullable Nearest at = null;
        boolean silent = false;
        for (Nearest n : ofExtent.within(fresh, near + margin)) {
            Optional<BigDecimal> figure =
                    n.feature().attribute(reading.attribute()).flatMap(Reading::number);
            silent |= figure.isEmpty();
            boolean here = near == 0 ? within(n) : n.high() <= ADJOINING;
            if (figure.isPresent()) {
                if (here && (sure == null || figure.get().compareTo(sure) > 0)) {
                    sure = figure.get();
                    at = n;
                }
                possible = possible == null ? figure.get() : possible.max(figure.get());
            }
        }
        String kind = Kinds.chinese(layers, reading.kind());
        if (silent) {
            return new Missing(
                    Reason.NOT_DRAWN, "图上没有写明这里" + kind + "的" + reading.called(), sure, null);
        }
        if (possible == null) {
            return none
                    ? FactValue.Number.exact(
                            BigDecimal.ZERO,
                            reading.unit(),
                            from(covering(fresh), Optional.empty()))
                    : new Missing(Reason.NOT_DRAWN, "图上这里没有画出" + kind);
        }
        if (sure != null && at != null && sure.compareTo(possible) == 0) {
            return FactValue.Number.exact(
                    sure, reading.unit(), from(at.layer(), Optional.of(at.feature())));
        }
        return new Missing(
                near == 0 ? Reason.WITHIN_ERROR : Reason.NOT_DRAWN,
                near == 0
                        ? "附近有" + kind + "，在误差之内分不清是否在场所范围内"
                        : Math.round(near) + " 米内有" + kind + "，算不算“附近”图上看不出",
                sure == null && none ? BigDecimal.ZERO : sure,
                possible);
    }

    /** Whether something stands on the premises, by more than the error. */
    private boolean within(Nearest thing) {
        Geometry premises = ofExtent.frame().toMetres(site.extent());
        Geometry there = ofExtent.frame().toMetres(thing.feature().geometry());
        return premises.getDimension() == 2
                && premises.covers(there)
                && premises.getBoundary().distance(there)
                        > ofExtent.siteError() + thing.layer().accuracyMetres();
    }

    /** The buildings the premises may stand in. */
    private List<Nearest> buildings() {
        List<Nearest> near = new ArrayList<>();
        for (Layer layer : fresh(Kinds.BUILDING)) {
            near.addAll(
                    ofExtent.within(List.of(layer), ofExtent.siteError() + layer.accuracyMetres()));
        }
        return near;
    }

    private boolean buildingsKnown() {
        List<Layer> fresh = fresh(Kinds.BUILDING);
        return !fresh.isEmpty() && reach(ofExtent, fresh).isPresent();
    }

    /** How far the building the premises stand in is from the next one. */
    FactValue spacing() {
        List<Layer> fresh = fresh(Kinds.BUILDING);
        if (fresh.isEmpty()) {
            return noLayer(Kinds.BUILDING);
        }
        if (!buildingsKnown()) {
            return outside(Kinds.BUILDING, ofExtent, null, null);
        }
        List<Nearest> own = buildings();
        if (own.size() != 1) {
            return own.isEmpty()
                    ? new Missing(Reason.NOT_DRAWN, "图上这里没有画出建筑")
                    : new Missing(Reason.WITHIN_ERROR, "定位误差范围内有几栋建筑，分不清在哪一栋");
        }
        Nearest building = own.get(0);
        Ruler ruler = Ruler.at(building.feature().geometry(), building.layer().accuracyMetres());
        double reach = reach(ruler, fresh).orElse(0.0);
        @Nullable Nearest next = null;
        double low = reach;
        double high = Double.POSITIVE_INFINITY;
        for (double radius = ADJOINING; next == null && radius <= NEARBY; radius *= 3) {
            for (Nearest other : ruler.within(fresh, Math.min(reach, radius))) {
                boolean same =
                        other.layer() == building.layer()
                                && other.feature().id().equals(building.feature().id());
                if (!same) {
                    low = Math.min(low, other.low());
                    high = Math.min(high, other.high());
                    next = next == null || other.metres() < next.metres() ? other : next;
                }
            }
        }
        if (next == null) {
            return edge(Kinds.BUILDING, reach, Math.min(reach, NEARBY), null);
        }
        return metres(
                next.metres(),
                Math.max(next.metres() - low, high - next.metres()),
                from(next.layer(), next.feature(), next.line(), "从所在建筑外缘量到相邻建筑外缘"));
    }

    // Tobacco and stores

    /** The nearest retailer on the same side of the street, or on the other, as far as proven. */
    FactValue side(boolean same) {
        List<Layer> fresh = fresh(Kinds.TOBACCO_RETAILER);
        if (fresh.isEmpty()) {
            return noLayer(Kinds.TOBACCO_RETAILER);
        }
        Ruler ruler = fromEntrances;
        Optional<Double> complete = reach(ruler, fresh);
        if (complete.isEmpty()) {
            return outside(Kinds.TOBACCO_RETAILER, ruler, null, null);
        }
        double reach = Math.min(complete.get(), NEARBY);
        List<Nearest> near = ruler.within(fresh, reach + slack(fresh, List.of()));
        List<Layer> roads = fresh(Kinds.ROAD);
        boolean mapped = reach(ruler, roads).filter(r -> r > reach).isPresent();
        Coordinate here = site.from().getCoordinate();
        Envelope around = new Envelope(here);
        near.forEach(n -> around.expandToInclude(n.feature().geometry().getEnvelopeInternal()));
        StreetSides sides =
                new StreetSides(
                        ruler.frame(),
                        mapped && !near.isEmpty() ? roads : List.of(),
                        here,
                        ruler.siteError(),
                        around);
        Band band = new Band();
        @Nullable Nearest best = null;
        for (Nearest n : near) {
            Optional<Boolean> side =
                    site.from().getNumPoints() == 1
                            ? sides.same(
                                    n.feature().geometry().getInteriorPoint().getCoordinate(),
                                    n.layer().accuracyMetres() + n.layer().pointExtentMetres())
                            : Optional.empty();
            if (side.isEmpty()) {
                band.somewhere(n, Double.POSITIVE_INFINITY);
            } else if (side.get() == same && band.known(n.metres(), n.low(), n.high())) {
                best = n;
            }
        }
        if (band.open < Math.min(band.high, reach)) {
            Nearest open = requireNonNull(band.place);
            return new Missing(
                    Reason.NOT_DRAWN,
                    "图上看不出零售点“" + open.feature().name() + "”在街道哪一侧",
                    down(Math.min(band.low, reach)),
                    up(band.high));
        }
        if (best != null && best.metres() <= reach) {
            return metres(
                    best.metres(),
                    Math.max(0, Math.max(best.metres() - band.low, band.high - best.metres())),
                    from(
                            best.layer(),
                            best.feature(),
                            best.line(),
                            how(best, Kinds.TOBACCO_RETAILER, USUAL)
                                    + (same ? "，两处在街道同侧" : "，两处隔街相对")));
        }
        return complete.get() <= NEARBY
                ? edge(Kinds.TOBACCO_RETAILER, reach, Math.min(reach, band.low), finite(band.high))
                : new Missing(
                        Reason.NOT_DRAWN,
                        Math.round(reach) + " 米内街道" + (same ? "同侧" : "对侧") + "没有画出零售点",
                        down(Math.min(reach, band.low)),
                        finite(band.high) == null ? null : up(band.high));
    }

    private static final Measure USUAL = new Measure(End.ENTRANCE, End.BOUNDARY, Path.STRAIGHT);

    /**
     * Whether something touches the premises or stands at their address. A map shows that nothing
     * does; that something does it cannot show.
     */
    FactValue adjoining(String kind) {
        List<Layer> fresh = fresh(kind);
        if (fresh.isEmpty()) {
            return noLayer(kind);
        }
        Optional<Nearest> nearest = ofExtent.nearest(fresh);
        Optional<Double> reach = reach(ofExtent, fresh);
        if (nearest.isPresent() && nearest.get().low() <= ADJOINING) {
            return new Missing(
                    Reason.WITHIN_ERROR,
                    "附近有"
                            + Kinds.chinese(layers, kind)
                            + nearest.get().feature().name()
                            + "，图上分不清是否同处或毗连");
        }
        if (reach.isEmpty() || reach.get() <= ADJOINING) {
            return outside(kind, ofExtent, null, null);
        }
        return new FactValue.Flag(false, from(covering(fresh), Optional.empty()));
    }

    // Why not

    private List<Layer> fresh(String kind) {
        return layers.layers(kind).stream().filter(l -> !l.staleOn(asOf)).toList();
    }

    private Layer covering(List<Layer> fresh) {
        return fresh.stream()
                .filter(l -> l.covers(site.point().getX(), site.point().getY()))
                .findFirst()
                .orElse(fresh.get(0));
    }

    /** No layer of the kind, or only ones that are too old. */
    private Missing noLayer(String kind) {
        List<Layer> old = layers.layers(kind);
        if (old.isEmpty()) {
            return new Missing(Reason.NO_LAYER, "没有“" + Kinds.chinese(layers, kind) + "”图层");
        }
        return stale(old.get(0));
    }

    private Missing stale(Layer layer) {
        return new Missing(
                Reason.LAYER_STALE,
                "图层“"
                        + layer.title()
                        + "”是 "
                        + layer.surveyed()
                        + " 的，已超过 "
                        + layer.maxAgeDays()
                        + " 天的有效期");
    }

    private Missing outside(String kind, Ruler ruler, @Nullable Double low, @Nullable Double high) {
        Optional<Layer> old =
                layers.layers(kind).stream()
                        .filter(l -> l.staleOn(asOf) && reach(ruler, List.of(l)).isPresent())
                        .findFirst();
        if (old.isPresent()) {
            return stale(old.get());
        }
        return new Missing(
                Reason.OUTSIDE_COVERAGE,
                "场所不在“" + Kinds.chinese(layers, kind) + "”图层的覆盖范围内",
                low == null ? null : down(low),
                high == null ? null : up(high));
    }

    private Missing edge(String kind, double reach, double low, @Nullable Double high) {
        return new Missing(
                Reason.OUTSIDE_COVERAGE,
                "“" + Kinds.chinese(layers, kind) + "”图层只覆盖到 " + Math.round(reach) + " 米处",
                down(low),
                high == null ? null : up(high));
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static BigDecimal down(double value) {
        return BigDecimal.valueOf(Math.max(0, value)).setScale(2, RoundingMode.FLOOR);
    }

    private static @Nullable BigDecimal up(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).setScale(2, RoundingMode.CEILING)
                : null;
    }
}
