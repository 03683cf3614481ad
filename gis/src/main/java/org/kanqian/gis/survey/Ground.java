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

    /** How far a circle drawn with corners may fall short of a round one, metres. */
    private static final double CORNER = 0.25;

    /** By how much an outline may be smoothed before it is grown, metres. */
    private static final double SMOOTHED = 0.02;

    /** What rounding to centimetres and to seven decimals, and smoothing, may move. */
    private static final double SLACK = 0.05 + SMOOTHED;

    /** Scale of the frame fifty kilometres from its centre, and then some. */
    private static final double SCALE = 1e-4;

    private static final double WALK_SHARE = 0.02;

    private final LayerSet layers;
    private final Layer drawnBy;
    private final String region;
    private final LocalFrame frame;
    private final Geometry area;
    private final Envelope degrees;
    private final double siteError;
    private final LocalDate asOf;
    private final Map<String, Measure> ways;
    private final Gates owners;

    private Ground(
            LayerSet layers,
            Layer drawnBy,
            String region,
            LocalFrame frame,
            Geometry area,
            Envelope degrees,
            double siteError,
            LocalDate asOf,
            Map<String, Measure> ways) {
        this.layers = layers;
        this.ways = Map.copyOf(ways);
        this.owners = new Gates(layers);
        this.drawnBy = drawnBy;
        this.region = region;
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

    /** More of one kind in a district is not drawn: it would take minutes, and no end of memory. */
    private static final int MOST_FEATURES = 50_000;

    private static final int MOST_CORNERS = 500_000;

    /** That there is more of a kind than is drawn. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooMuch() {
            super("more than is drawn", null, false, false);
        }
    }

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
            LayerSet given,
            String region,
            double siteError,
            LocalDate asOf,
            Map<String, Measure> ways) {
        LayerSet layers = given.on(asOf);
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
                        new Ground(
                                layers, layer, region, frame, metres, box, siteError, asOf, ways));
            }
        }
        return Optional.empty();
    }

    /** The district in metres of the frame. */
    public Geometry area() {
        return area;
    }

    /**
     * The part of the district in which a site's region is sure: farther from its border, and from
     * every other district of its layer, than the errors of both, and where no other layer says
     * otherwise.
     */
    public Geometry withinBorder() {
        double error = siteError + drawnBy.accuracyMetres() + SLACK;
        Geometry sure = inward(area, error);
        for (Layer layer : fresh(Kinds.REGION)) {
            for (Feature other : around(layer, error)) {
                boolean foreign = other.attribute("code").filter(region::equals).isEmpty();
                if (foreign && other.geometry() instanceof Polygonal) {
                    Geometry metres = frame.toMetres(other.geometry());
                    sure = minus(sure, layer == drawnBy ? outward(metres, error) : metres);
                }
            }
        }
        return sure;
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

    /**
     * Where a distance is surely below, and where surely not below, a threshold in metres.
     *
     * @return empty if there is more on the map than is drawn; then it is sure nowhere
     */
    public List<Tell> below(String fact, BigDecimal threshold) {
        try {
            return measured(fact, threshold);
        } catch (TooMuch e) {
            return List.of();
        }
    }

    private List<Tell> measured(String fact, BigDecimal threshold) {
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

    /** Where a fact that is {@link #drawn} is surely what; empty as for {@link #below}. */
    public List<Tell> tells(String fact) {
        try {
            return switch (fact) {
                case Kinds.BUILDING_USE -> building("use");
                case Kinds.BUILDING_RESIDENTIAL -> building("residential");
                case Kinds.QUOTA_LEFT -> List.of(new Tell(SILENT, offGrid()));
                default -> inside(fact);
            };
        } catch (TooMuch e) {
            return List.of();
        }
    }

    /** Two parts that do not meet: below the threshold or inside, and not. */
    private record Sure(Geometry yes, Geometry no) {}

    private Geometry offGrid() {
        List<Layer> grids = fresh(Kinds.TOBACCO_GRID);
        return minus(area, disks(grids, error(grids) + SLACK, Ground::outward));
    }

    /** Buildings agree where every one that a site may be in says the same. */
    private List<Tell> building(String attribute) {
        Map<String, List<Geometry>> sure = new TreeMap<>();
        Map<String, List<Geometry>> maybe = new TreeMap<>();
        List<Layer> fresh = fresh(Kinds.BUILDING);
        for (Layer layer : fresh) {
            double error = siteError + layer.accuracyMetres();
            for (Feature building : around(layer, error)) {
                Geometry metres = frame.toMetres(building.geometry());
                String says = building.attribute(attribute).orElse("");
                maybe.computeIfAbsent(says, u -> new ArrayList<>())
                        .add(outward(metres, error + SLACK));
                sure.computeIfAbsent(says, u -> new ArrayList<>()).add(upTo(metres, error - SLACK));
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
                disks(fresh, metres - error, Ground::upTo),
                minus(complete(fresh, metres), disks(fresh, metres + error, Ground::outward)));
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
        Geometry far =
                minus(complete(fresh, metres), disks(fresh, metres + error, Ground::outward));
        far = minus(far, disks(gates, metres + error, Ground::outward));
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
                    near.add(upTo(frame.toMetres(gate.geometry()), radius));
                }
            }
        }
        for (Layer layer : places) {
            for (Feature place : around(layer, radius)) {
                List<Gates.Gate> own = owners.of(kind, place, asOf);
                own.forEach(g -> near.add(upTo(frame.toMetres(g.feature().geometry()), radius)));
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
            Geometry disk = upTo(FACTORY.createPoint(corner), radius);
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
        double radius = (metres + error) / (1 - WALK_SHARE);
        Geometry far =
                OverlayNGRobust.overlay(
                        complete(fresh, metres), complete(roads, metres), OverlayNG.INTERSECTION);
        far = minus(far, disks(fresh, radius, Ground::outward));
        far = minus(far, disks(gates, radius, Ground::outward));
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
            in.add(inward(metres, error));
        }
        near.add(outward(metres, error + extent));
    }

    /** Every feature of these layers, grown by a radius; nothing where that is not above 0. */
    private Geometry disks(List<Layer> of, double radius, Grown grown) {
        List<Geometry> disks = new ArrayList<>();
        if (radius > 0) {
            for (Layer layer : of) {
                for (Feature feature : around(layer, radius)) {
                    disks.add(grown.by(frame.toMetres(feature.geometry()), radius));
                }
            }
        }
        return within(union(disks));
    }

    /** Where everything of a kind up to some metres away would be on the map. */
    private Geometry complete(List<Layer> of, double metres) {
        return within(inward(coverage(of), metres + siteError + slack(metres)));
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
        List<Feature> found =
                layer.meeting(frame.degreesWithin(degrees, metres + 1_000), MOST_FEATURES + 1);
        long corners = found.stream().mapToLong(f -> f.geometry().getNumPoints()).sum();
        if (found.size() > MOST_FEATURES || corners > MOST_CORNERS) {
            throw new TooMuch();
        }
        return found;
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

    /** A way of growing by metres. */
    private interface Grown {
        Geometry by(Geometry geometry, double metres);
    }

    /** What lies within some metres, and nothing beyond them. */
    private static Geometry upTo(Geometry geometry, double metres) {
        return buffer(geometry, metres, metres);
    }

    /** All that lies within some metres, and a little more. */
    private static Geometry outward(Geometry geometry, double metres) {
        return buffer(geometry, metres / shortfall(metres), metres);
    }

    /** What of an area lies deeper than some metres, and nothing else. */
    private static Geometry inward(Geometry geometry, double metres) {
        return buffer(geometry, -metres / shortfall(metres), metres);
    }

    /** The share of its radius to which a circle drawn by {@link #buffer} comes at least. */
    private static double shortfall(double metres) {
        // JTS rounds the number of chords of an arc, so one may span one and a half of its steps.
        return Math.cos(1.5 * Math.PI / (4 * quarter(metres)));
    }

    private static Geometry buffer(Geometry geometry, double by, double metres) {
        BufferParameters how = new BufferParameters(quarter(metres));
        // JTS smooths an outline by a share of the distance, which would be metres.
        how.setSimplifyFactor(Math.min(0.01, SMOOTHED / Math.max(metres, 1)));
        return BufferOp.bufferOp(geometry, by, how);
    }

    /** Corners to a quarter circle of that radius, so that it falls short by little. */
    private static int quarter(double metres) {
        double share = 1 / (1 + CORNER / Math.max(metres, CORNER));
        return (int) Math.max(2, Math.ceil(1.5 * Math.PI / 4 / Math.acos(share)));
    }
}
