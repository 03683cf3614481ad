package org.kanqian.gis.plan;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.Polygon;
import tools.jackson.databind.JsonNode;

/**
 * A floor plan: storeys, rooms, openings, fixtures and flows, in metres, x to the right, y up.
 * Immutable; nobody may alter the geometries it hands out.
 *
 * <p>The lists hold what passed the quality gate. What did not is in {@code defects}, and no fact
 * that might hang on it is known.
 *
 * <p>Room polygons are the inside faces of the walls, so their areas are net areas (使用面积). Rooms of
 * one storey do not overlap by more than 0.05 m². The format is {@code kanqian/plan.schema.json} on
 * the class path.
 *
 * @param complete the drawer says that every room, opening and fixture of the premises is drawn:
 *     only then does the absence of a thing in the drawing say that the premises have none
 * @param accuracyMetres how far any drawn corner may lie from the real one
 * @param attributes what the plan states about the premises as a whole; keys are fact names without
 *     {@code plan.}
 * @param defects what failed the gate, in the order of the plan
 * @param warnings what is odd but hinders nothing
 */
public record FloorPlan(
        boolean complete,
        double accuracyMetres,
        Map<String, Attribute> attributes,
        List<Storey> storeys,
        List<Room> rooms,
        List<Opening> openings,
        List<Fixture> fixtures,
        List<Flow> flows,
        Optional<Anchor> anchor,
        List<Defect> defects,
        List<PlanFault> warnings) {

    /** What {@code format} must say. */
    public static final String FORMAT = "kanqian-plan/1";

    /** Accuracy of a plan that declares none: 5 cm, as of a plan drawn after a tape measure. */
    public static final double DEFAULT_ACCURACY_METRES = 0.05;

    /** What an opening leads to when it leads out of the premises. */
    public static final String OUTSIDE = "outside";

    public FloorPlan {
        attributes = ordered(attributes);
        storeys = List.copyOf(storeys);
        rooms = List.copyOf(rooms);
        openings = List.copyOf(openings);
        fixtures = List.copyOf(fixtures);
        flows = List.copyOf(flows);
        requireNonNull(anchor, "anchor");
        defects = List.copyOf(defects);
        warnings = List.copyOf(warnings);
        if (!(accuracyMetres > 0)) {
            throw new IllegalArgumentException("accuracy not above 0: " + accuracyMetres);
        }
    }

    /**
     * Reads a plan from UTF-8 JSON and holds it against the quality gate. Does not close the
     * stream.
     *
     * <p>At most 8 MB, 32 levels, 5,000 rooms, 20,000 openings, 20,000 fixtures, 2,000 vertices per
     * polygon and 200,000 in all.
     *
     * @throws PlanException if it cannot be read at all: no JSON, not of the form the schema asks
     *     for, over a bound, two storeys of one id, or a scale that cannot be metres; with
     *     everything that is wrong, at most 50 faults
     */
    public static FloorPlan read(InputStream json) throws PlanException {
        return PlanReader.read(json);
    }

    /**
     * As {@link #read(InputStream)}, of JSON that is parsed already.
     *
     * @throws PlanException with everything that is wrong, at most 50 faults
     */
    public static FloorPlan read(JsonNode json) throws PlanException {
        return PlanReader.read(json);
    }

    private static Map<String, Attribute> ordered(Map<String, Attribute> attributes) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** What a defective thing was meant to be. */
    public enum Part {
        ROOM,
        /** A door, window or hatch, or one that is missing. */
        OPENING,
        FIXTURE,
        FLOW
    }

    /**
     * A thing that failed the quality gate. It is in none of the plan's lists; whatever a fact
     * would have looked at it for is unknown.
     *
     * @param id its id; a room's where the fault is a door that room lacks, {@link #OUTSIDE} where
     *     none leads in
     * @param type of a room or fixture; empty of others
     * @param rooms the rooms an opening may belong to; empty of others
     * @param fault what is wrong with it
     */
    public record Defect(Part part, String id, String type, Set<String> rooms, PlanFault fault) {
        public Defect {
            rooms = Set.copyOf(rooms);
        }
    }

    /** The faults of all defects, each once, at most 50. */
    public List<PlanFault> faults() {
        return defects.stream().map(Defect::fault).distinct().limit(Faults.MOST).toList();
    }

    /** Something drawn that has an id of its own. */
    public sealed interface Element permits Room, Opening, Fixture {
        /** Unique in the plan. */
        String id();

        /** Id of the storey it is drawn on. */
        String storey();

        /** What was stated about it beside its geometry. */
        Map<String, Attribute> attributes();

        /** Its geometry, metres. */
        Geometry geometry();
    }

    /**
     * One floor of the premises.
     *
     * @param floor −1 = 地下一层, 1 = ground floor; never 0
     * @param elevation height of its floor over the ground outside the exit, metres; below ground
     *     negative
     */
    public record Storey(String id, String name, int floor, OptionalDouble elevation) {}

    /**
     * A functional space (功能间): walled rooms and open areas alike.
     *
     * @param type what it is used for, e.g. {@code cooking}
     * @param name what the drawing calls it; may be empty
     * @param polygon inner wall faces, with holes
     * @param height clear height, metres
     */
    public record Room(
            String id,
            String type,
            String name,
            String storey,
            Polygon polygon,
            OptionalDouble height,
            Map<String, Attribute> attributes)
            implements Element {
        public Room {
            attributes = ordered(attributes);
        }

        @Override
        public Geometry geometry() {
            return polygon;
        }

        /** For messages: the name, or the id where it has none. */
        public String title() {
            return name.isBlank() ? id : name;
        }
    }

    /** What an opening is. */
    public enum OpeningKind {
        DOOR,
        WINDOW,
        /** A hatch through which goods pass but no people (传递窗、出菜口). */
        PASS_THROUGH
    }

    /** How a door opens, best first for people who flee. */
    public enum Swing {
        OUTWARD,
        INWARD,
        /** Sliding, rolling and the like. */
        SLIDING
    }

    /**
     * A door, window or hatch in a wall.
     *
     * @param at its two jambs; the length is the clear width
     * @param from a room id or {@link #OUTSIDE}
     * @param to a room id or {@link #OUTSIDE}
     * @param exit marked as an emergency exit
     */
    public record Opening(
            String id,
            OpeningKind kind,
            String storey,
            LineSegment at,
            String from,
            String to,
            boolean exit,
            Optional<Swing> swing,
            Map<String, Attribute> attributes)
            implements Element {
        public Opening {
            at = new LineSegment(at);
            attributes = ordered(attributes);
        }

        /** Whether it opens into that room. */
        public boolean joins(String room) {
            return from.equals(room) || to.equals(room);
        }

        /** The other side, seen from {@code room}. */
        public String beyond(String room) {
            return from.equals(room) ? to : from;
        }

        @Override
        public Geometry geometry() {
            return at.toGeometry(PlanReader.GEOMETRY);
        }
    }

    /**
     * Something fixed in a room, or outside of all rooms.
     *
     * @param type what it is, e.g. {@code handwash_sink}
     * @param room id of the room it stands in; empty for what hangs outside
     * @param geometry a point, or a polygon of its footprint
     */
    public record Fixture(
            String id,
            String type,
            String storey,
            Optional<String> room,
            Geometry geometry,
            Map<String, Attribute> attributes)
            implements Element {
        public Fixture {
            attributes = ordered(attributes);
        }

        /** How many there are: the attribute {@code count}, or one. */
        public long count() {
            return attributes.get("count") instanceof Attribute.Amount a
                    ? a.value().longValue()
                    : 1;
        }
    }

    /** What moves along a flow. */
    public enum FlowKind {
        /** Food, from raw material to the table. */
        FOOD,
        /** Used dishes, from the table to the washing. */
        DISH_RETURN,
        PEOPLE,
        MATERIAL,
        CLEAN,
        DIRTY,
        /** Instruments, from where they were used through cleaning and sterilising to the store. */
        INSTRUMENT,
        MEN,
        WOMEN
    }

    /**
     * A way through the premises.
     *
     * @param stops ids of rooms, fixtures and openings, in order; at least two
     */
    public record Flow(String id, FlowKind kind, List<String> stops) {
        public Flow {
            stops = List.copyOf(stops);
        }
    }

    /**
     * Where the plan's origin lies on the map.
     *
     * @param lon degrees
     * @param lat degrees
     * @param datum CGCS2000, WGS84, GCJ02 or BD09
     * @param rotation of the plan's x axis against east, counter-clockwise, degrees
     */
    public record Anchor(double lon, double lat, String datum, double rotation) {}

    /** What was stated of a thing. A value left out, or null, is not stated. */
    public sealed interface Attribute {
        /** Yes or no. */
        record Flag(boolean value) implements Attribute {}

        /** A number, in metres, square metres or pieces. */
        record Amount(BigDecimal value) implements Attribute {}

        /** A word of a closed list. */
        record Word(String value) implements Attribute {}
    }
}
