package org.kanqian.gis.survey;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.measure.Nearest;
import org.kanqian.gis.measure.Ruler;
import org.kanqian.gis.measure.Walk;
import org.kanqian.gis.measure.WalkingNetwork;
import org.kanqian.gis.measure.Zone;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Missing;
import org.kanqian.rules.fact.FactValue.Reason;
import org.kanqian.rules.fact.Provenance;
import org.locationtech.jts.geom.Coordinate;

/** The facts of one located site on one day. */
final class MapFacts {
    /** Two premises, or premises and a store, may adjoin up to here beyond all errors, metres. */
    private static final double ADJOINING = 50;

    /** What a road layer leaves out of a walk: crossings, steps, the way round a corner. */
    private static final double WALK_RELATIVE_ERROR = 0.02;

    /** How far around what else is near is listed, metres, and how many of a kind. */
    private static final double NEARBY = 500;

    private static final int MOST_NEARBY = 5;

    private static final Pattern SEVERAL = Pattern.compile(";");

    private final LayerSet layers;
    private final Map<String, WalkingNetwork> networks;
    private final CheckedSite site;
    private final LocalDate asOf;
    private final Ruler fromEntrances;
    private final Ruler ofExtent;
    private final Ruler ofPoint;

    MapFacts(
            LayerSet layers,
            Map<String, WalkingNetwork> networks,
            CheckedSite site,
            LocalDate asOf) {
        this.layers = layers;
        this.networks = networks;
        this.site = site;
        this.asOf = asOf;
        this.fromEntrances = Ruler.at(site.from(), site.accuracy());
        this.ofExtent = Ruler.at(site.extent(), site.accuracy());
        this.ofPoint = Ruler.at(site.point(), site.accuracy());
    }

    Map<String, FactValue> all() {
        Map<String, FactValue> facts = new TreeMap<>();
        for (String kind : Kinds.distances(layers)) {
            facts.put("site.distance." + kind, distance(kind));
        }
        for (String kind : Kinds.GATES) {
            facts.put("site.gates." + kind, gates(kind));
        }
        for (String kind : Kinds.WALKING) {
            facts.put("site.walking." + kind, walking(kind));
        }
        for (String kind : Kinds.insides(layers)) {
            facts.put("site.inside." + kind, inside(kind));
        }
        building(facts);
        tobacco(facts);
        facts.put(Kinds.ADJACENT_STORE, adjoining(Kinds.HAZARDOUS_STORE));
        facts.put(Kinds.QUOTA_LEFT, quotaLeft());
        if (layers.kinds().contains(Kinds.LANDUSE)) {
            FactValue use = landUse();
            facts.put(Kinds.LAND_USE, use);
            housing(use).ifPresent(flag -> facts.put("site.inside." + Kinds.COMPOUND, flag));
        }
        return facts;
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

    /** Of every kind distances are measured to, the nearest few; nearest first. */
    List<Nearest> nearby() {
        List<Nearest> nearby = new ArrayList<>();
        for (String kind : Kinds.distances(layers)) {
            fromEntrances.within(fresh(kind), NEARBY).stream()
                    .sorted(Comparator.comparingDouble(Nearest::metres))
                    .limit(MOST_NEARBY)
                    .forEach(nearby::add);
        }
        nearby.sort(Comparator.comparingDouble(Nearest::metres));
        return nearby;
    }

    // Distances

    private FactValue distance(String kind) {
        List<Layer> fresh = fresh(kind);
        if (fresh.isEmpty()) {
            return noLayer(kind);
        }
        Optional<Double> reach = fromEntrances.reach(fresh);
        Optional<Nearest> nearest = fromEntrances.nearest(fresh);
        if (reach.isEmpty()) {
            return outside(kind, fromEntrances, null, nearest.map(Nearest::high).orElse(null));
        }
        if (nearest.isPresent() && nearest.get().metres() <= reach.get()) {
            return number(nearest.get());
        }
        return edge(
                kind,
                reach.get(),
                Math.min(reach.get(), nearest.map(Nearest::low).orElse(reach.get())),
                nearest.map(Nearest::high).orElse(null));
    }

    private static FactValue number(Nearest nearest) {
        return metres(nearest.metres(), nearest.error(), from(nearest));
    }

    private static FactValue metres(double value, double error, Provenance from) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
        BigDecimal band = BigDecimal.valueOf(error).setScale(2, RoundingMode.CEILING);
        return new FactValue.Number(rounded, "m", band, from);
    }

