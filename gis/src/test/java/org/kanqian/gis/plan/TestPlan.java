package org.kanqian.gis.plan;

import java.util.List;
import org.kanqian.rules.fact.FactValue;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.util.AffineTransformation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Draws small plans for tests. Storey F1 is there from the start and is drawn on first. */
final class TestPlan {
    static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode root = JSON.createObjectNode();
    private final AffineTransformation place;
    private String storey = "F1";
    private ObjectNode last = root;

    TestPlan() {
        this(new AffineTransformation());
    }

    /** Everything drawn is put through {@code place} first. */
    TestPlan(AffineTransformation place) {
        this.place = place;
        root.put("format", FloorPlan.FORMAT);
        root.putArray("storeys");
        root.putArray("rooms");
        root.putArray("openings");
        root.putArray("fixtures");
        root.putArray("flows");
        storey("F1", 1);
        last = root;
    }

    TestPlan complete() {
        root.put("complete", true);
        return this;
    }

    TestPlan accuracy(double metres) {
        root.put("accuracy_m", metres);
        return this;
    }

    TestPlan storey(String id, int floor) {
        last = list("storeys").addObject().put("id", id).put("floor", floor);
        storey = id;
        return this;
    }

    TestPlan room(String id, String type, double x0, double y0, double x1, double y1) {
        return polygon(id, type, x0, y0, x1, y0, x1, y1, x0, y1);
    }

    TestPlan polygon(String id, String type, double... xy) {
        last = list("rooms").addObject().put("id", id).put("type", type).put("storey", storey);
        ring(last.putArray("polygon"), xy);
        return this;
    }

    TestPlan hole(double... xy) {
        ArrayNode holes =
                last.has("holes") ? (ArrayNode) last.get("holes") : last.putArray("holes");
        ring(holes.addArray(), xy);
        return this;
    }

    TestPlan height(double metres) {
        last.put("height", metres);
        return this;
    }

    TestPlan name(String name) {
        last.put("name", name);
        return this;
    }

    TestPlan elevation(double metres) {
        last.put("elevation", metres);
        return this;
    }

    TestPlan door(String id, String a, String b, double x0, double y0, double x1, double y1) {
        return opening("door", id, a, b, x0, y0, x1, y1);
    }

    TestPlan hatch(String id, String a, String b, double x0, double y0, double x1, double y1) {
        return opening("pass_through", id, a, b, x0, y0, x1, y1);
    }

    TestPlan window(String id, String a, String b, double x0, double y0, double x1, double y1) {
        return opening("window", id, a, b, x0, y0, x1, y1);
    }

    private TestPlan opening(
            String kind,
            String id,
            String a,
            String b,
            double x0,
            double y0,
            double x1,
            double y1) {
        last = list("openings").addObject().put("id", id).put("kind", kind).put("storey", storey);
        ArrayNode at = last.putArray("at");
        at(at.addArray(), x0, y0);
        at(at.addArray(), x1, y1);
        last.putArray("connects").add(a).add(b);
        return this;
    }

    TestPlan exit(String swing) {
        last.put("exit", true);
        if (!swing.isEmpty()) {
            last.put("swing", swing);
        }
        return this;
    }

    TestPlan fixture(String id, String type, String room, double x, double y) {
        start(id, type, room);
        at(last.putArray("at"), x, y);
        return this;
    }

    TestPlan box(String id, String type, String room, double x0, double y0, double x1, double y1) {
        start(id, type, room);
        ring(last.putArray("polygon"), x0, y0, x1, y0, x1, y1, x0, y1);
        return this;
    }

    private void start(String id, String type, String room) {
        last = list("fixtures").addObject().put("id", id).put("type", type).put("storey", storey);
        if (!room.isEmpty()) {
            last.put("room", room);
        }
    }

    TestPlan flow(String id, String kind, String... stops) {
        last = list("flows").addObject().put("id", id).put("kind", kind);
        ArrayNode array = last.putArray("stops");
        List.of(stops).forEach(array::add);
        return this;
    }

    /** States something of the plan as a whole. */
    TestPlan states(String key, Object value) {
        attributes(root).set(key, JSON.valueToTree(value));
        return this;
    }

    /** States something of what was drawn last. */
    TestPlan with(String key, Object value) {
        attributes(last).set(key, JSON.valueToTree(value));
        return this;
    }

    private static ObjectNode attributes(ObjectNode of) {
        return of.has("attributes")
                ? (ObjectNode) of.get("attributes")
                : of.putObject("attributes");
    }

    private void ring(ArrayNode ring, double... xy) {
        for (int i = 0; i < xy.length; i += 2) {
            at(ring.addArray(), xy[i], xy[i + 1]);
        }
        at(ring.addArray(), xy[0], xy[1]);
    }

    private void at(ArrayNode pair, double x, double y) {
        Coordinate c = place.transform(new Coordinate(x, y), new Coordinate());
        pair.add(c.x).add(c.y);
    }

    private ArrayNode list(String name) {
        return (ArrayNode) root.get(name);
    }

    /** What was drawn last, to spoil it. */
    ObjectNode last() {
        return last;
    }

    ObjectNode json() {
        return root;
    }

    PlanSurvey survey() {
        try {
            return PlanSurveyor.survey(FloorPlan.read((JsonNode) root));
        } catch (PlanException e) {
            throw new AssertionError(e);
        }
    }

    FactValue fact(String name) {
        try {
            return PlanSurveyor.survey(FloorPlan.read((JsonNode) root), List.of(name))
                    .facts()
                    .getOrDefault(
                            name, new FactValue.Missing(FactValue.Reason.NO_PLAN, "not told"));
        } catch (PlanException e) {
            throw new AssertionError(e);
        }
    }

    List<PlanFault> faults() {
        try {
            return FloorPlan.read((JsonNode) root).faults();
        } catch (PlanException e) {
            return e.faults();
        }
    }
}
