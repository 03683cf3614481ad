package org.kanqian.gis.plan.importing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.plan.importing.ImportNote.Kind;
import org.locationtech.jts.algorithm.construct.MaximumInscribedCircle;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.UnaryUnionNG;
import org.locationtech.jts.operation.polygonize.Polygonizer;

/**
 * Recovers rooms from wall lines: small gaps are closed, doorways are bridged where a door or
 * window is drawn, and of the faces the lines then enclose those too narrow for a room are wall.
 * The face around the building is none.
 */
final class WallRooms {
    private static final int MAX_SEGMENTS = 50_000;
    private static final int MAX_CROSSINGS = 200_000;
    private static final int MAX_FACES = 20_000;
    private static final double WIDEST_OPENING = 6;
    private static final double NARROWEST_OPENING = 0.3;

    /** How far apart two ends may lie beside their common line. */
    private static final double ASIDE = 0.03;

    private static final double BESIDE_WALL = 0.3;

    /** A gap in a wall face that was bridged, and the symbol drawn there; empty: a gap only. */
    record Bridge(LineSegment at, Optional<Symbol> symbol) {}

    /** The lines of one door or window. */
    record Symbol(LayerRole role, Geometry hull, boolean curved) {}

    final List<Polygon> rooms = new ArrayList<>();
    final List<Bridge> bridges = new ArrayList<>();

    private final ImportSettings settings;
    private final Notes notes;
    private final List<LineSegment> segments = new ArrayList<>();
    private STRtree index = new STRtree();
    private final Map<Coordinate, List<Coordinate>> neighbours = new HashMap<>();

    WallRooms(
            Collection<LineString> walls,
            List<Symbol> symbols,
            ImportSettings settings,
            Notes notes)
            throws ImportException {
        this.settings = settings;
        this.notes = notes;
        bounded(walls);
        Geometry noded = node(new ArrayList<>(walls));
        graph(noded);
        List<LineString> closing = smallGaps();
        if (!closing.isEmpty()) {
            noded = nodeWith(noded, closing);
            graph(noded);
        }
        noded = nodeWith(noded, doorways(symbols));
        faces(noded);
    }

    private static void bounded(Collection<LineString> walls) throws ImportException {
        int count = walls.stream().mapToInt(w -> w.getNumPoints() - 1).sum();
        STRtree index = new STRtree();
        List<Envelope> all = new ArrayList<>();
        if (count <= MAX_SEGMENTS) {
            for (LineString wall : walls) {
                for (int i = 1; i < wall.getNumPoints(); i++) {
                    all.add(new Envelope(wall.getCoordinateN(i - 1), wall.getCoordinateN(i)));
                }
            }
            all.forEach(e -> index.insert(e, e));
        }
        long crossings = 0;
        for (Envelope e : all) {
            crossings += index.query(e).size() - 1;
            if (crossings > 4L * MAX_CROSSINGS) {
                break;
            }
        }
        if (count > MAX_SEGMENTS || crossings > 4L * MAX_CROSSINGS) {
            throw new ImportException(
                    "墙线太多或交叉太密（最多 5 万段）。请在设置的 layers.wall 里只写墙所在的图层。",
                    "Too many wall lines or crossings (at most 50,000 segments); name only the"
                            + " layers that are walls under layers.wall in the settings.");
        }
    }

    private static Geometry node(List<LineString> lines) {
        return UnaryUnionNG.union(
                PlanDraft.GEOMETRY.createMultiLineString(lines.toArray(new LineString[0])),
                PlanDraft.GEOMETRY.getPrecisionModel());
    }

    private static Geometry nodeWith(Geometry noded, List<LineString> more) {
        List<LineString> all = new ArrayList<>(more);
        for (int i = 0; i < noded.getNumGeometries(); i++) {
            if (noded.getGeometryN(i) instanceof LineString line) {
                all.add(line);
            }
        }
        return node(all);
    }

    private void graph(Geometry noded) {
        segments.clear();
        neighbours.clear();
        index = new STRtree();
        for (int i = 0; i < noded.getNumGeometries(); i++) {
            Coordinate[] c = noded.getGeometryN(i).getCoordinates();
            for (int k = 1; k < c.length; k++) {
                LineSegment s = new LineSegment(c[k - 1], c[k]);
                segments.add(s);
                index.insert(new Envelope(s.p0, s.p1), s);
                neighbours.computeIfAbsent(s.p0, p -> new ArrayList<>()).add(s.p1);
                neighbours.computeIfAbsent(s.p1, p -> new ArrayList<>()).add(s.p0);
            }
        }
    }