    private static Provenance.Map from(Nearest nearest) {
        return new Provenance.Map(
                nearest.layer().kind(),
                nearest.layer().version(),
                nearest.feature().id(),
                nearest.feature().name(),
                nearest.line());
    }

    private static Provenance.Map from(Layer layer, Optional<Feature> feature) {
        return new Provenance.Map(
                layer.kind(),
                layer.version(),
                feature.map(Feature::id).orElse(""),
                feature.map(Feature::name).orElse(""),
                List.of());
    }

    // Gates and walks

    /**
     * Straight to the nearest gate. A place that is nearer than that gate but whose gates are not
     * drawn leaves the fact unknown: its gate could be the nearest.
     */
    private FactValue gates(String kind) {
        List<Layer> fresh = fresh(kind);
        if (fresh.isEmpty()) {
            return noLayer(kind);
        }
        List<Layer> gates = fresh(kind + "_gate");
        if (gates.isEmpty() && !layers.layers(kind + "_gate").isEmpty()) {
            return noLayer(kind + "_gate");
        }
        Optional<Double> complete = fromEntrances.reach(fresh);
        Optional<Nearest> gate = fromEntrances.nearest(gates);
        if (complete.isEmpty()) {
            return outside(kind, fromEntrances, null, gate.map(Nearest::high).orElse(null));
        }
        double reach = Math.min(complete.get(), fromEntrances.reach(gates).orElse(complete.get()));
        double radius = Math.min(reach, gate.map(Nearest::high).orElse(reach));
        double notDrawn = Double.POSITIVE_INFINITY;
        String whose = "";
        Map<String, List<Gate>> drawn = byPlace(gates);
        for (Nearest place : fromEntrances.within(fresh, radius)) {
            if (place.low() < notDrawn && !drawn.containsKey(place.feature().id())) {
                notDrawn = place.low();
                whose = place.feature().name();
            }
        }
        double high = gate.map(Nearest::high).orElse(Double.POSITIVE_INFINITY);
        if (notDrawn < Math.min(high, reach)) {
            return new Missing(
                    Reason.NOT_DRAWN,
                    "图上没有画出" + (whose.isEmpty() ? Kinds.chinese(kind) : whose) + "的门",
                    down(Math.min(notDrawn, gate.map(Nearest::low).orElse(notDrawn))),
                    up(high));
        }
        if (gate.isPresent() && gate.get().metres() <= reach) {
            return number(gate.get());
        }
        return edge(kind + "_gate", reach, Math.min(reach, Math.min(notDrawn, high)), finite(high));
    }

    /** Gates by the place they name in their attribute {@code of}, ids apart by {@code ;}. */
    private static Map<String, List<Gate>> byPlace(List<Layer> gates) {
        Map<String, List<Gate>> byPlace = new TreeMap<>();
        for (Layer layer : gates) {
            for (Feature gate : layer.features()) {
                for (String place : SEVERAL.split(gate.attribute("of").orElse(""))) {
                    byPlace.computeIfAbsent(place.strip(), p -> new ArrayList<>())
                            .add(new Gate(layer, gate));
                }
            }
        }
        return byPlace;
    }

    private record Gate(Layer layer, Feature feature) {}

