package org.kanqian.gis.plan;

import static org.kanqian.gis.plan.PlanReader.plain;
import static org.kanqian.gis.plan.PlanReader.quote;
import static org.kanqian.gis.plan.PlanReader.shorten;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.kanqian.gis.plan.FloorPlan.Defect;
import org.kanqian.gis.plan.FloorPlan.Element;
import org.kanqian.gis.plan.FloorPlan.Fixture;
import org.kanqian.gis.plan.FloorPlan.Opening;
import org.kanqian.gis.plan.FloorPlan.OpeningKind;
import org.kanqian.gis.plan.FloorPlan.Part;
import org.kanqian.gis.plan.FloorPlan.Room;
import org.kanqian.gis.plan.FloorPlan.Storey;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * What must hold between the parts of a plan, and what had better hold. Adds what does not to the
 * defects the reader found in single elements.
 */
final class PlanGate {
    /** Two drawers' idea of one wall: less shared floor than this is no overlap. */
    private static final double OVERLAP = 0.05;

    private static final PrecisionModel MICROMETRES = new PrecisionModel(1e6);

    private static final double BESIDE_ROOM = 0.3;
    private static final double BESIDE_WALL = 0.5;
    private static final int MOST_PAIRS = 20_000;

    /** On average narrower than this, a room is what was left between two walls. */
    private static final double SLIVER = 0.1;

    /** No door a person uses is narrower, no gate wider: else the unit is not the metre. */
    private static final double NARROWEST_DOOR = 0.25;

    private static final double WIDEST_DOOR = 12;
    private static final double LONGEST_ROOM = 500;

    private final Map<String, String> pointers;
    private final List<Defect> defects;
    private final List<Room> rooms;
    private final List<Opening> openings;
    private final List<Fixture> fixtures;
    private final Map<String, Room> roomsById = new HashMap<>();

    /**
     * @param pointers where an id was read
     * @param defects what the reader found; the gate adds to it
     * @param rooms of sound outline
     */
    PlanGate(
            Map<String, String> pointers,
            List<Defect> defects,
            List<Room> rooms,
            List<Opening> openings,
            List<Fixture> fixtures) {
        this.pointers = pointers;
        this.defects = defects;
        this.rooms = rooms;
        this.openings = openings;
        this.fixtures = fixtures;
        rooms.forEach(r -> roomsById.putIfAbsent(r.id(), r));
    }

    /**
     * @param repeated ids that several elements bear: none of them can be referred to
     */
    void check(Map<String, PlanFault> repeated, boolean complete) {
        Map<String, List<Room>> byStorey = new LinkedHashMap<>();
        for (Room room : rooms) {
            byStorey.computeIfAbsent(room.storey(), s -> new ArrayList<>()).add(room);
            repeated(repeated, Part.ROOM, room, room.type());
            sliver(room);
        }
        byStorey.values().forEach(this::overlaps);
        for (Opening opening : openings) {
            repeated(repeated, Part.OPENING, opening, "");
            offWall(opening);
        }
        for (Fixture fixture : fixtures) {
            repeated(repeated, Part.FIXTURE, fixture, fixture.type());
            outsideRoom(fixture);
        }
        if (complete) {
            reachable();
        }
    }

    /** Those of the elements that passed. */
    <T extends Element> List<T> sound(Part part, List<T> all) {
        Set<String> failed =
                defects.stream()
                        .filter(d -> d.part() == part)
                        .map(Defect::id)
                        .collect(Collectors.toSet());
        return failed.isEmpty() ? all : all.stream().filter(e -> !failed.contains(e.id())).toList();
    }

    private void defect(Part part, Element element, String type, PlanFault fault) {
        Set<String> joins =
                element instanceof Opening o
                        ? mayJoin(List.of(o.from(), o.to()), Optional.of(o.geometry()), rooms)
                        : Set.of();
        defects.add(new Defect(part, element.id(), type, joins, fault));
    }