    // ---- gaps ------------------------------------------------------------------------------

    /** Joins each loose end to the nearest other line within the gap that is allowed. */
    private List<LineString> smallGaps() {
        List<LineString> closing = new ArrayList<>();
        double gap = settings.gapMetres();
        neighbours.forEach(
                (end, joined) -> {
                    if (joined.size() != 1) {
                        return;
                    }
                    Envelope near = new Envelope(end);
                    near.expandBy(gap);
                    Coordinate best = null;
                    double nearest = gap;
                    for (Object found : index.query(near)) {
                        LineSegment s = (LineSegment) found;
                        if (s.p0.equals2D(end) || s.p1.equals2D(end)) {
                            continue;
                        }
                        Coordinate c = s.closestPoint(end);
                        // an end rather than the middle, so that corners stay corners
                        for (Coordinate tip : List.of(s.p0, s.p1)) {
                            if (tip.distance(end) <= c.distance(end) * 1.5 + 1e-6) {
                                c = tip;
                            }
                        }
                        if (c.distance(end) <= nearest && !c.equals2D(joined.get(0))) {
                            best = c;
                            nearest = c.distance(end);
                        }
                    }
                    if (best != null && nearest > 0) {
                        closing.add(line(end, best));
                        if (nearest >= NARROWEST_OPENING) {
                            bridges.add(new Bridge(new LineSegment(end, best), Optional.empty()));
                        }
                    }
                });
        if (!closing.isEmpty()) {
            notes.guessed(
                    "",
                    closing.size() + " 处墙线之间的缺口（不超过 " + gap + " 米）补上了。",
                    closing.size()
                            + " gaps of at most "
                            + gap
                            + " m between wall lines were closed.");
        }
        return closing;
    }

    /**
     * Goes on from every end of a wall face along that face to the next, if a symbol lies there.
     */
    private List<LineString> doorways(List<Symbol> symbols) {
        STRtree hulls = new STRtree();
        for (Symbol symbol : symbols) {
            Envelope e = new Envelope(symbol.hull.getEnvelopeInternal());
            e.expandBy(BESIDE_WALL);
            hulls.insert(e, symbol);
        }
        Map<String, Bridge> found = new HashMap<>();
        if (!symbols.isEmpty()) {
            for (LineSegment s : segments) {
                beyond(s.p0, s.p1, hulls, found);
                beyond(s.p1, s.p0, hulls, found);
            }
        }
        List<LineString> lines = new ArrayList<>();
        for (Bridge b : found.values()) {
            bridges.add(b);
            lines.add(line(b.at.p0, b.at.p1));
        }
        return lines;
    }

    private void beyond(Coordinate from, Coordinate end, STRtree hulls, Map<String, Bridge> found) {
        double length = from.distance(end);
        if (hulls.query(new Envelope(end)).isEmpty() || goesOn(from, end) || cap(from, end)) {
            return;
        }
        double ux = (end.x - from.x) / length;
        double uy = (end.y - from.y) / length;
        Coordinate far = new Coordinate(end.x + ux * WIDEST_OPENING, end.y + uy * WIDEST_OPENING);
        LineSegment ray = new LineSegment(end, far);
        Envelope around = new Envelope(end, far);
        around.expandBy(ASIDE);
        double hit = Double.MAX_VALUE;
        Coordinate at = null;
        boolean faced = false;
        for (Object other : index.query(around)) {
            LineSegment s = (LineSegment) other;
            for (Coordinate tip : List.of(s.p0, s.p1)) {
                double along = (tip.x - end.x) * ux + (tip.y - end.y) * uy;
                double aside = Math.abs((tip.x - end.x) * uy - (tip.y - end.y) * ux);
                if (along > 0.02 && aside <= ASIDE && along < hit + ASIDE) {
                    Coordinate rest = tip.equals2D(s.p0) ? s.p1 : s.p0;
                    double turn =
                            ((rest.x - tip.x) * ux + (rest.y - tip.y) * uy) / tip.distance(rest);
                    boolean facing = turn > 0.98;
                    if (along < hit - ASIDE || (facing && !faced)) {
                        hit = along;
                        at = tip;
                        faced = facing;
                    }
                }
            }
            Coordinate crossing = ray.intersection(s);
            if (crossing != null) {
                double along = crossing.distance(end);
                if (along > 0.02 && along < hit - ASIDE) {
                    hit = along;
                    at = crossing;
                    faced = false;
                }
            }
        }
        if (at == null || hit < NARROWEST_OPENING / 3) {
            return;
        }
        LineSegment gap = new LineSegment(end, at);
        Envelope where = new Envelope(end, at);
        Symbol best = null;
        double most = faced ? 0.6 : 0.85;
        for (Object candidate : hulls.query(where)) {
            Symbol symbol = (Symbol) candidate;
            double share =
                    gap.toGeometry(PlanDraft.GEOMETRY)
                                    .intersection(symbol.hull.buffer(BESIDE_WALL, 2))
                                    .getLength()
                            / hit;
            if (share >= most) {
                best = symbol;
                most = share;
            }
        }
        if (best == null && faced) {
            best = jamb(end, hulls);
            best = best == null || jamb(at, hulls) == null ? null : best;
        }
        if (best != null) {
            gap.normalize();
            found.putIfAbsent(gap.toString(), new Bridge(gap, Optional.of(best)));
        }
    }

