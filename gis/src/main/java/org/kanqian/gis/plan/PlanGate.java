package org.kanqian.gis.plan;

import static org.kanqian.gis.plan.PlanReader.plain;
import static org.kanqian.gis.plan.PlanReader.quote;
import static org.kanqian.gis.plan.PlanReader.shorten;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kanqian.gis.plan.FloorPlan.Fixture;
import org.kanqian.gis.plan.FloorPlan.Opening;
import org.kanqian.gis.plan.FloorPlan.OpeningKind;
import org.kanqian.gis.plan.FloorPlan.Room;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/** What must hold between the parts of a plan, and what had better hold. */
final class PlanGate {
    /** Two drawers' idea of one wall: less shared floor than this is no overlap. */
    private static final double OVERLAP = 0.05;

    private static final PrecisionModel MICROMETRES = new PrecisionModel(1e6);

    private static final double BESIDE_ROOM = 0.3;
    private static final double BESIDE_WALL = 0.5;
    private static final int MOST_PAIRS = 20_000;

    private final Faults faults;
    private final Map<String, String> pointers;

    PlanGate(Faults faults, Map<String, String> pointers) {
        this.faults = faults;
        this.pointers = pointers;
    }

    void check(Collection<Room> rooms, List<Fixture> fixtures) {
        Map<String, List<Room>> byStorey = new LinkedHashMap<>();
        Map<String, Room> byId = new HashMap<>();
        for (Room room : rooms) {
            byStorey.computeIfAbsent(room.storey(), s -> new ArrayList<>()).add(room);
            byId.put(room.id(), room);
        }
        byStorey.values().forEach(this::overlaps);
        for (Fixture fixture : fixtures) {
            Room room = fixture.room().map(byId::get).orElse(null);
            if (room != null && outside(fixture.geometry(), room)) {
                faults.add(
                        pointer(fixture.id()),
                        "设施" + quote(fixture.id()) + "画在" + quote(room.title()) + "外面。",
                        "Fixture '"
                                + shorten(fixture.id())
                                + "' lies outside its room '"
                                + shorten(room.id())
                                + "'.");
            }
        }
    }

    private String pointer(String id) {
        return pointers.getOrDefault(id, "");
    }

    /** Wholly or mostly outside; what is built into a wall is in the room. */
    private static boolean outside(Geometry fixture, Room room) {
        Point middle = fixture.getCentroid();
        return middle.distance(room.polygon()) > BESIDE_ROOM
                || (fixture.getArea() > 0
                        && overlay(fixture, room.polygon(), OverlayNG.INTERSECTION).getArea()
                                < fixture.getArea() / 2);
    }

    /** On a grid of micrometres: edges that all but coincide would else lose whole areas. */
    private static Geometry overlay(Geometry a, Geometry b, int operation) {
        return OverlayNG.overlay(a, b, operation, MICROMETRES);
    }

    private void overlaps(List<Room> rooms) {
        STRtree index = new STRtree();
        for (int i = 0; i < rooms.size(); i++) {
            index.insert(rooms.get(i).polygon().getEnvelopeInternal(), i);
        }
        int pairs = 0;
        for (int i = 0; i < rooms.size() && !faults.full(); i++) {
            Room a = rooms.get(i);
            for (Object other : index.query(a.polygon().getEnvelopeInternal())) {
                int j = (Integer) other;
                if (j <= i || slight(a, rooms.get(j))) {
                    continue;
                }
                if (++pairs > MOST_PAIRS) {
                    inAll(rooms);
                    return;
                }
                overlap(a, rooms.get(j));
            }
        }
    }

    private static boolean slight(Room a, Room b) {
        Envelope common =
                a.polygon().getEnvelopeInternal().intersection(b.polygon().getEnvelopeInternal());
        return common.getArea() <= OVERLAP;
    }

    private void overlap(Room a, Room b) {
        Geometry common = overlay(a.polygon(), b.polygon(), OverlayNG.INTERSECTION);
        if (common.getArea() > OVERLAP) {
            String area = plain(common.getArea());
            String place = plain(common.getInteriorPoint().getCoordinate());
            faults.add(
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
        }
    }

    /** A drawing too entangled to name the pairs: no pair overlaps if nothing is covered twice. */
    private void inAll(List<Room> rooms) {
        double sum = rooms.stream().mapToDouble(r -> r.polygon().getArea()).sum();
        Geometry union =
                OverlayNGRobust.union(rooms.stream().map(r -> (Geometry) r.polygon()).toList());
        if (sum - union.getArea() > OVERLAP) {
            String area = plain(sum - union.getArea());
            faults.add(
                    "/rooms",
                    "房间互相重叠，一共 " + area + " 平方米。",
                    "Rooms overlap by " + area + " m² in all.");
        }
    }

    static List<PlanFault> warnings(
            boolean complete,
            Map<String, Room> rooms,
            List<Opening> openings,
            Map<String, String> pointers) {
        Faults warnings = new Faults();
        Set<String> entered = new HashSet<>();
        for (Opening opening : openings) {
            String pointer = pointers.getOrDefault(opening.id(), "");
            Point middle = PlanReader.GEOMETRY.createPoint(opening.at().midPoint());
            for (String side : List.of(opening.from(), opening.to())) {
                Room room = rooms.get(side);
                if (room == null) {
                    continue;
                }
                if (opening.kind() == OpeningKind.DOOR) {
                    entered.add(side);
                }
                boolean off =
                        room.polygon().getBoundary().isEmpty()
                                || room.polygon()
                                                .getEnvelopeInternal()
                                                .distance(middle.getEnvelopeInternal())
                                        > BESIDE_WALL
                                || room.polygon().getBoundary().distance(middle) > BESIDE_WALL;
                if (off) {
                    warnings.add(
                            pointer + "/at",
                            "门窗" + quote(opening.id()) + "不在" + quote(room.title()) + "的墙上。",
                            "Opening '"
                                    + shorten(opening.id())
                                    + "' is not in a wall of '"
                                    + shorten(room.title())
                                    + "'.");
                }
            }
            if (opening.exit() && !Openings.leadsOut(opening, rooms)) {
                warnings.add(
                        pointer + "/exit",
                        "门窗" + quote(opening.id()) + "标为安全出口，却不是通向室外或楼梯间的门，不计入安全出口。",
                        "Opening '"
                                + shorten(opening.id())
                                + "' is marked as an exit but is no door to the outside or to a"
                                + " stair; it is not counted.");
            }
        }
        for (Room room : rooms.values()) {
            if (complete && !openings.isEmpty() && !entered.contains(room.id())) {
                warnings.add(
                        pointers.getOrDefault(room.id(), ""),
                        quote(room.title()) + "没有门，进不去。",
                        "'" + shorten(room.title()) + "' has no door.");
            }
            Envelope extent = room.polygon().getEnvelopeInternal();
            if (Math.max(extent.getWidth(), extent.getHeight()) > 500) {
                warnings.add(
                        pointers.getOrDefault(room.id(), "") + "/polygon",
                        quote(room.title()) + "长宽超过 500 米，请核对单位是不是米。",
                        "'" + shorten(room.title()) + "' is over 500 m long: are these metres?");
            }
        }
        return warnings.list();
    }
}
