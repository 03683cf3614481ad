package org.kanqian.api.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.verdict.Status;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan with something wrong in it is never judged better than the same plan without: every room,
 * opening and flow and one fixture of every type in every sample plan is spoilt in every way the
 * quality gate knows.
 */
class FaultyPlanTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path REQUESTS = Path.of("../samples/requests");

    @TempDir static Path data;
    private static PreCheckService service;

    @BeforeAll
    static void compile() {
        service =
                new PreCheckService(
                        RuleBook.compile(StandardsPack.load(PackSource.classPath())),
                        new SiteSurveyor(LayerSet.empty()),
                        Signer.in(data),
                        Clock.systemUTC());
    }

    /** A way to spoil one thing, told in the name of the list it is in. */
    private record Spoil(String list, String name, Consumer<ObjectNode> by) {}

    private static final List<Spoil> SPOILS =
            List.of(
                    new Spoil("rooms", "unclosed", r -> ((ArrayNode) r.get("polygon")).remove(0)),
                    new Spoil("rooms", "crossing itself", FaultyPlanTest::cross),
                    new Spoil("rooms", "of no size", r -> ring(r, 0, 0, 0.2, 0.2)),
                    new Spoil("rooms", "a sliver", r -> ring(r, -90, -90, -80, -89.95)),
                    new Spoil("rooms", "over all others", r -> ring(r, -9, -9, 99, 99)),
                    new Spoil("rooms", "far away", FaultyPlanTest::farAway),
                    new Spoil("rooms", "on no storey", r -> r.put("storey", "F99")),
                    new Spoil("rooms", "of an id used twice", r -> r.put("id", "twice")),
                    new Spoil("openings", "to nowhere", o -> side(o, 0)),
                    new Spoil("openings", "from nowhere", o -> side(o, 1)),
                    new Spoil("openings", "on no storey", o -> o.put("storey", "F99")),
                    new Spoil("openings", "off the wall", FaultyPlanTest::offTheWall),
                    new Spoil("openings", "of no width", FaultyPlanTest::narrow),
                    new Spoil("openings", "of an id used twice", o -> o.put("id", "twice")),
                    new Spoil("fixtures", "in no room", f -> f.put("room", "nowhere")),
                    new Spoil("fixtures", "on no storey", f -> f.put("storey", "F99")),
                    new Spoil("fixtures", "outside its room", FaultyPlanTest::outside),
                    new Spoil("fixtures", "of an id used twice", f -> f.put("id", "twice")),
                    new Spoil(
                            "flows",
                            "through nowhere",
                            f -> ((ArrayNode) f.get("stops")).insert(1, "nowhere")));

    private static void cross(ObjectNode room) {
        ArrayNode ring = (ArrayNode) room.get("polygon");
        JsonNode second = ring.get(1);
        ring.set(1, ring.get(2));
        ring.set(2, second);
    }

    private static void farAway(ObjectNode room) {
        List<JsonNode> rings = new ArrayList<>(List.of(room.get("polygon")));
        room.path("holes").forEach(rings::add);
        for (JsonNode ring : rings) {
            for (JsonNode point : ring) {
                ((ArrayNode) point).set(0, point.path(0).asDouble() + 200);
            }
        }
    }

    private static void ring(ObjectNode of, double x0, double y0, double x1, double y1) {
        of.remove("holes");
        ArrayNode ring = of.putArray("polygon");
        for (double[] c : new double[][] {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}) {
            ring.addArray().add(c[0]).add(c[1]);
        }
    }

    private static void side(ObjectNode opening, int index) {
        ((ArrayNode) opening.get("connects")).set(index, "nowhere");
    }

    private static void offTheWall(ObjectNode opening) {
        at(opening, 70, 70, 70.9, 70);
    }

    private static void narrow(ObjectNode opening) {
        JsonNode from = opening.path("at").path(0);
        double x = from.path(0).asDouble();
        double y = from.path(1).asDouble();
        at(opening, x, y, x + 0.01, y);
    }

    private static void at(ObjectNode opening, double x0, double y0, double x1, double y1) {
        ArrayNode at = opening.putArray("at");
        at.addArray().add(x0).add(y0);
        at.addArray().add(x1).add(y1);
    }

    private static void outside(ObjectNode fixture) {
        fixture.remove("polygon");
        fixture.putArray("at").add(80).add(80);
    }

    static List<String> requests() throws IOException {
        try (Stream<Path> files = Files.list(REQUESTS)) {
            return List.copyOf(
                    files.filter(f -> f.toString().endsWith(".json"))
                            .filter(f -> request(f).path("plan").isObject())
                            .map(f -> f.getFileName().toString())
                            .sorted()
                            .toList());
        }
    }

    private static ObjectNode request(Path file) {
        ObjectNode request = (ObjectNode) JSON.readTree(file.toFile());
        request.remove("site");
        return request;
    }

    private static Map<String, Status> judged(ObjectNode request) {
        Map<String, Status> statuses = new HashMap<>();
        PreCheckAnswer answer = service.check(request);
        for (PreCheckAnswer.Item item : answer.items()) {
            item.findings().forEach(f -> statuses.put(item.item() + "/" + f.point(), f.status()));
        }
        return statuses;
    }

    /** What does not apply may be found met: where it does apply it is. */
    private static boolean good(@Nullable Status status) {
        return status == Status.MET || status == Status.NOT_APPLICABLE;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aThingThatFailsTheGateNeverMakesAFindingMet(String name) throws IOException {
        ObjectNode sound = request(REQUESTS.resolve(name));
        Map<String, Status> before = judged(sound);

        List<String> better = new ArrayList<>();
        int spoilt = 0;
        for (Spoil spoil : SPOILS) {
            Set<String> types = new HashSet<>();
            for (int i = 0; i < sound.at("/plan/" + spoil.list()).size(); i++) {
                String type = sound.at("/plan/fixtures/" + i + "/type").asString("");
                if (spoil.list().equals("fixtures") && !types.add(type)) {
                    continue;
                }
                ObjectNode request = sound.deepCopy();
                ObjectNode plan = (ObjectNode) request.get("plan");
                ObjectNode thing = (ObjectNode) plan.get(spoil.list()).get(i);
                spoil.by().accept(thing);
                if (thing.path("id").asString("").equals("twice")) {
                    ObjectNode twin = thing.deepCopy();
                    ((ArrayNode) plan.get(spoil.list())).add(twin);
                }
                String what = spoil.list() + "/" + i + " " + spoil.name();
                spoilt++;
                judged(request)
                        .forEach(
                                (point, status) -> {
                                    Status was = before.get(point);
                                    if (status == Status.MET && !good(was)) {
                                        better.add(what + ": " + point + " was " + was);
                                    }
                                    if (was == Status.VIOLATED && status == Status.NOT_APPLICABLE) {
                                        better.add(what + ": " + point + " no longer applies");
                                    }
                                });
            }
        }

        assertThat(spoilt).isGreaterThan(20);
        assertThat(better).isEmpty();
    }

    @Test
    void whatFailsTheGateIsNotedAndLeavesOnlyItsOwnFindingsOpen() throws IOException {
        ObjectNode request = request(REQUESTS.resolve("12-pharmacy-ok.json"));
        Map<String, Status> before = judged(request);
        ((ArrayNode) request.at("/plan/rooms/0/polygon")).remove(0);

        PreCheckAnswer answer = service.check(request);

        assertThat(answer.notes().get(0).zh()).contains("/rooms/0/polygon", "没有闭合");
        List<PreCheckAnswer.Found> findings = answer.items().get(0).findings();
        assertThat(findings)
                .filteredOn(f -> f.status() == Status.UNKNOWN)
                .anySatisfy(
                        f ->
                                assertThat(f.because())
                                        .anySatisfy(
                                                b ->
                                                        assertThat(b.toString())
                                                                .contains("PLAN_DEFECT", "没有闭合")));
        assertThat(findings)
                .filteredOn(f -> f.status() == before.get("pharmacy-retail/" + f.point()))
                .hasSizeGreaterThan(findings.size() / 2);
    }

    @Test
    void anAnswerDoesNotStandInForAPartOfThePlanThatIsWrong() throws IOException {
        ObjectNode request = request(REQUESTS.resolve("12-pharmacy-ok.json"));
        ((ArrayNode) request.at("/plan/rooms/0/polygon")).remove(0);
        ((ObjectNode) request.get("answers")).put("plan.area.sales", 500);

        PreCheckAnswer answer = service.check(request);

        assertThat(answer.notes()).anySatisfy(n -> assertThat(n.zh()).contains("没有采用您的回答"));
    }

    @Test
    void aPlanInMillimetresIsRefused() throws IOException {
        ObjectNode request = request(REQUESTS.resolve("12-pharmacy-ok.json"));
        ((ObjectNode) request.at("/plan")).putArray("openings");
        ring((ObjectNode) request.at("/plan/rooms/0"), 0, 0, 8_000, 6_000);

        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> service.check(request));

        assertThat(refused.problem().faults())
                .anySatisfy(f -> assertThat(f.toString()).contains("毫米"));
    }
}