    /**
     * The rooms a faulty opening may in truth belong to: those it names, and those it lies beside.
     */
    static Set<String> mayJoin(
            List<String> named, Optional<? extends Geometry> at, Collection<Room> rooms) {
        Set<String> joins = new TreeSet<>(named);
        at.ifPresent(g -> joins.addAll(beside(g, rooms)));
        return joins;
    }

    private static Set<String> beside(Geometry place, Collection<Room> rooms) {
        Envelope near = place.getEnvelopeInternal();
        near.expandBy(BESIDE_WALL);
        return rooms.stream()
                .filter(r -> near.intersects(r.polygon().getEnvelopeInternal()))
                .filter(r -> r.polygon().isWithinDistance(place, BESIDE_WALL))
                .map(Room::id)
                .collect(Collectors.toSet());
    }

    private void repeated(
            Map<String, PlanFault> repeated, Part part, Element element, String type) {
        PlanFault fault = repeated.get(element.id());
        if (fault != null) {
            defect(part, element, type, fault);
        }
    }

    private String pointer(String id) {
        return pointers.getOrDefault(id, "");
    }

    // elements

    private void sliver(Room room) {
        Polygon polygon = room.polygon();
        if (2 * polygon.getArea() < SLIVER * polygon.getLength()) {
            defect(
                    Part.ROOM,
                    room,
                    room.type(),
                    new PlanFault(
                            pointer(room.id()) + "/polygon",
                            quote(room.title()) + "是细长条，平均宽不足 10 厘米，不像房间。",
                            "'"
                                    + shorten(room.title())
                                    + "' is a sliver less than 10 cm wide on average."));
        }
    }

    private void outsideRoom(Fixture fixture) {
        Room room = fixture.room().map(roomsById::get).orElse(null);
        if (room != null && outside(fixture.geometry(), room)) {
            defect(
                    Part.FIXTURE,
                    fixture,
                    fixture.type(),
                    new PlanFault(
                            pointer(fixture.id()),
                            "设施" + quote(fixture.id()) + "画在" + quote(room.title()) + "外面。",
                            "Fixture '"
                                    + shorten(fixture.id())
                                    + "' lies outside its room '"
                                    + shorten(room.id())
                                    + "'."));
        }
    }

    /** Wholly or mostly outside; what is built into a wall is in the room. */
    private static boolean outside(Geometry fixture, Room room) {
        Point middle = fixture.getCentroid();
        return middle.distance(room.polygon()) > BESIDE_ROOM
                || (fixture.getArea() > 0
                        && overlay(fixture, room.polygon(), OverlayNG.INTERSECTION).getArea()
                                < fixture.getArea() / 2);
    }

    private void offWall(Opening opening) {
        Point middle = PlanReader.GEOMETRY.createPoint(opening.at().midPoint());
        for (String side : List.of(opening.from(), opening.to())) {
            Room room = roomsById.get(side);
            if (room != null && !inWall(middle, room.polygon())) {
                defect(
                        Part.OPENING,
                        opening,
                        "",
                        new PlanFault(
                                pointer(opening.id()) + "/at",
                                "门窗" + quote(opening.id()) + "不在" + quote(room.title()) + "的墙上。",
                                "Opening '"
                                        + shorten(opening.id())
                                        + "' is not in a wall of '"
                                        + shorten(room.title())
                                        + "'."));
            }
        }
    }

    private static boolean inWall(Point middle, Polygon room) {
        return room.getEnvelopeInternal().distance(middle.getEnvelopeInternal()) <= BESIDE_WALL
                && room.getBoundary().distance(middle) <= BESIDE_WALL;
    }

    // rooms among each other

    /** On a grid of micrometres: edges that all but coincide would else lose whole areas. */
    private static Geometry overlay(Geometry a, Geometry b, int operation) {
        return OverlayNG.overlay(a, b, operation, MICROMETRES);
    }

