package org.kanqian.gis.survey;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Missing;
import org.kanqian.rules.fact.FactValue.Reason;
import org.kanqian.rules.fact.Measure;
import org.kanqian.rules.fact.Provenance;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.operation.buffer.BufferOp;
import org.locationtech.jts.operation.buffer.BufferParameters;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.operation.union.UnaryUnionOp;

/**
 * Where in an area a fact of the map is surely one thing or surely the other, for every site in it
 * at once: what {@link SiteSurveyor} measures at one place, drawn. All errors (of the site, of the
 * layers, of circles drawn with corners) shrink what is sure, so that a site in a sure part is
 * never measured otherwise.
 */
public final class Ground {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final int SIDES = 32;

    /** By how much a circle drawn with corners falls short of a round one. */
    private static final double ROUND = 1 / Math.cos(Math.PI / (4 * SIDES));

    /** What rounding to centimetres and to seven decimals of a degree may move. */
    private static final double SLACK = 0.05;

    /** Scale of the frame fifty kilometres from its centre, and then some. */
    private static final double SCALE = 1e-4;

    private static final double WALK_SHARE = 0.02;

    private final LayerSet layers;
    private final LocalFrame frame;
    private final Geometry area;
    private final Envelope degrees;
    private final double siteError;
    private final LocalDate asOf;
    private final Map<String, Measure> ways;
    private final Gates owners;

    private Ground(
            LayerSet layers,
            LocalFrame frame,
            Geometry area,
            Envelope degrees,
            double siteError,
            LocalDate asOf,
            Map<String, Measure> ways) {
        this.layers = layers;
        this.ways = Map.copyOf(ways);
        this.owners = new Gates(layers);
        this.frame = frame;
        this.area = area;
        this.degrees = degrees;
        this.siteError = siteError;
        this.asOf = asOf;
    }

    /**
     * What holds of a fact at every site of a part of the area.
     *
     * @param value known, or bounded, or missing where the map says nothing of it
     * @param where metres of the frame; the parts of one fact do not overlap, and between them
     *     nothing is sure
     */
    public record Tell(FactValue value, Geometry where) {}

    /** Less than any limit is apart from what is surely below it, metres. */
    private static final BigDecimal HAIR = new BigDecimal("0.01");

    private static final Provenance DRAWN = new Provenance.Derived(List.of());
    private static final FactValue SILENT = new Missing(Reason.NOT_DRAWN, "图上没有画出");
    private static final int MOST_BUILDINGS = 50_000;

    /**
     * The ground of one district.
     *
     * @param region six-digit code
     * @param siteError how far from the truth a site may lie, metres
     * @param ways how distances are taken, as {@link SiteSurveyor#survey(SiteInput, LocalDate,
     *     Map)} is told
     * @return empty if no region layer in date draws it
     */
    public static Optional<Ground> of(
            LayerSet layers,
            String region,
            double siteError,
            LocalDate asOf,
            Map<String, Measure> ways) {
        for (Layer layer : layers.layers(Kinds.REGION)) {
            if (layer.staleOn(asOf)) {
                continue;
            }
            List<Geometry> parts = new ArrayList<>();
            layer.forEach(
                    f -> {
                        if (f.attribute("code").filter(region::equals).isPresent()
                                && f.geometry() instanceof Polygonal) {
                            parts.add(f.geometry());
                        }
                    });
            if (!parts.isEmpty()) {
                Geometry drawn = UnaryUnionOp.union(parts);
                Envelope box = drawn.getEnvelopeInternal();
                LocalFrame frame = LocalFrame.at(new LonLat(box.centre().x, box.centre().y));
                Geometry metres = frame.toMetres(drawn);
                return Optional.of(
                        new Ground(layers.on(asOf), frame, metres, box, siteError, asOf, ways));
            }
        }
        return Optional.empty();
    }

    /** The district in metres of the frame. */
    public Geometry area() {
        return area;
    }

    /**
     * The part of the district in which a site's region is sure: where its border is farther than
     * the errors of the border and of the site.
     */
    public Geometry withinBorder() {
        double error =
                layers.layers(Kinds.REGION).stream()
                        .mapToDouble(Layer::accuracyMetres)
                        .max()
                        .orElse(0);
        return grown(area, -(siteError + error + SLACK));
    }

