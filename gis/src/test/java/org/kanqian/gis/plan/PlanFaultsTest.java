package org.kanqian.gis.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.networknt.schema.InputFormat;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.rules.fact.FactValue;
import org.locationtech.jts.geom.util.AffineTransformation;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.ObjectNode;

/** What the quality gate refuses, and where it says the fault lies. */
class PlanFaultsTest {

    private static TestPlan plan() {
        return new TestPlan()
                .room("a", "cooking", 0, 0, 4, 3)
                .name("热厨")
                .room("b", "dining", 4.2, 0, 9, 3)
                .name("大厅")
                .door("d", "a", "b", 4.1, 1, 4.1, 2)
                .fixture("x", "stove", "a", 1, 1);
    }

    private static ObjectNode item(ObjectNode root, String list, int index) {
        return (ObjectNode) ((ArrayNode) root.get(list)).get(index);
    }

    private static List<PlanFault> refused(String json) {
        PlanException refused =
                catchThrowableOfType(
                        PlanException.class,
                        () -> FloorPlan.read(new ByteArrayInputStream(json.getBytes(UTF_8))));
        assertThat(refused).isNotNull();
        return refused.faults();
    }

    private static Arguments spoilt(String pointer, Consumer<ObjectNode> by) {
        return Arguments.of(pointer, by);
    }

    /** Faults of form, which reader and schema must both see. */
    static Stream<Arguments> malformed() {
        return Stream.of(
                spoilt("/format", p -> p.put("format", "kanqian-plan/2")),
                spoilt("/format", p -> p.remove("format")),
                spoilt("/complete", p -> p.put("complete", "yes")),
                spoilt("/accuracy_m", p -> p.put("accuracy_m", 0)),
                spoilt("/accuracy_m", p -> p.put("accuracy_m", -0.05)),
                spoilt("/zimmer", p -> p.put("zimmer", 1)),
                spoilt("/rooms", p -> p.remove("rooms")),
                spoilt("/rooms", p -> p.putArray("rooms")),
                spoilt("/rooms", p -> p.put("rooms", "none")),
                spoilt("/storeys", p -> p.putObject("storeys")),
                spoilt("/storeys/0/floor", p -> item(p, "storeys", 0).put("floor", 0)),
                spoilt("/storeys/0/floor", p -> item(p, "storeys", 0).put("floor", 1.5)),
                spoilt("/storeys/0/id", p -> item(p, "storeys", 0).remove("id")),
                spoilt("/rooms/0/typ", p -> item(p, "rooms", 0).put("typ", "x")),
                spoilt("/rooms/0/type", p -> item(p, "rooms", 0).put("type", "热厨")),
                spoilt("/rooms/0/type", p -> item(p, "rooms", 0).put("type", 5)),
                spoilt("/rooms/0/id", p -> item(p, "rooms", 0).put("id", " ")),
                spoilt("/rooms/0/id", p -> item(p, "rooms", 0).put("id", "x".repeat(65))),
                spoilt("/rooms/0/height", p -> item(p, "rooms", 0).put("height", -3)),
                spoilt("/rooms/0/height", p -> item(p, "rooms", 0).put("height", "3 m")),
                spoilt("/rooms/0/polygon", p -> item(p, "rooms", 0).remove("polygon")),
                spoilt("/rooms/0/polygon", p -> item(p, "rooms", 0).putArray("polygon")),
                spoilt(
                        "/rooms/0/polygon/0",
                        p -> ((ArrayNode) item(p, "rooms", 0).get("polygon")).set(0, "x")),
                spoilt(
                        "/rooms/0/polygon/1",
                        p ->
                                ((ArrayNode) item(p, "rooms", 0).get("polygon").get(1))
                                        .set(0, DoubleNode.valueOf(1e308))),
                spoilt(
                        "/rooms/0/polygon/1",
                        p ->
                                ((ArrayNode) item(p, "rooms", 0).get("polygon").get(1))
                                        .set(0, DoubleNode.valueOf(10_000.1))),
                spoilt(
                        "/rooms/0/polygon/1",
                        p -> ((ArrayNode) item(p, "rooms", 0).get("polygon").get(1)).add(3.0)),
                spoilt("/rooms/0/holes", p -> item(p, "rooms", 0).put("holes", 1)),
                spoilt("/rooms/0/attributes", p -> item(p, "rooms", 0).putArray("attributes")),
                spoilt(
                        "/rooms/0/attributes/a~1b",
                        p -> item(p, "rooms", 0).putObject("attributes").put("a/b", 1)),
                spoilt(
                        "/rooms/0/attributes/x",
                        p -> item(p, "rooms", 0).putObject("attributes").putObject("x")),
                spoilt("/openings/0/kind", p -> item(p, "openings", 0).put("kind", "gate")),
                spoilt("/openings/0/swing", p -> item(p, "openings", 0).put("swing", "up")),
                spoilt("/openings/0/exit", p -> item(p, "openings", 0).put("exit", 1)),
                spoilt("/openings/0/at", p -> item(p, "openings", 0).putArray("at").add(1)),
                spoilt(
                        "/openings/0/connects",
                        p -> item(p, "openings", 0).putArray("connects").add("a")),
                spoilt(
                        "/openings/0/connects",
                        p -> item(p, "openings", 0).putArray("connects").add("a").add("a")),
                spoilt("/fixtures/0", p -> item(p, "fixtures", 0).remove("at")),
                spoilt(
                        "/fixtures/0",
                        p ->
                                item(p, "fixtures", 0)
                                        .set("polygon", item(p, "rooms", 0).get("polygon"))),
                spoilt(
                        "/fixtures/0/attributes/count",
                        p -> item(p, "fixtures", 0).putObject("attributes").put("count", 1.5)),
                spoilt(
                        "/flows/0/kind",
                        p -> flow(p).put("kind", "gas").putArray("stops").add("a").add("b")),
                spoilt(
                        "/flows/0/stops",
                        p -> flow(p).put("kind", "food").putArray("stops").add("a")),
                spoilt("/anchor/datum", p -> p.putObject("anchor").put("lon", 116).put("lat", 40)),
                spoilt(
                        "/anchor/lat",
                        p ->
                                p.putObject("anchor")
                                        .put("lon", 116)
                                        .put("lat", 116)
                                        .put("datum", "WGS84")));
    }