    private void overlaps(List<Room> storey) {
        STRtree index = new STRtree();
        for (int i = 0; i < storey.size(); i++) {
            index.insert(storey.get(i).polygon().getEnvelopeInternal(), i);
        }
        Set<String> failed = new HashSet<>();
        int told = 0;
        int pairs = 0;
        for (int i = 0; i < storey.size(); i++) {
            Room a = storey.get(i);
            for (Object other : index.query(a.polygon().getEnvelopeInternal())) {
                int j = (Integer) other;
                if (j <= i || slight(a, storey.get(j))) {
                    continue;
                }
                Room b = storey.get(j);
                boolean news = !failed.contains(a.id()) || !failed.contains(b.id());
                if (!news && told >= Faults.MOST) {
                    continue;
                }
                if (++pairs > MOST_PAIRS) {
                    inAll(storey);
                    return;
                }
                if (overlap(a, b)) {
                    failed.add(a.id());
                    failed.add(b.id());
                    told++;
                }
            }
        }
    }

    private static boolean slight(Room a, Room b) {
        Envelope common =
                a.polygon().getEnvelopeInternal().intersection(b.polygon().getEnvelopeInternal());
        return common.getArea() <= OVERLAP;
    }

    private boolean overlap(Room a, Room b) {
        Geometry common = overlay(a.polygon(), b.polygon(), OverlayNG.INTERSECTION);
        if (common.getArea() <= OVERLAP) {
            return false;
        }
        String area = plain(common.getArea());
        String place = plain(common.getInteriorPoint().getCoordinate());
        PlanFault fault =
                new PlanFault(
                        pointer(b.id()) + "/polygon",
                        quote(b.title())
                                + "与"
                                + quote(a.title())
                                + "重叠 "
                                + area
                                + " 平方米，在 "
                                + place
                                + " 一带。",
                        "'"
                                + shorten(b.title())
                                + "' and '"
                                + shorten(a.title())
                                + "' overlap by "
                                + area
                                + " m² near "
                                + place
                                + ".");
        defect(Part.ROOM, a, a.type(), fault);
        defect(Part.ROOM, b, b.type(), fault);
        return true;
    }

    /** A drawing too entangled to name the pairs: no pair overlaps if nothing is covered twice. */
    private void inAll(List<Room> storey) {
        double sum = storey.stream().mapToDouble(r -> r.polygon().getArea()).sum();
        Geometry union =
                OverlayNGRobust.union(storey.stream().map(r -> (Geometry) r.polygon()).toList());
        if (sum - union.getArea() > OVERLAP) {
            String area = plain(sum - union.getArea());
            PlanFault fault =
                    new PlanFault(
                            "/rooms",
                            "房间互相重叠，一共 " + area + " 平方米。",
                            "Rooms overlap by " + area + " m² in all.");
            storey.forEach(r -> defect(Part.ROOM, r, r.type(), fault));
        }
    }

    // ways in

    /**
     * In a complete plan people get from outside, or from a stair or lift, into every room. Where
     * they do not, a door is missing, and nobody can tell in which wall.
     */
    private void reachable() {
        Map<String, Set<String>> ways = new HashMap<>();
        for (Opening door : openings) {
            if (door.kind() == OpeningKind.DOOR) {
                join(ways, List.of(door.from(), door.to()));
            }
        }
        for (Defect defect : defects) {
            if (defect.part() == Part.OPENING) {
                join(ways, defect.rooms());
            }
        }
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        open.add(FloorPlan.OUTSIDE);
        rooms.stream().filter(r -> Types.joinsStoreys(r.type())).forEach(r -> open.add(r.id()));
        boolean entered = ways.containsKey(FloorPlan.OUTSIDE) || open.size() > 1;
        while (!open.isEmpty()) {
            String place = open.remove();
            if (seen.add(place)) {
                open.addAll(ways.getOrDefault(place, Set.of()));
            }
        }
        if (!entered) {
            defects.add(
                    new Defect(
                            Part.OPENING,
                            FloorPlan.OUTSIDE,
                            "",
                            roomsById.keySet(),
                            new PlanFault(
                                    "/openings",
                                    "没有画通向室外（outside）的门，也没有楼梯、电梯：怎么进来？",
                                    "No door leads outside and no stair or lift is drawn: how does"
                                            + " one get in?")));
        }
        for (Room room : rooms) {
            boolean doorless = !ways.containsKey(room.id());
            if (doorless ? !seen.contains(room.id()) : entered && !seen.contains(room.id())) {
                missingDoor(room, doorless);
            }
        }
    }