    /** A geometry of the frame in CGCS2000 degrees. */
    public Geometry toDegrees(Geometry metres) {
        Geometry copy = metres.copy();
        copy.apply(
                new CoordinateSequenceFilter() {
                    @Override
                    public void filter(CoordinateSequence seq, int i) {
                        LonLat place = frame.toDegrees(new Coordinate(seq.getX(i), seq.getY(i)));
                        seq.setOrdinate(i, 0, place.lon());
                        seq.setOrdinate(i, 1, place.lat());
                    }

                    @Override
                    public boolean isDone() {
                        return false;
                    }

                    @Override
                    public boolean isGeometryChanged() {
                        return true;
                    }
                });
        return copy;
    }

    /** Whether a fact is a distance that is compared with limits. */
    public static boolean measured(String fact) {
        return fact.startsWith("site.gates.")
                || fact.startsWith("site.walking.")
                || (fact.startsWith("site.distance.")
                        && !fact.equals(Kinds.ALONG_RIVER)
                        && !fact.equals(Kinds.SAME_SIDE)
                        && !fact.equals(Kinds.OPPOSITE));
    }

    /** Whether the map may know a fact that is no distance, so that it has to be drawn. */
    public static boolean drawn(String fact) {
        return fact.equals(Kinds.BUILDING_USE)
                || fact.equals(Kinds.BUILDING_RESIDENTIAL)
                || fact.equals(Kinds.QUOTA_LEFT)
                || (fact.startsWith("site.inside.") && !fact.equals(Kinds.SAME_ADDRESS));
    }

    /** Where a distance is surely below, and where surely not below, a threshold in metres. */
    public List<Tell> below(String fact, BigDecimal threshold) {
        double metres = threshold.doubleValue();
        String kind = Catalogue.kindOf(fact);
        Measure way = ways.getOrDefault(fact, Catalogue.usualWay(fact).orElseThrow());
        Sure sure =
                way.path() == Measure.Path.WALKING
                        ? walking(kind, metres)
                        : way.to() == Measure.End.ENTRANCE
                                ? gates(kind, metres)
                                : distance(kind, metres);
        if (way.from() == Measure.End.BOUNDARY) {
            // Where premises end that are not drawn yet, nobody knows; they only come nearer.
            sure = new Sure(sure.yes(), FACTORY.createPolygon());
        }
        BigDecimal under = threshold.subtract(HAIR).max(BigDecimal.ZERO);
        return List.of(
                new Tell(new Missing(Reason.NOT_DRAWN, "", null, under), sure.yes()),
                new Tell(new Missing(Reason.NOT_DRAWN, "", threshold, null), sure.no()));
    }

    /** Where a fact that is {@link #drawn} is surely what. */
    public List<Tell> tells(String fact) {
        return switch (fact) {
            case Kinds.BUILDING_USE -> building("use");
            case Kinds.BUILDING_RESIDENTIAL -> building("residential");
            case Kinds.QUOTA_LEFT -> List.of(new Tell(SILENT, offGrid()));
            default -> inside(fact);
        };
    }

    /** Two parts that do not meet: below the threshold or inside, and not. */
    private record Sure(Geometry yes, Geometry no) {}

    private Geometry offGrid() {
        List<Layer> grids = fresh(Kinds.TOBACCO_GRID);
        return minus(area, disks(grids, error(grids) + SLACK));
    }

