package org.kanqian.gis.plan.importing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.FloorPlan.OpeningKind;
import org.kanqian.gis.plan.importing.ImportNote.Kind;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.algorithm.locate.PointOnGeometryLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.precision.GeometryPrecisionReducer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rooms, openings and fixtures found so far, in metres; makes them one plan whose parts fit
 * together: ids unique, rooms within rooms cut out, openings joined to the rooms on both sides.
 */
final class PlanDraft {
    static final GeometryFactory GEOMETRY = new GeometryFactory(new PrecisionModel(1000));

    private static final double MIN_ROOM = 0.1;
    private static final double MIN_OPENING = 0.05;
    private static final double STEP = 0.05;
    static final int MAX_ROOMS = 5_000;
    private static final int MAX_OTHERS = 20_000;
    private static final int MAX_RING = 2_000;
    private static final int MAX_HOLES = 500;
    private static final int MAX_VERTICES = 150_000;
    private static final double MAX_EXTENT = 9_000;

    /** A storey of the plan. */
    record Storey(String id, String name, int floor) {}

    private record Room(
            String id,
            String type,
            String name,
            String storey,
            Polygon polygon,
            OptionalDouble height) {}

    private record Opening(
            OpeningKind kind, String storey, LineSegment at, boolean exit, String element) {}

    private record Fixture(String type, String storey, Geometry geometry, String element) {}

    private final Notes notes;
    private final double reach;
    private final Map<String, Storey> storeys = new LinkedHashMap<>();
    private final List<Room> rooms = new ArrayList<>();
    private final List<Opening> openings = new ArrayList<>();
    private final List<Fixture> fixtures = new ArrayList<>();
    private final Set<String> ids = new HashSet<>(Set.of(FloorPlan.OUTSIDE));

    /**
     * @param reach how far from the middle of an opening the rooms it joins may begin, metres
     */
    PlanDraft(double reach, Notes notes) {
        this.reach = reach;
        this.notes = notes;
    }

    void storey(Storey storey) {
        storeys.putIfAbsent(storey.id(), storey);
    }

    /** Adds a room, or notes why not. */
    void room(
            String element,
            String wantedId,
            String type,
            String name,
            String storey,
            Geometry outline,
            OptionalDouble height)
            throws ImportException {
        String title = name.isBlank() ? element : name;
        Envelope extent = outline.getEnvelopeInternal();
        if (Math.min(extent.getWidth(), extent.getHeight()) < MIN_OPENING) {
            empty(title);
            return;
        }
        if (!outline.isValid()) {
            notes.leftOut(
                    title,
                    "“" + Notes.shown(title) + "”的轮廓自相交或不闭合，没有导入。",
                    "The outline of '" + Notes.shown(title) + "' crosses itself; left out.");
            return;
        }
        List<Polygon> parts =
                polygons(GeometryPrecisionReducer.reduce(outline, GEOMETRY.getPrecisionModel()));
        parts.removeIf(p -> p.getArea() < MIN_ROOM);
        if (parts.isEmpty()) {
            empty(title);
            return;
        }
        if (parts.size() > 1) {
            notes.told(
                    title,
                    "“" + Notes.shown(title) + "”由 " + parts.size() + " 块组成，分成几个房间。",
                    "'" + Notes.shown(title) + "' has " + parts.size() + " parts, now rooms each.");
        }
        for (Polygon part : parts) {
            if (rooms.size() >= MAX_ROOMS) {
                throw tooManyRooms();
            }
            String label = clean(name, 200);
            rooms.add(new Room(id(wantedId, storey), type, label, storey, part, height));
        }
    }

    static ImportException tooManyRooms() {
        return new ImportException(
                "房间超过 " + MAX_ROOMS + " 间。请只导出本场所的平面。",
                "Over " + MAX_ROOMS + " rooms; export only the premises.");
    }

    private void empty(String title) {
        notes.leftOut(
                title,
                "“" + Notes.shown(title) + "”没有面积（不足 0.1 平方米），没有导入。",
                "'" + Notes.shown(title) + "' covers less than 0.1 m²; left out.");
    }