    /**
     * The shortest walk to a gate. It counts only if nothing that is not drawn (a gate, a path
     * beyond the edge of the roads) could shorten it.
     */
    private FactValue walking(String kind) {
        List<Layer> fresh = fresh(kind);
        if (fresh.isEmpty()) {
            return noLayer(kind);
        }
        List<Layer> roads = fresh(Kinds.ROAD);
        if (roads.isEmpty()) {
            return noLayer(Kinds.ROAD);
        }
        List<Layer> gates = fresh(kind + "_gate");
        Optional<Double> complete = fromEntrances.reach(fresh);
        Optional<Double> mapped = fromEntrances.reach(roads);
        if (complete.isEmpty()) {
            return outside(kind, fromEntrances, null, null);
        }
        if (mapped.isEmpty()) {
            Optional<Nearest> straight = fromEntrances.nearest(fresh);
            double low =
                    Math.min(complete.get(), straight.map(Nearest::low).orElse(complete.get()));
            return outside(Kinds.ROAD, fromEntrances, low, null);
        }
        Best best = best(fresh, gates, roads);
        double reach = Math.min(complete.get(), mapped.get());
        double high =
                best.walk == null ? Double.POSITIVE_INFINITY : best.walk.metres() + best.error;
        double shortest = best.walk == null ? reach : best.walk.metres() - best.error;
        if (best.open < Math.min(high, reach)) {
            return new Missing(
                    Reason.NOT_DRAWN,
                    "图上没有画出"
                            + (best.whose.isEmpty() ? Kinds.chinese(kind) : best.whose)
                            + "的门，或没有通到门口的路",
                    down(Math.min(best.open, shortest)),
                    up(high));
        }
        if (best.walk != null && best.gate != null && best.walk.metres() <= reach) {
            return metres(
                    best.walk.metres(),
                    best.error,
                    new Provenance.Map(
                            best.gate.layer().kind(),
                            best.gate.layer().version(),
                            best.gate.feature().id(),
                            best.gate.feature().name(),
                            best.walk.path()));
        }
        String narrower = mapped.get() < complete.get() ? Kinds.ROAD : kind;
        return edge(narrower, reach, Math.min(reach, shortest), finite(high));
    }

    private Best best(List<Layer> places, List<Layer> gates, List<Layer> roads) {
        Best best = new Best();
        Map<String, List<Gate>> drawn = byPlace(gates);
        Set<Gate> wanted = new LinkedHashSet<>();
        for (Nearest place : fromEntrances.within(places, WalkingNetwork.LONGEST)) {
            List<Gate> own = drawn.getOrDefault(place.feature().id(), List.of());
            if (own.isEmpty()) {
                best.open(place);
            }
            wanted.addAll(own);
        }
        List<Nearest> goals = new ArrayList<>();
        List<Coordinate> at = new ArrayList<>();
        for (Gate gate : wanted) {
            goals.add(fromEntrances.to(gate.layer(), gate.feature()));
            at.add(gate.feature().geometry().getInteriorPoint().getCoordinate());
        }
        Set<Nearest> reached = new HashSet<>();
        for (Layer road : roads) {
            WalkingNetwork network = networks.get(road.id());
            if (network == null) {
                continue;
            }
            for (Coordinate from : site.from().getCoordinates()) {
                List<Optional<Walk>> walks = network.walks(from, at);
                for (int g = 0; g < walks.size(); g++) {
                    if (walks.get(g).isPresent()) {
                        Walk walk = walks.get(g).get();
                        Nearest goal = goals.get(g);
                        reached.add(goal);
                        double error =
                                site.accuracy()
                                        + goal.layer().accuracyMetres()
                                        + road.accuracyMetres()
                                        + WALK_RELATIVE_ERROR * walk.metres();
                        best.take(walk, goal, error);
                    }
                }
            }
        }
        goals.stream().filter(g -> !reached.contains(g)).forEach(best::open);
        return best;
    }

    private static final class Best {
        private @Nullable Walk walk;
        private @Nullable Nearest gate;
        private double error;
        private double open = Double.POSITIVE_INFINITY;
        private String whose = "";

        private void take(Walk other, Nearest goal, double itsError) {
            if (walk == null || other.metres() < walk.metres()) {
                walk = other;
                gate = goal;
                error = itsError;
            }
        }