    private static ObjectNode flow(ObjectNode plan) {
        return ((ArrayNode) plan.get("flows")).addObject().put("id", "f");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void faultsOfFormAreNamedByReaderAndSchema(String pointer, Consumer<ObjectNode> spoil) {
        TestPlan plan = plan();
        spoil.accept(plan.json());

        List<PlanFault> faults = plan.faults();

        assertThat(faults).extracting(PlanFault::pointer).contains(pointer);
        assertThat(faults)
                .allSatisfy(
                        f -> {
                            assertThat(f.zh()).isNotBlank();
                            assertThat(f.en()).isNotBlank();
                        });
        assertThat(SamplePlansTest.schema().validate(plan.json().toString(), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void aSoundPlanHasNoFaultsAndKeepsTheSchema() {
        assertThat(plan().faults()).isEmpty();
        assertThat(SamplePlansTest.schema().validate(plan().json().toString(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void nullIsTheSameAsLeftOut() {
        TestPlan plan = plan();
        plan.json().putNull("anchor").putNull("complete").putNull("accuracy_m");
        item(plan.json(), "rooms", 0).putNull("height").putNull("holes").putNull("attributes");

        assertThat(plan.faults()).isEmpty();
        assertThat(SamplePlansTest.schema().validate(plan.json().toString(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void aMisspeltFieldIsToldWithTheNearestOne() {
        TestPlan plan = plan();
        item(plan.json(), "rooms", 0).put("poligon", 1);

        assertThat(plan.faults().get(0).zh()).isEqualTo("不认识的字段“poligon”，是不是 polygon？");
    }

    @Test
    void anUnclosedRingSaysWhereItStartsAndEnds() {
        TestPlan plan = plan();
        ((ArrayNode) item(plan.json(), "rooms", 0).get("polygon")).remove(4);

        PlanFault fault = plan.faults().get(0);

        assertThat(fault.pointer()).isEqualTo("/rooms/0/polygon");
        assertThat(fault.zh()).contains("热厨", "没有闭合", "(0, 0)", "(0, 3)");
    }

    @Test
    void aSelfCrossingRingSaysWhere() {
        TestPlan plan = plan().polygon("bow", "office", 20, 0, 24, 4, 24, 0, 20, 4);

        PlanFault fault = plan.faults().get(0);

        assertThat(fault.pointer()).isEqualTo("/rooms/2/polygon");
        assertThat(fault.zh()).contains("自相交于 (22, 2)");
        assertThat(fault.en()).contains("crosses itself at (22, 2)");
    }

    @Test
    void aHoleOutsideItsRoomIsRefused() {
        TestPlan plan = plan().room("c", "office", 20, 0, 24, 4).hole(30, 0, 31, 0, 31, 1, 30, 1);

        assertThat(plan.faults().get(0).pointer()).isEqualTo("/rooms/2/polygon");
    }

    @Test
    void overlappingRoomsAreBothNamed() {
        TestPlan plan = plan().room("c", "office", 3, 1, 4, 2).name("办公室");

        PlanFault fault = plan.faults().get(0);

        assertThat(fault.pointer()).isEqualTo("/rooms/2/polygon");
        assertThat(fault.zh()).contains("办公室", "热厨", "重叠 1 平方米");
    }

    @Test
    void aSliverOfOverlapIsADrawersTolerance() {
        assertThat(plan().room("c", "office", 0, 2.99, 4, 5).faults()).isEmpty();
        assertThat(plan().room("c", "office", 0, 2.98, 4, 5).faults()).hasSize(1);
    }

    @Test
    void roomsAboveEachOtherDoNotOverlap() {
        assertThat(plan().storey("F2", 2).room("c", "office", 0, 0, 4, 3).faults()).isEmpty();
    }

    @Test
    void duplicateIdsSayWhereTheFirstOneIs() {
        TestPlan plan = plan().room("a", "office", 20, 0, 24, 4).fixture("d", "bin", "b", 6, 1);

        assertThat(plan.faults())
                .extracting(PlanFault::pointer)
                .containsExactly("/rooms/2/id", "/fixtures/1/id");
        assertThat(plan.faults().get(0).zh()).contains("“a”", "/rooms/0");
    }

    @Test
    void outsideIsNoId() {
        assertThat(plan().room("outside", "office", 20, 0, 24, 4).faults())
                .extracting(PlanFault::pointer)
                .containsExactly("/rooms/2/id");
    }

    @Test
    void referencesToNothingAreRefused() {
        TestPlan plan =
                plan().door("d2", "a", "zz", 0, 1, 0, 2)
                        .fixture("y", "bin", "d", 1, 1)
                        .flow("f", "food", "a", "nowhere");
        item(plan.json(), "rooms", 1).put("storey", "F9");

        assertThat(plan.faults())
                .extracting(PlanFault::pointer)
                .containsExactly(
                        "/rooms/1/storey",
                        "/openings/1/connects/1",
                        "/fixtures/1/room",
                        "/flows/0/stops/1");
    }

    @Test
    void thingsMustLieOnTheStoreyOfTheirRoom() {
        TestPlan plan =
                plan().storey("F2", 2)
                        .door("d2", "a", "outside", 0, 1, 0, 2)
                        .fixture("y", "bin", "a", 1, 1);

        assertThat(plan.faults())
                .extracting(PlanFault::pointer)
                .containsExactly("/openings/1/connects/0", "/fixtures/1/storey");
    }

    @Test
    void aFixtureOutsideItsRoomIsRefused() {
        assertThat(plan().fixture("y", "bin", "a", 4.2, 1).faults()).isEmpty();
        assertThat(plan().fixture("y", "bin", "a", 4.4, 1).faults())
                .extracting(PlanFault::pointer)
                .containsExactly("/fixtures/1");
        assertThat(plan().box("y", "shelf", "a", 3.5, 0, 5.5, 1).faults()).hasSize(1);
    }

    @Test
    void aRoomOfNoSizeIsRefused() {
        assertThat(plan().room("c", "office", 20, 0, 20.3, 0.3).faults().get(0).zh())
                .contains("0.09 平方米");
    }

    @Test
    void anOpeningAwayFromItsWallFailsTheGate() {
        TestPlan plan = plan().door("d2", "b", "outside", 20, 1, 20, 2);

        assertThat(plan.faults()).extracting(PlanFault::pointer).containsExactly("/openings/1/at");
        assertThat(plan.faults().get(0).zh()).contains("大厅");
    }

    @Test
    void aRoomNobodyGetsIntoLacksADoorInACompletePlan() {
        TestPlan plan =
                plan().complete()
                        .door("front", "b", "outside", 6, 0, 7, 0)
                        .room("c", "office", 20, 0, 24, 4)
                        .room("e", "office", 30, 0, 34, 4)
                        .room("g", "office", 34.2, 0, 38, 4)
                        .door("e-g", "e", "g", 34.1, 1, 34.1, 2);

        assertThat(plan.faults())
                .extracting(PlanFault::pointer)
                .containsExactly("/rooms/2", "/rooms/3", "/rooms/4");
        assertThat(plan.faults().get(0).zh()).contains("没有门");
        assertThat(plan.faults().get(1).zh()).contains("从外面走不到");
    }

    @Test
    void aCompletePlanHasAWayIn() {
        assertThat(plan().complete().faults())
                .extracting(PlanFault::pointer)
                .containsExactly("/openings");
        assertThat(plan().faults()).isEmpty();
    }

    @Test
    void aStairIsAWayIn() {
        TestPlan plan =
                plan().complete()
                        .room("stair", "stair", 0, 3.2, 4, 6)
                        .door("up", "b", "stair", 4.1, 2.5, 4.1, 3);

        assertThat(plan.faults()).isEmpty();
    }

    @Test
    void aSliverIsNoRoom() {
        TestPlan plan = plan().room("c", "office", 20, 0, 24, 0.09).name("缝");

        assertThat(plan.faults())
                .extracting(PlanFault::pointer)
                .containsExactly("/rooms/2/polygon");
        assertThat(plan.faults().get(0).zh()).contains("缝", "10 厘米");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1_000, 100})
    void aPlanInMillimetresOrCentimetresIsRefusedAsAWhole(double times) {
        TestPlan plan =
                new TestPlan(AffineTransformation.scaleInstance(times, times))
                        .room("a", "cooking", 0, 0, 4, 3)
                        .door("d", "a", "outside", 0, 1, 0, 1.9);

        assertThat(plan.faults()).extracting(PlanFault::pointer).contains("/openings");
        assertThat(plan.faults().get(0).zh()).contains("毫米");
        assertThat(catchThrowableOfType(PlanException.class, () -> FloorPlan.read(plan.json())))
                .isNotNull();
    }

    @Test
    void twoStoreysOfOneIdAreRefusedAsAWhole() {
        TestPlan plan = plan().storey("F1", 2);

        assertThat(catchThrowableOfType(PlanException.class, () -> FloorPlan.read(plan.json())))
                .isNotNull();
        assertThat(plan.faults()).extracting(PlanFault::pointer).containsExactly("/storeys/1/id");
    }

    @Test
    void aStoreyWithoutRoomsIsWarnedOf() {
        TestPlan plan = plan().complete().door("front", "b", "outside", 6, 0, 7, 0).storey("F2", 2);

        assertThat(plan.survey().warnings())
                .extracting(PlanFault::pointer)
                .containsExactly("/storeys/1");
    }

    @Test
    void measuredFactsCannotBeStated() {
        TestPlan plan =
                plan().states("area.total", 500).states("exits", 9).states("area.gross", 80);

        assertThat(plan.faults())
                .extracting(PlanFault::pointer)
                .containsExactly("/attributes/area.total", "/attributes/exits");
    }

    @Test
    void allFaultsAreToldUpToFifty() {
        TestPlan plan = plan();
        for (int i = 0; i < 80; i++) {
            plan.room("r" + i, "Office", 20 + 5 * i, 0, 24 + 5 * i, 4);
        }

        assertThat(plan.faults()).hasSize(50);
    }

    @Test
    void namesInAnyScriptAreFine() {
        String rtl = "مطبخ 厨房 🍜";

        TestPlan plan = plan().room("🍳", "office", 20, 0, 24, 4).name(rtl);

        assertThat(plan.faults()).isEmpty();
        assertThat(SamplePlansTest.schema().validate(plan.json().toString(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void controlCharactersAreRefusedAndNotRepeated() {
        TestPlan plan = plan().room("c\u0007", "office", 20, 0, 24, 4).name("a\nb");

        assertThat(plan.faults())
                .extracting(PlanFault::pointer)
                .containsExactly("/rooms/2/id", "/rooms/2/name");
        assertThat(plan.faults()).allSatisfy(f -> assertThat(f.zh()).doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "[",
                "[]",
                "null",
                "5",
                "\"kanqian-plan/1\"",
                "{\"format\": NaN}",
                "{\"format\": Infinity}",
                "{\"accuracy_m\": 1e400}",
                "{\"format\": \"kanqian-plan/1\", \"format\": \"kanqian-plan/1\"}",
                "{} {}",
                "{'format': 1}",
                "<plan/>"
            })
    void whatIsNoPlanIsRefusedClearly(String json) {
        assertThat(refused(json)).isNotEmpty();
    }

    @Test
    void notJsonSaysLineAndColumn() {
        assertThat(refused("{\n  \"format\": NaN}").get(0).zh()).contains("第 2 行");
    }

    @Test
    void numbersThatAreNoneAreRefusedInParsedTreesToo() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e308}) {
            TestPlan plan = plan();
            ((ArrayNode) item(plan.json(), "rooms", 0).get("polygon").get(2))
                    .set(1, DoubleNode.valueOf(bad));
            item(plan.json(), "rooms", 1).put("height", bad);

            assertThat(plan.faults())
                    .extracting(PlanFault::pointer)
                    .containsExactly("/rooms/0/polygon/2", "/rooms/1/height");
        }
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"rooms\":" + "[".repeat(40) + "]".repeat(40) + "}";

        assertThat(refused(deep).get(0).zh()).contains("32 层");
        assertThat(refused("[".repeat(1_000_000))).hasSize(1);
    }

    @Test
    void hugeExponentsAreRefusedWithoutBeingWrittenOut() {
        String json =
                plan().json().toString().replace("\"at\":[1.0,1.0]", "\"at\":[1e999999999,1]");

        assertThat(refused(json)).extracting(PlanFault::pointer).containsExactly("/fixtures/0/at");
    }

    @Test
    void moreThanEightMegabytesAreRefused() {
        String json = "{\"format\": \"" + "x".repeat(8 * 1024 * 1024) + "\"}";

        assertThat(refused(json).get(0).zh()).isEqualTo("平面图超过 8 MB。");
    }

    @Test
    void tenThousandRoomsAreRefusedAtOnce() {
        TestPlan plan = new TestPlan();
        for (int i = 0; i < 10_000; i++) {
            plan.room(
                    "r" + i,
                    "office",
                    2 * (i % 100),
                    2 * (i / 100),
                    2 * (i % 100) + 1,
                    2 * (i / 100) + 1);
        }

        assertThat(plan.faults())
                .extracting(PlanFault::pointer, PlanFault::zh)
                .containsExactly(tuple("/rooms", "不得超过 5000 个。"));
    }

    @Test
    void tooManyVerticesAreRefused() {
        double[] xy = new double[2 * 2_001];
        for (int i = 0; i < 2_001; i++) {
            xy[2 * i] = 100 + 50 * Math.cos(2 * Math.PI * i / 2_001);
            xy[2 * i + 1] = 50 * Math.sin(2 * Math.PI * i / 2_001);
        }

        assertThat(plan().polygon("c", "office", xy).faults())
                .extracting(PlanFault::pointer)
                .containsExactly("/rooms/2/polygon");
    }

    @Test
    void fiveThousandRoomsAndTwentyThousandFixturesAreMeasured() throws Exception {
        TestPlan plan = new TestPlan().complete();
        for (int i = 0; i < 5_000; i++) {
            double x = 4.2 * (i % 100);
            double y = 3.2 * (i / 100);
            plan.room("r" + i, "room_" + i % 30, x, y, x + 4, y + 3);
            for (int f = 0; f < 4; f++) {
                plan.fixture("f" + i + "-" + f, "seat", "r" + i, x + 0.5 + f, y + 1);
            }
            if (i % 100 > 0) {
                plan.door("d" + i, "r" + (i - 1), "r" + i, x - 0.1, y + 1, x - 0.1, y + 2);
            }
        }
        plan.flow("f", "food", "r0", "r99").flow("d", "dish_return", "r4900", "r4999");

        PlanSurvey survey = plan.survey();

        assertThat(plan.fact("plan.count.seat"))
                .isInstanceOfSatisfying(
                        FactValue.Number.class,
                        n -> assertThat(n.value()).isEqualByComparingTo("20000"));
        assertThat(survey.facts()).containsKey("plan.adjacent.room_0.room_1");
    }

    @Test
    void twentyThousandExitsAreMeasured() {
        TestPlan plan = new TestPlan().complete().room("a", "hall", 0, 0, 9_000, 9);
        for (int i = 0; i < 20_000; i++) {
            plan.door("e" + i, "a", "outside", 0.4 * i, 0, 0.4 * i + 0.3, 0).exit("outward");
        }

        FactValue gap = plan.fact("plan.distance.exit_to_exit");

        assertThat(((FactValue.Number) gap).value()).isEqualByComparingTo("0.1");
    }

    @Test
    void flowsStopAtMostThreeHundredTimes() {
        TestPlan plan = plan();
        String[] stops = new String[100];
        Arrays.setAll(stops, i -> i % 2 == 0 ? "a" : "b");
        for (int i = 0; i < 4; i++) {
            plan.flow("f" + i, "food", stops);
        }

        assertThat(plan.faults()).extracting(PlanFault::pointer).containsExactly("/flows");
    }

    @Test
    void roomsStackedOnEachOtherStopAtFiftyFaults() {
        TestPlan plan = new TestPlan();
        for (int i = 0; i < 2_000; i++) {
            plan.room("r" + i, "office", 0, 0, 5, 5);
        }

        assertThat(plan.faults()).hasSize(50);
    }

    @Test
    void entangledRoomsThatDoNotOverlapAreRead() {
        TestPlan plan = new TestPlan();
        for (int i = 0; i < 800; i++) {
            double r = 10 + i;
            plan.room("r" + i, "office", -r, -r, r, r);
            double h = r - 0.5;
            plan.hole(-h, -h, -h, h, h, h, h, -h);
        }
        plan.door("d", "r0", "outside", 10, 0, 10, 1);

        assertThat(plan.faults()).isEmpty();
        assertThat(plan.survey().facts()).isNotEmpty();
    }
}