    void opening(String element, OpeningKind kind, String storey, LineSegment at, boolean exit) {
        openings.add(new Opening(kind, storey, at, exit, element));
    }

    void fixture(String element, String type, String storey, Geometry geometry) {
        fixtures.add(new Fixture(type, storey, geometry, element));
    }

    private String id(String wanted, String storey) {
        String base = clean(wanted, 50);
        base = base.isEmpty() ? "room" : base;
        String id = base;
        if (ids.contains(id)) {
            id = clean(storey, 10) + "-" + base;
            for (int i = 2; ids.contains(id); i++) {
                id = base + "-" + i;
            }
            String now = id;
            notes.told(
                    wanted,
                    "编号“" + Notes.shown(wanted) + "”重复，改为“" + Notes.shown(now) + "”。",
                    "Id '" + Notes.shown(wanted) + "' is taken; now '" + Notes.shown(now) + "'.");
        }
        ids.add(id);
        return id;
    }

    private String fresh(String prefix) {
        int n = 1;
        while (!ids.add(prefix + n)) {
            n++;
        }
        return prefix + n;
    }

    private static String clean(String text, int longest) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() <= longest ? clean : clean.substring(0, longest).strip();
    }

    static List<Polygon> polygons(Geometry geometry) {
        List<Polygon> polygons = new ArrayList<>();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            if (geometry.getGeometryN(i) instanceof Polygon p && !p.isEmpty()) {
                polygons.add(p);
            }
        }
        return polygons;
    }

    // ---- the plan --------------------------------------------------------------------------

    /**
     * @throws ImportException if no room is left, or the plan is too large
     */
    ObjectNode plan() throws ImportException {
        cutIslands();
        rooms.removeIf(this::tooFine);
        if (rooms.isEmpty()) {
            throw new ImportException(
                    "没有找到一间房间。墙线要围成闭合的房间，或者把房间画成闭合的多段线；图层不合惯例时请在设置里写明。",
                    "No room was found. Wall lines must close around rooms, or rooms be drawn as"
                            + " closed outlines; name unusual layers in the settings.");
        }
        Envelope all = new Envelope();
        rooms.forEach(r -> all.expandToInclude(r.polygon.getEnvelopeInternal()));
        if (Math.max(all.getWidth(), all.getHeight()) > MAX_EXTENT
                || rooms.stream().mapToInt(r -> r.polygon.getNumPoints()).sum() > MAX_VERTICES) {
            throw new ImportException(
                    "平面图超过 9 公里或 15 万个点：单位对吗？",
                    "The plan is over 9 km or 150,000 points: are the units right?");
        }
        double x0 = shift(all.getMinX(), all.getMaxX());
        double y0 = shift(all.getMinY(), all.getMaxY());
        if (x0 != 0 || y0 != 0) {
            notes.told(
                    "",
                    "坐标平移了 (" + round(-x0) + ", " + round(-y0) + ") 米，使图靠近原点。",
                    "Coordinates were shifted by ("
                            + round(-x0)
                            + ", "
                            + round(-y0)
                            + ") m towards the origin.");
        }
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode plan = json.objectNode();
        plan.put("format", FloorPlan.FORMAT);
        ArrayNode storeyNodes = plan.putArray("storeys");
        for (Storey s : storeys.values()) {
            storeyNodes
                    .addObject()
                    .put("id", s.id)
                    .put("name", clean(s.name, 200))
                    .put("floor", s.floor);
        }
        ArrayNode roomNodes = plan.putArray("rooms");
        for (Room r : rooms) {
            ObjectNode node = roomNodes.addObject();
            node.put("id", r.id).put("type", r.type);
            if (!r.name.isEmpty()) {
                node.put("name", r.name);
            }
            node.put("storey", r.storey);
            node.set("polygon", ring(r.polygon.getExteriorRing(), x0, y0));
            if (r.polygon.getNumInteriorRing() > 0) {
                ArrayNode holes = node.putArray("holes");
                for (int i = 0; i < r.polygon.getNumInteriorRing(); i++) {
                    holes.add(ring(r.polygon.getInteriorRingN(i), x0, y0));
                }
            }
            r.height.ifPresent(h -> node.put("height", round(h)));
        }
        Finder finder = new Finder();
        openings(plan.putArray("openings"), finder, x0, y0);
        fixtures(plan.putArray("fixtures"), finder, x0, y0);
        return plan;
    }

    private static double shift(double low, double high) {
        return low < -1_000 || high > 1_000 ? Math.floor(low) : 0;
    }

    private boolean tooFine(Room room) {
        boolean fine =
                room.polygon.getNumInteriorRing() > MAX_HOLES
                        || room.polygon.getNumPoints() > MAX_RING;
        if (fine) {
            notes.leftOut(
                    room.id,
                    "“" + room.id + "”的轮廓超过 " + MAX_RING + " 个点，没有导入。",
                    "The outline of '" + room.id + "' has over " + MAX_RING + " points; left out.");
        }
        return fine;
    }

    /** A room drawn within another takes its floor from it. */
    private void cutIslands() {
        STRtree index = new STRtree();
        for (int i = 0; i < rooms.size(); i++) {
            index.insert(rooms.get(i).polygon.getEnvelopeInternal(), i);
        }
        Map<Integer, Geometry> left = new HashMap<>();
        int pairs = 0;
        for (int i = 0; i < rooms.size(); i++) {
            Room small = rooms.get(i);
            for (Object found : index.query(small.polygon.getEnvelopeInternal())) {
                int j = (Integer) found;
                Room large = rooms.get(j);
                boolean inner =
                        i != j
                                && small.storey.equals(large.storey)
                                && small.polygon.getArea() < large.polygon.getArea()
                                && ++pairs < 50_000
                                && large.polygon
                                        .getEnvelopeInternal()
                                        .covers(small.polygon.getEnvelopeInternal())
                                && large.polygon.covers(small.polygon);
                if (inner) {
                    left.put(
                            j,
                            OverlayNG.overlay(
                                    left.getOrDefault(j, large.polygon),
                                    small.polygon,
                                    OverlayNG.DIFFERENCE,
                                    GEOMETRY.getPrecisionModel()));
                    notes.told(
                            large.id,
                            "“" + small.id + "”在“" + large.id + "”里面，从后者的面积中扣除。",
                            "'"
                                    + small.id
                                    + "' lies within '"
                                    + large.id
                                    + "' and was cut out of it.");
                }
            }
        }
        left.forEach(
                (j, rest) ->
                        polygons(rest).stream()
                                .max(Comparator.comparingDouble(Geometry::getArea))
                                .ifPresent(
                                        p -> {
                                            Room r = rooms.get(j);
                                            rooms.set(
                                                    j,
                                                    new Room(
                                                            r.id, r.type, r.name, r.storey, p,
                                                            r.height));
                                        }));
    }

    private void openings(ArrayNode nodes, Finder finder, double x0, double y0) {
        for (Opening o : openings) {
            if (o.at.getLength() < MIN_OPENING || nodes.size() >= MAX_OTHERS) {
                left(o.element, "太窄", "it is too narrow");
                continue;
            }
            String one = finder.beside(o, 1);
            String other = finder.beside(o, -1);
            if (one.equals(other)) {
                boolean out = one.equals(FloorPlan.OUTSIDE);
                left(
                        o.element,
                        out ? "两侧都没有房间" : "两侧是同一间房",
                        out ? "no room is beside it" : "both sides are one room");
                continue;
            }
            ObjectNode node = nodes.addObject();
            node.put(
                    "id",
                    fresh(
                            o.kind == OpeningKind.DOOR
                                    ? "D"
                                    : o.kind == OpeningKind.WINDOW ? "W" : "P"));
            node.put("kind", o.kind.name().toLowerCase(java.util.Locale.ROOT));
            node.put("storey", o.storey);
            ArrayNode at = node.putArray("at");
            at.add(point(o.at.p0, x0, y0)).add(point(o.at.p1, x0, y0));
            boolean outside = one.equals(FloorPlan.OUTSIDE);
            node.putArray("connects").add(outside ? other : one).add(outside ? one : other);
            if (o.exit) {
                node.put("exit", true);
            }
        }
    }

    private void left(String element, String zh, String en) {
        notes.count(
                Kind.LEFT_OUT,
                element + " " + en,
                n -> n + " 处门窗没有导入：" + zh + "。",
                n -> n + " openings were left out: " + en + ".");
    }

    private void fixtures(ArrayNode nodes, Finder finder, double x0, double y0) {
        for (Fixture f : fixtures) {
            Optional<Room> room = finder.at(f.geometry.getCentroid().getCoordinate(), f.storey);
            if (nodes.size() >= MAX_OTHERS) {
                notes.count(
                        Kind.LEFT_OUT,
                        "fixtures",
                        n -> n + " 个设施超出上限，没有导入。",
                        n -> n + " fixtures beyond the limit were left out.");
                continue;
            }
            ObjectNode node = nodes.addObject();
            node.put("id", fresh("X")).put("type", f.type).put("storey", f.storey);
            boolean inside =
                    f.geometry instanceof Polygon p
                            && p.getNumInteriorRing() == 0
                            && p.getNumPoints() <= MAX_RING
                            && (room.isEmpty()
                                    || OverlayNG.overlay(
                                                            p,
                                                            room.get().polygon,
                                                            OverlayNG.INTERSECTION,
                                                            GEOMETRY.getPrecisionModel())
                                                    .getArea()
                                            >= p.getArea() * 0.5);
            if (room.isPresent()) {
                node.put("room", room.get().id);
            } else {
                notes.count(
                        Kind.GUESSED,
                        f.element,
                        n -> n + " 个设施“" + Notes.shown(f.element) + "”不在任何房间里。",
                        n -> n + " fixtures '" + Notes.shown(f.element) + "' lie in no room.");
            }
            if (inside && f.geometry instanceof Polygon p) {
                node.set("polygon", ring(p.getExteriorRing(), x0, y0));
            } else {
                node.set("at", point(f.geometry.getCentroid().getCoordinate(), x0, y0));
            }
        }
    }

    private static ArrayNode ring(LineString ring, double x0, double y0) {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        Arrays.stream(ring.getCoordinates()).forEach(c -> node.add(point(c, x0, y0)));
        return node;
    }

    private static ArrayNode point(Coordinate c, double x0, double y0) {
        return JsonNodeFactory.instance.arrayNode().add(round(c.x - x0)).add(round(c.y - y0));
    }

    private static double round(double metres) {
        return Math.rint(metres * 1000) / 1000 + 0.0;
    }

    /** Finds the room at a point. */
    private final class Finder {
        private final Map<String, STRtree> byStorey = new HashMap<>();
        private final Map<Room, PointOnGeometryLocator> locators = new HashMap<>();

        Finder() {
            for (Room room : rooms) {
                byStorey.computeIfAbsent(room.storey, s -> new STRtree())
                        .insert(room.polygon.getEnvelopeInternal(), room);
                locators.put(room, new IndexedPointInAreaLocator(room.polygon));
            }
        }

        Optional<Room> at(Coordinate c, String storey) {
            STRtree index = byStorey.get(storey);
            if (index == null) {
                return Optional.empty();
            }
            for (Object found : index.query(new Envelope(c))) {
                PointOnGeometryLocator locator = locators.get((Room) found);
                if (locator != null && locator.locate(c) == Location.INTERIOR) {
                    return Optional.of((Room) found);
                }
            }
            return Optional.empty();
        }

        /** The first room on one side of an opening, looked for at its middle, or outside. */
        String beside(Opening o, int side) {
            double length = o.at.getLength();
            double nx = -(o.at.p1.y - o.at.p0.y) / length * side;
            double ny = (o.at.p1.x - o.at.p0.x) / length * side;
            Coordinate mid = o.at.midPoint();
            for (double d = STEP; d <= reach; d += STEP) {
                Optional<Room> room = at(new Coordinate(mid.x + nx * d, mid.y + ny * d), o.storey);
                if (room.isPresent()) {
                    return room.get().id;
                }
            }
            return FloorPlan.OUTSIDE;
        }
    }
}