        /** A goal no walk is known to; none can be shorter than the straight line. */
        private void open(Nearest goal) {
            if (goal.low() < open) {
                open = goal.low();
                whose = goal.feature().name();
            }
        }
    }

    // Zones

    private FactValue inside(String kind) {
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
        if (ofExtent.reach(fresh).isEmpty()) {
            return outside(kind, ofExtent, null, null);
        }
        return new FactValue.Flag(false, from(covering(fresh), Optional.empty()));
    }

    private static String called(Zone zone, String kind) {
        return zone.feature()
                .map(Feature::name)
                .filter(n -> !n.isEmpty())
                .orElse(Kinds.chinese(kind));
    }

    /**
     * The building the premises are in. Premises stand in some building: if all buildings the site
     * may be in agree, that is the answer, whatever the error.
     */
    private void building(Map<String, FactValue> facts) {
        List<Layer> fresh = fresh(Kinds.BUILDING);
        if (fresh.isEmpty()) {
            facts.put(Kinds.BUILDING_USE, noLayer(Kinds.BUILDING));
            facts.put(Kinds.BUILDING_RESIDENTIAL, noLayer(Kinds.BUILDING));
            return;
        }
        if (ofExtent.reach(fresh).isEmpty()) {
            FactValue outside = outside(Kinds.BUILDING, ofExtent, null, null);
            facts.put(Kinds.BUILDING_USE, outside);
            facts.put(Kinds.BUILDING_RESIDENTIAL, outside);
            return;
        }
        List<Nearest> near = new ArrayList<>();
        for (Layer layer : fresh) {
            near.addAll(
                    ofExtent.within(List.of(layer), ofExtent.siteError() + layer.accuracyMetres()));
        }
        facts.put(Kinds.BUILDING_USE, agreed(near, "use", "建筑用途", false));
        facts.put(Kinds.BUILDING_RESIDENTIAL, agreed(near, "residential", "建筑含不含住宅", true));
    }

    private static FactValue agreed(
            List<Nearest> near, String attribute, String called, boolean flag) {
        if (near.isEmpty()) {
            return new Missing(Reason.NOT_DRAWN, "图上这里没有画出建筑");
        }
        Set<String> values = new TreeSet<>();
        for (Nearest building : near) {
            Optional<String> value = building.feature().attribute(attribute);
            if (value.isEmpty()) {
                return new Missing(Reason.NOT_DRAWN, "图上没有写明这里的" + called);
            }
            values.add(value.get());
        }
        if (values.size() > 1) {
            return new Missing(Reason.WITHIN_ERROR, "定位误差范围内几栋建筑的" + called + "不一样");
        }
        Nearest first = near.get(0);
        Provenance from = from(first.layer(), Optional.of(first.feature()));
        String only = values.iterator().next();
        return flag
                ? new FactValue.Flag(only.equals("true"), from)
                : new FactValue.Choice(only, from);
    }

    private FactValue landUse() {
        List<Layer> fresh = fresh(Kinds.LANDUSE);
        if (fresh.isEmpty()) {
            return noLayer(Kinds.LANDUSE);
        }
        Zone zone = ofExtent.zone(fresh);
        Optional<String> use = zone.feature().flatMap(f -> f.attribute("use"));
        if (zone.where() == Zone.Where.INSIDE && use.isPresent()) {
            return new FactValue.Choice(use.get(), from(zone.layer(), zone.feature()));
        }
        if (zone.where() == Zone.Where.WITHIN_ERROR) {
            return new Missing(Reason.WITHIN_ERROR, "场所离地块边界太近，分不清在哪一块");
        }
        return ofExtent.reach(fresh).isEmpty()
                ? outside(Kinds.LANDUSE, ofExtent, null, null)
                : new Missing(Reason.NOT_DRAWN, "规划用地图上这里没有画出地块");
    }