    /** The symbol that touches an end: an opening without leaf has only its two jambs drawn. */
    private static @Nullable Symbol jamb(Coordinate end, STRtree hulls) {
        for (Object candidate : hulls.query(new Envelope(end))) {
            Symbol symbol = (Symbol) candidate;
            if (symbol.hull.isWithinDistance(PlanDraft.GEOMETRY.createPoint(end), ASIDE)) {
                return symbol;
            }
        }
        return null;
    }

    /** Another line goes on from the end in the same direction. */
    private boolean goesOn(Coordinate from, Coordinate end) {
        double length = from.distance(end);
        for (Coordinate next : neighbours.getOrDefault(end, List.of())) {
            double turn =
                    ((end.x - from.x) * (next.x - end.x) + (end.y - from.y) * (next.y - end.y))
                            / (length * end.distance(next));
            if (turn > 0.98) {
                return true;
            }
        }
        return false;
    }

    /** The short end of a wall, from face to face: both faces leave it towards the same side. */
    private boolean cap(Coordinate from, Coordinate end) {
        List<Coordinate> a = neighbours.getOrDefault(from, List.of());
        List<Coordinate> b = neighbours.getOrDefault(end, List.of());
        if (from.distance(end) > settings.wallMetres() || a.size() != 2 || b.size() != 2) {
            return false;
        }
        Coordinate before = a.get(0).equals2D(end) ? a.get(1) : a.get(0);
        Coordinate after = b.get(0).equals2D(from) ? b.get(1) : b.get(0);
        double dot =
                (before.x - from.x) * (after.x - end.x) + (before.y - from.y) * (after.y - end.y);
        return dot > 0.8 * before.distance(from) * after.distance(end);
    }

    private static LineString line(Coordinate a, Coordinate b) {
        return PlanDraft.GEOMETRY.createLineString(new Coordinate[] {a.copy(), b.copy()});
    }

    // ---- faces -----------------------------------------------------------------------------

    private void faces(Geometry noded) throws ImportException {
        Polygonizer polygonizer = new Polygonizer();
        polygonizer.add(noded);
        Collection<?> faces = polygonizer.getPolygons();
        if (faces.size() > MAX_FACES) {
            throw new ImportException(
                    "墙线围成的区域超过 2 万个：墙图层里有填充图案或别的图形吗？",
                    "The wall lines enclose over 20,000 faces: is there a hatch on a wall layer?");
        }
        for (Object found : faces) {
            Polygon face = (Polygon) found;
            if (narrow(face)) {
                notes.count(
                        Kind.TOLD,
                        "wall faces",
                        n -> n + " 个窄于 " + settings.wallMetres() + " 米的区域当作墙体。",
                        n -> n + " faces narrower than " + settings.wallMetres() + " m are walls.");
            } else {
                rooms.add(face);
            }
        }
        int loose = polygonizer.getDangles().size() + polygonizer.getCutEdges().size();
        if (loose > 0) {
            notes.leftOut("", loose + " 段墙线没有围成房间。", loose + " wall lines close around no room.");
        }
    }

    private boolean narrow(Polygon face) {
        double radius = settings.wallMetres() / 2;
        Envelope e = face.getEnvelopeInternal();
        if (Math.min(e.getWidth(), e.getHeight()) < settings.wallMetres() || face.getArea() < 0.1) {
            return true;
        }
        return MaximumInscribedCircle.getRadiusLine(face, 0.02).getLength() < radius;
    }
}