    /** Buildings agree where every one that a site may be in says the same. */
    private List<Tell> building(String attribute) {
        Map<String, List<Geometry>> sure = new TreeMap<>();
        Map<String, List<Geometry>> maybe = new TreeMap<>();
        List<Layer> fresh = fresh(Kinds.BUILDING);
        int buildings = 0;
        for (Layer layer : fresh) {
            double error = siteError + layer.accuracyMetres();
            for (Feature building : around(layer, error)) {
                if (++buildings > MOST_BUILDINGS) {
                    return List.of();
                }
                Geometry metres = frame.toMetres(building.geometry());
                String says = building.attribute(attribute).orElse("");
                maybe.computeIfAbsent(says, u -> new ArrayList<>())
                        .add(grown(metres, (error + SLACK) * ROUND));
                sure.computeIfAbsent(says, u -> new ArrayList<>())
                        .add(grown(metres, error - SLACK));
            }
        }
        List<Tell> tells = new ArrayList<>();
        Geometry complete = complete(fresh, 0);
        List<Geometry> anything = new ArrayList<>();
        for (String value : sure.keySet()) {
            if (value.isEmpty()) {
                continue;
            }
            List<Geometry> others = new ArrayList<>();
            maybe.forEach((v, parts) -> others.addAll(v.equals(value) ? List.of() : parts));
            Geometry where =
                    minus(
                            OverlayNGRobust.overlay(
                                    union(sure.getOrDefault(value, List.of())),
                                    complete,
                                    OverlayNG.INTERSECTION),
                            union(others));
            tells.add(
                    new Tell(
                            attribute.equals("residential")
                                    ? new FactValue.Flag(value.equals("true"), DRAWN)
                                    : new FactValue.Choice(value, DRAWN),
                            where));
            anything.addAll(maybe.getOrDefault(value, List.of()));
        }
        tells.add(new Tell(SILENT, minus(area, union(anything))));
        return tells;
    }

    private Sure distance(String kind, double metres) {
        List<Layer> fresh = fresh(kind);
        double error = error(fresh) + slack(metres);
        return new Sure(
                disks(fresh, metres - error),
                minus(complete(fresh, metres), disks(fresh, (metres + error) * ROUND)));
    }

    /**
     * A place is no nearer than its outline, and no farther than its gate or, where none is drawn,
     * than the farthest place of its outline.
     */
    private Sure gates(String kind, double metres) {
        List<Layer> fresh = fresh(kind);
        List<Layer> gates = fresh(Kinds.gateOf(kind));
        double error =
                Math.max(error(fresh), error(gates))
                        + error(fresh(Kinds.GATE))
                        - siteError
                        + slack(metres);
        Geometry far = minus(complete(fresh, metres), disks(fresh, (metres + error) * ROUND));
        far = minus(far, disks(gates, (metres + error) * ROUND));
        return new Sure(surelyNear(kind, fresh, gates, metres - error), far);
    }

    private Geometry surelyNear(String kind, List<Layer> places, List<Layer> gates, double radius) {
        List<Geometry> near = new ArrayList<>();
        if (radius <= 0) {
            return FACTORY.createPolygon();
        }
        for (Layer layer : gates) {
            for (Feature gate : around(layer, radius)) {
                if (Gates.open(gate)) {
                    near.add(grown(frame.toMetres(gate.geometry()), radius));
                }
            }
        }
        for (Layer layer : places) {
            for (Feature place : around(layer, radius)) {
                List<Gates.Gate> own = owners.of(kind, place, asOf);
                own.forEach(g -> near.add(grown(frame.toMetres(g.feature().geometry()), radius)));
                if (own.isEmpty()) {
                    near.add(withinOfAll(frame.toMetres(place.geometry()), radius));
                }
            }
        }
        return within(union(near));
    }

    /** Every place that is within a radius of all of a geometry. */
    private static Geometry withinOfAll(Geometry metres, double radius) {
        Geometry common = null;
        for (Coordinate corner : metres.convexHull().getCoordinates()) {
            Geometry disk = grown(FACTORY.createPoint(corner), radius);
            common =
                    common == null
                            ? disk
                            : OverlayNGRobust.overlay(common, disk, OverlayNG.INTERSECTION);
            if (common.isEmpty()) {
                break;
            }
        }
        return common == null ? FACTORY.createPolygon() : common;
    }

    /** No walk is shorter than the straight line; how long it is, only the roads know. */
    private Sure walking(String kind, double metres) {
        List<Layer> fresh = fresh(kind);
        List<Layer> roads = fresh(Kinds.ROAD);
        List<Layer> gates = fresh(Kinds.gateOf(kind));
        double error = Math.max(error(fresh), error(gates)) + error(roads) + slack(metres);
        double radius = (metres + error) / (1 - WALK_SHARE) * ROUND;
        Geometry far =
                OverlayNGRobust.overlay(
                        complete(fresh, metres), complete(roads, metres), OverlayNG.INTERSECTION);
        far = minus(minus(far, disks(fresh, radius)), disks(gates, radius));
        return new Sure(FACTORY.createPolygon(), far);
    }