    private static void join(Map<String, Set<String>> ways, Collection<String> places) {
        for (String place : places) {
            ways.computeIfAbsent(place, p -> new HashSet<>()).addAll(places);
        }
    }

    private void missingDoor(Room room, boolean doorless) {
        defects.add(
                new Defect(
                        Part.OPENING,
                        room.id(),
                        "",
                        beside(room.polygon(), rooms),
                        new PlanFault(
                                pointer(room.id()),
                                quote(room.title()) + (doorless ? "没有门，进不去。" : "从外面走不到，少画了门。"),
                                "'"
                                        + shorten(room.title())
                                        + (doorless
                                                ? "' has no door."
                                                : "' cannot be reached from outside."))));
    }

    // the whole

    /** Why the plan cannot be in metres, if it cannot: then no number in it means anything. */
    Optional<PlanFault> scale() {
        double[] widths =
                openings.stream()
                        .filter(o -> o.kind() == OpeningKind.DOOR)
                        .mapToDouble(o -> o.at().getLength())
                        .sorted()
                        .toArray();
        if (widths.length > 0) {
            double median = widths[widths.length / 2];
            return median >= NARROWEST_DOOR && median <= WIDEST_DOOR
                    ? Optional.empty()
                    : Optional.of(
                            new PlanFault(
                                    "/openings",
                                    "门一般宽 " + plain(median) + " 米，不合常理：平面图的单位是米，是不是填成了毫米、厘米？",
                                    "Doors are mostly "
                                            + plain(median)
                                            + " m wide: plans are in metres; are these millimetres"
                                            + " or centimetres?"));
        }
        return rooms.stream()
                .filter(PlanGate::huge)
                .findFirst()
                .map(
                        r ->
                                new PlanFault(
                                        pointer(r.id()) + "/polygon",
                                        quote(r.title()) + "长宽超过 500 米：平面图的单位是米，是不是填成了毫米、厘米？",
                                        "'"
                                                + shorten(r.title())
                                                + "' is over 500 m long: plans are in metres; are"
                                                + " these millimetres or centimetres?"));
    }

    private static boolean huge(Room room) {
        Envelope extent = room.polygon().getEnvelopeInternal();
        return Math.max(extent.getWidth(), extent.getHeight()) > LONGEST_ROOM;
    }

    List<PlanFault> warnings(boolean complete, Collection<Storey> storeys) {
        Faults warnings = new Faults();
        for (Opening opening : openings) {
            if (opening.exit() && !Openings.leadsOut(opening, roomsById)) {
                warnings.add(
                        pointer(opening.id()) + "/exit",
                        "门窗" + quote(opening.id()) + "标为安全出口，却不是通向室外或楼梯间的门，不计入安全出口。",
                        "Opening '"
                                + shorten(opening.id())
                                + "' is marked as an exit but is no door to the outside or to a"
                                + " stair; it is not counted.");
            }
        }
        for (Room room : rooms) {
            if (huge(room)) {
                warnings.add(
                        pointer(room.id()) + "/polygon",
                        quote(room.title()) + "长宽超过 500 米，请核对单位是不是米。",
                        "'" + shorten(room.title()) + "' is over 500 m long: are these metres?");
            }
        }
        Set<String> used = rooms.stream().map(Room::storey).collect(Collectors.toSet());
        for (Storey storey : storeys) {
            if (complete && !used.contains(storey.id())) {
                warnings.add(
                        pointer("storey " + storey.id()),
                        "楼层“" + shorten(storey.id()) + "”没有画房间。",
                        "No room is drawn on storey '" + shorten(storey.id()) + "'.");
            }
        }
        return warnings.list();
    }
}