    /**
     * Land planned for housing is a residential compound whatever is drawn on it: what counts is
     * the use the land was granted for (文市发〔2013〕12号). Land planned for something else proves
     * nothing.
     */
    private static Optional<FactValue> housing(FactValue use) {
        return use instanceof FactValue.Choice c && c.value().contains("住宅")
                ? Optional.of(new FactValue.Flag(true, c.from()))
                : Optional.empty();
    }

    // Tobacco and stores

    private void tobacco(Map<String, FactValue> facts) {
        FactValue any = distance(Kinds.TOBACCO_RETAILER);
        FactValue side = any;
        if (any instanceof FactValue.Number n) {
            BigDecimal low = n.value().subtract(n.error()).max(BigDecimal.ZERO);
            side = new Missing(Reason.NOT_DRAWN, "图上看不出零售点在街道哪一侧", low, null);
        } else if (any instanceof Missing m) {
            side = new Missing(m.why(), m.detail(), m.low(), null);
        }
        facts.put(Kinds.SAME_SIDE, side);
        facts.put(Kinds.OPPOSITE, side);
        facts.put(Kinds.SAME_ADDRESS, adjoining(Kinds.TOBACCO_RETAILER));
    }

    /**
     * Whether something touches the premises or stands at their address. A map shows that nothing
     * does; that something does it cannot show.
     */
    private FactValue adjoining(String kind) {
        List<Layer> fresh = fresh(kind);
        if (fresh.isEmpty()) {
            return noLayer(kind);
        }
        Optional<Nearest> nearest = ofExtent.nearest(fresh);
        Optional<Double> reach = ofExtent.reach(fresh);
        if (nearest.isPresent() && nearest.get().low() <= ADJOINING) {
            return new Missing(
                    Reason.WITHIN_ERROR,
                    "附近有" + Kinds.chinese(kind) + nearest.get().feature().name() + "，图上分不清是否同处或毗连");
        }
        if (reach.isEmpty() || reach.get() <= ADJOINING) {
            return outside(kind, ofExtent, null, null);
        }
        return new FactValue.Flag(false, from(covering(fresh), Optional.empty()));
    }

    private FactValue quotaLeft() {
        List<Layer> fresh = fresh(Kinds.TOBACCO_GRID);
        if (fresh.isEmpty()) {
            return noLayer(Kinds.TOBACCO_GRID);
        }
        Zone zone = ofExtent.zone(fresh);
        if (zone.where() == Zone.Where.WITHIN_ERROR) {
            return new Missing(Reason.WITHIN_ERROR, "场所离网格边界太近，分不清在哪一格");
        }
        Optional<String> left = zone.feature().flatMap(f -> f.attribute("quota_left"));
        if (zone.where() == Zone.Where.INSIDE
                && left.filter(l -> l.matches("\\d{1,6}")).isPresent()) {
            return FactValue.Number.count(
                    Long.parseLong(left.get()), "个", from(zone.layer(), zone.feature()));
        }
        return ofExtent.reach(fresh).isEmpty()
                ? outside(Kinds.TOBACCO_GRID, ofExtent, null, null)
                : new Missing(Reason.NOT_DRAWN, "网格图上没有写明这一格的名额");
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
            return new Missing(Reason.NO_LAYER, "没有“" + Kinds.chinese(kind) + "”图层");
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
                        .filter(l -> l.staleOn(asOf) && ruler.reach(List.of(l)).isPresent())
                        .findFirst();
        if (old.isPresent()) {
            return stale(old.get());
        }
        return new Missing(
                Reason.OUTSIDE_COVERAGE,
                "场所不在“" + Kinds.chinese(kind) + "”图层的覆盖范围内",
                low == null ? null : down(low),
                high == null ? null : up(high));
    }

    private static Missing edge(String kind, double reach, double low, @Nullable Double high) {
        return new Missing(
                Reason.OUTSIDE_COVERAGE,
                "“" + Kinds.chinese(kind) + "”图层只覆盖到 " + Math.round(reach) + " 米处",
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