    /** Where a site surely lies inside a zone of a kind, and where surely in none. */
    private List<Tell> inside(String fact) {
        String kind = fact.substring("site.inside.".length());
        List<Layer> fresh = fresh(kind);
        List<Geometry> in = new ArrayList<>();
        List<Geometry> near = new ArrayList<>();
        for (Layer layer : fresh) {
            double error = siteError + layer.accuracyMetres() + SLACK;
            for (Feature feature : around(layer, error + layer.pointExtentMetres())) {
                zone(
                        feature.geometry(),
                        error,
                        feature.isPoint() ? layer.pointExtentMetres() : 0,
                        in,
                        near);
            }
        }
        if (kind.equals(Kinds.COMPOUND)) {
            for (Layer layer : fresh(Kinds.LANDUSE)) {
                double error = siteError + layer.accuracyMetres() + SLACK;
                for (Feature plot : around(layer, error)) {
                    if (plot.attribute("use").filter(u -> u.contains("住宅")).isPresent()) {
                        zone(plot.geometry(), error, 0, in, near);
                    }
                }
            }
        }
        Geometry outside =
                fresh.isEmpty() ? FACTORY.createPolygon() : minus(complete(fresh, 0), union(near));
        return List.of(
                new Tell(new FactValue.Flag(true, DRAWN), within(union(in))),
                new Tell(new FactValue.Flag(false, DRAWN), outside));
    }

    private void zone(
            Geometry drawn, double error, double extent, List<Geometry> in, List<Geometry> near) {
        Geometry metres = frame.toMetres(drawn);
        if (metres instanceof Polygonal) {
            in.add(grown(metres, -error * ROUND));
        }
        near.add(grown(metres, (error + extent) * ROUND));
    }

    /** Every feature of these layers, grown by a radius; nothing where that is not above 0. */
    private Geometry disks(List<Layer> of, double radius) {
        List<Geometry> disks = new ArrayList<>();
        if (radius > 0) {
            for (Layer layer : of) {
                for (Feature feature : around(layer, radius)) {
                    disks.add(grown(frame.toMetres(feature.geometry()), radius));
                }
            }
        }
        return within(union(disks));
    }

    /** Where everything of a kind up to some metres away would be on the map. */
    private Geometry complete(List<Layer> of, double metres) {
        return within(grown(coverage(of), -(metres + siteError + slack(metres)) * ROUND));
    }

    private Geometry coverage(List<Layer> of) {
        List<Geometry> parts = new ArrayList<>();
        Envelope window = frame.degreesWithin(degrees, 20_000);
        for (Layer layer : of) {
            if (layer.coverage().getEnvelopeInternal().intersects(window)) {
                Geometry cut = layer.coverage().intersection(FACTORY.toGeometry(window));
                parts.add(frame.toMetres(cut));
            }
        }
        return union(parts);
    }

    /** The layers of a kind that are not too old. */
    private List<Layer> fresh(String kind) {
        return layers.layers(kind).stream().filter(l -> !l.staleOn(asOf)).toList();
    }

    /** The most a distance to a feature of these layers may be off, either way. */
    private double error(List<Layer> of) {
        return siteError
                + of.stream()
                        .mapToDouble(l -> l.accuracyMetres() + l.pointExtentMetres())
                        .max()
                        .orElse(0);
    }

    private static double slack(double metres) {
        return SLACK + SCALE * metres;
    }

    private List<Feature> around(Layer layer, double metres) {
        return layer.meeting(frame.degreesWithin(degrees, metres + 1_000));
    }

    private Geometry within(Geometry metres) {
        return OverlayNGRobust.overlay(metres, area, OverlayNG.INTERSECTION);
    }

    private static Geometry minus(Geometry a, Geometry b) {
        return OverlayNGRobust.overlay(a, b, OverlayNG.DIFFERENCE);
    }

    private static Geometry union(List<Geometry> parts) {
        Geometry all = parts.isEmpty() ? null : UnaryUnionOp.union(parts);
        return all == null || all.isEmpty() ? FACTORY.createPolygon() : all;
    }

    private static Geometry grown(Geometry geometry, double metres) {
        return BufferOp.bufferOp(geometry, metres, new BufferParameters(SIDES));
    }
}
