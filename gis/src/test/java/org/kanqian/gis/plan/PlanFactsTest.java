package org.kanqian.gis.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Choice;
import org.kanqian.rules.fact.FactValue.Flag;
import org.kanqian.rules.fact.FactValue.Missing;
import org.kanqian.rules.fact.FactValue.Number;
import org.kanqian.rules.fact.Provenance;

/** Every fact against a value worked out by hand. */
class PlanFactsTest {

    /** Kitchen 4 × 3, dining 6 × 5 and a toilet 2 × 1.5, walls 0.2 m thick, all drawn. */
    static TestPlan bistro() {
        return new TestPlan()
                .complete()
                .accuracy(0.02)
                .room("kitchen", "cooking", 0, 0, 4, 3)
                .height(2.8)
                .room("dining", "dining", 4.2, 0, 10.2, 5)
                .height(3.5)
                .room("wc", "toilet", 10.4, 0, 12.4, 1.5)
                .height(2.4)
                .door("front", "dining", "outside", 6, 0, 7.2, 0)
                .exit("outward")
                .door("serve", "kitchen", "dining", 4.1, 1, 4.1, 2)
                .door("to-wc", "dining", "wc", 10.3, 0.3, 10.3, 1.1)
                .fixture("basin", "handwash_sink", "kitchen", 0.3, 2.7)
                .fixture("wc-basin", "handwash_sink", "wc", 12, 1.2)
                .fixture("bowl", "toilet", "wc", 12, 0.4)
                .box("stove", "stove", "kitchen", 1, 0, 3, 0.8);
    }

    private static void number(FactValue value, double expected, double error) {
        assertThat(value).isInstanceOf(Number.class);
        assertThat(((Number) value).value().doubleValue()).isEqualTo(expected);
        assertThat(((Number) value).error().doubleValue()).isEqualTo(error);
    }

    private static void count(FactValue value, long expected) {
        number(value, expected, 0);
    }

    private static void yes(FactValue value) {
        assertThat(value).isInstanceOfSatisfying(Flag.class, f -> assertThat(f.value()).isTrue());
    }

    private static void no(FactValue value) {
        assertThat(value).isInstanceOfSatisfying(Flag.class, f -> assertThat(f.value()).isFalse());
    }

    private static Missing unknown(FactValue value) {
        assertThat(value).isInstanceOf(Missing.class);
        return (Missing) value;
    }

    private static List<String> elements(FactValue value) {
        return ((Provenance.Plan) value.known().orElseThrow().from()).elements();
    }

    @Test
    void areasAreNetSumsWithPerimeterTimesAccuracyAsError() {
        TestPlan plan = bistro();

        number(plan.fact("plan.area.cooking"), 12, 0.28);
        number(plan.fact("plan.area.dining"), 30, 0.44);
        number(plan.fact("plan.area.food_processing"), 12, 0.28);
        number(plan.fact("plan.area.total"), 45, 0.86);
        assertThat(((Number) plan.fact("plan.area.total")).unit()).isEqualTo("m2");
        assertThat(elements(plan.fact("plan.area.total")))
                .containsExactly("kitchen", "dining", "wc");
    }

    @Test
    void accuracyIsFiveCentimetresUnlessDeclared() {
        TestPlan plan = new TestPlan().room("a", "shop", 0, 0, 4, 5);

        number(plan.fact("plan.room.shop.max_area"), 20, 0.9);
    }

    @Test
    void holesDoNotCountAndLShapesCountAsDrawn() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .polygon("l", "hall", 0, 0, 6, 0, 6, 2, 2, 2, 2, 5, 0, 5)
                        .room("ring", "dining", 10, 0, 16, 6)
                        .hole(12, 2, 12, 4, 14, 4, 14, 2);

        number(plan.fact("plan.area.hall"), 18, 1.1);
        number(plan.fact("plan.area.dining"), 32, 1.6);
    }

    @Test
    void severalStoreysAddUpButAreNotNextToEachOther() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .room("d1", "dining", 0, 0, 5, 4)
                        .storey("F2", 2)
                        .room("d2", "dining", 0, 0, 10, 4)
                        .room("c2", "cooking", 0, 4.2, 5, 8);

        number(plan.fact("plan.area.dining"), 60, 2.3);
        count(plan.fact("plan.floors.served"), 2);
        yes(plan.fact("plan.adjacent.cooking.dining"));
        assertThat(elements(plan.fact("plan.adjacent.cooking.dining"))).containsExactly("c2", "d2");
        assertThat(unknown(plan.fact("plan.area.floor_max")).low())
                .isEqualByComparingTo(new BigDecimal("56.72"));
    }

    @Test
    void whatACompletePlanDoesNotDrawIsNotThere() {
        TestPlan plan = bistro();

        count(plan.fact("plan.area.dish_washing"), 0);
        count(plan.fact("plan.count.computer"), 0);
        no(plan.fact("plan.has.special_room"));
        no(plan.fact("plan.adjacent.living.production"));
    }

    private static void defective(FactValue value, String fault) {
        assertThat(value)
                .isInstanceOfSatisfying(
                        Missing.class,
                        m -> {
                            assertThat(m.why()).isEqualTo(FactValue.Reason.PLAN_DEFECT);
                            assertThat(m.detail()).contains(fault);
                            assertThat(m.low()).isNull();
                            assertThat(m.high()).isNull();
                        });
    }

    @Test
    void nothingIsJudgedOnARoomThatFailsTheGate() {
        TestPlan plan = bistro().polygon("bow", "office", 20, 0, 24, 4, 24, 0, 20, 4).name("账房");

        for (String fact :
                List.of("has.office", "area.office", "count.office", "room.office.area")) {
            defective(plan.fact("plan." + fact), "“账房”的轮廓自相交");
        }
        defective(plan.fact("plan.area.total"), "账房");
        defective(plan.fact("plan.height.min"), "账房");
        defective(plan.fact("plan.adjacent.cooking.office"), "账房");
        defective(plan.fact("plan.flow.crosses"), "账房");
        yes(plan.fact("plan.has.toilet"));
        yes(plan.fact("plan.adjacent.cooking.dining"));
        number(plan.fact("plan.area.cooking"), 12, 0.28);
    }

    @Test
    void whatIsStatedDoesNotStandInForWhatFailsTheGate() {
        TestPlan plan = bistro().states("room.office.fireproof", true);
        yes(plan.fact("plan.room.office.fireproof"));

        plan.polygon("bow", "office", 20, 0, 24, 4, 24, 0, 20, 4);

        defective(plan.fact("plan.room.office.fireproof"), "自相交");
    }

    @Test
    void twoRoomsThatOverlapAreBothOut() {
        TestPlan plan = bistro().room("o", "office", 3, 1, 4, 2);

        defective(plan.fact("plan.area.office"), "重叠");
        defective(plan.fact("plan.area.cooking"), "重叠");
        yes(plan.fact("plan.has.toilet"));
    }

    @Test
    void ofTwoThingsOfOneIdNeitherIsJudgedOn() {
        TestPlan plan =
                bistro().room("kitchen", "office", 20, 0, 24, 4)
                        .door("o", "kitchen", "outside", 20, 1, 20, 2);

        defective(plan.fact("plan.has.office"), "“kitchen”重复");
        defective(plan.fact("plan.has.cooking"), "“kitchen”重复");
        defective(plan.fact("plan.opening.cooking.dining"), "“kitchen”重复");
        defective(plan.fact("plan.room.dining.has_partition"), "“kitchen”重复");
        yes(plan.fact("plan.has.toilet"));
    }

    @Test
    void aDoorThatLeadsNowhereLeavesTheDoorsBesideItUnknown() {
        TestPlan plan = bistro().door("x", "kitchen", "zz", 0, 1, 0, 2);

        defective(plan.fact("plan.room.cooking.doors"), "“zz”");
        defective(plan.fact("plan.exits"), "“zz”");
        defective(plan.fact("plan.opening.cooking.dining"), "“zz”");
        number(plan.fact("plan.area.cooking"), 12, 0.28);
        count(plan.fact("plan.room.toilet.doors"), 1);
    }

    @Test
    void aFixtureOutsideItsRoomIsNotCounted() {
        TestPlan plan = bistro().fixture("far", "handwash_sink", "dining", 90, 90);

        defective(plan.fact("plan.count.handwash_sink"), "外面");
        defective(plan.fact("plan.room.cooking.has_handwash_sink"), "外面");
        defective(plan.fact("plan.distance.stove.handwash_sink"), "外面");
        yes(plan.fact("plan.has.stove"));
    }

    @Test
    void aRoomWithoutADoorLeavesItsNeighboursDoorsUnknown() {
        TestPlan plan = bistro().room("o", "office", 0, 3.2, 4, 5).name("账房");

        defective(plan.fact("plan.opening.office.cooking"), "“账房”没有门");
        defective(plan.fact("plan.room.cooking.doors"), "“账房”没有门");
        number(plan.fact("plan.area.office"), 7.2, 0.232);
        yes(plan.fact("plan.adjacent.cooking.office"));
    }

    @Test
    void whatAnIncompletePlanDoesNotDrawIsUnknown() {
        TestPlan plan = new TestPlan().room("a", "dining", 0, 0, 4, 5);

        assertThat(unknown(plan.fact("plan.area.dish_washing")).why())
                .isEqualTo(FactValue.Reason.NOT_DRAWN);
        unknown(plan.fact("plan.count.computer"));
        unknown(plan.fact("plan.has.special_room"));
        unknown(plan.fact("plan.exits"));
        unknown(plan.fact("plan.inside.toilet.food_processing"));
        unknown(plan.fact("plan.windows_barred"));
    }

    @Test
    void totalsOfAnIncompletePlanAreOnlyAtLeastWhatIsDrawn() {
        TestPlan plan = new TestPlan().room("a", "cooking", 0, 0, 4, 5);

        assertThat(unknown(plan.fact("plan.area.total")).low()).isEqualByComparingTo("19.1");
        assertThat(unknown(plan.fact("plan.area.food_processing")).low())
                .isEqualByComparingTo("19.1");
        number(plan.fact("plan.area.cooking"), 20, 0.9);
    }

    @Test
    void grossAreaIsAtLeastTheNetAreaUnlessThePlanStatesIt() {
        assertThat(unknown(bistro().fact("plan.area.gross")).low()).isEqualByComparingTo("44.14");
        number(bistro().states("area.gross", 58.5).fact("plan.area.gross"), 58.5, 0);
    }

    @Test
    void sharedStairsAndOpenAirAreNoFloorOfThePremises() {
        TestPlan plan =
                bistro().room("stair", "stair", 20, 0, 23, 6)
                        .with("shared", true)
                        .room("yard", "terrace", 30, 0, 40, 10);

        number(plan.fact("plan.area.total"), 45, 0.86);
    }

    @Test
    void countsTakeFixturesBeforeRoomsAndEachAsManyAsItStates() {
        TestPlan plan =
                bistro().box("row1", "computer", "dining", 5, 1, 9, 1.6)
                        .with("count", 8)
                        .fixture("pc", "computer", "dining", 9.5, 4)
                        .room("k1", "private_room", 0, 10, 3, 13)
                        .room("k2", "private_room", 3.2, 10, 6, 13);

        count(plan.fact("plan.count.computer"), 9);
        count(plan.fact("plan.count.private_room"), 2);
        count(plan.fact("plan.count.toilet"), 1);
        assertThat(((Number) plan.fact("plan.count.computer")).unit()).isEqualTo("台");
    }

    @Test
    void onlyHandwashSinksOfTheFoodProcessingAreaCount() {
        count(bistro().fact("plan.count.handwash_sinks"), 1);
        count(bistro().fact("plan.count.handwash_sink"), 2);
    }

    @Test
    void presenceIsOfRoomsFixturesAndGroups() {
        TestPlan plan = bistro().room("cold", "cold", 0, 6, 2, 8);

        yes(plan.fact("plan.has.special_room"));
        yes(plan.fact("plan.has.cooking_room"));
        yes(plan.fact("plan.has.stove"));
    }

    @Test
    void theLowestRoomDecidesTheHeight() {
        number(bistro().fact("plan.height.min"), 2.4, 0);
        number(bistro().fact("plan.ceiling.height"), 2.8, 0);
        number(bistro().fact("plan.room.kitchen.net_height"), 2.8, 0);
        assertThat(elements(bistro().fact("plan.height.min"))).containsExactly("wc");
    }

    @Test
    void aRoomWithoutHeightLeavesOnlyAnUpperBound() {
        Missing height =
                unknown(bistro().room("x", "office", 20, 0, 23, 3).fact("plan.height.min"));

        assertThat(height.high()).isEqualByComparingTo("2.4");
        assertThat(height.low()).isNull();
    }

    @Test
    void largestAndSmallestRoomOfATypeAreTold() {
        TestPlan plan =
                bistro().room("k1", "private_room", 0, 10, 3, 13)
                        .room("k2", "private_room", 3.2, 10, 8.2, 13);

        number(plan.fact("plan.room.private_room.min_area"), 9, 0.24);
        number(plan.fact("plan.room.private_room.area"), 9, 0.24);
        number(plan.fact("plan.room.private_room.max_area"), 15, 0.32);
    }

    @Test
    void theGrossAreaOfTheLargestRoomSpansNoneToAllOfItsWalls() {
        // 30 net, 22 m around: up to 22 × 0.12 = 2.64 of wall, so 31.32 ± (1.32 + 0.44)
        number(bistro().fact("plan.room.room_max_area"), 31.32, 1.76);
        count(bistro().fact("plan.room.room_max_doors"), 3);
    }

    @Test
    void roomsFacingAcrossAWallAreAdjacent() {
        TestPlan plan = bistro();

        yes(plan.fact("plan.adjacent.cooking.dining"));
        yes(plan.fact("plan.adjacent.dining.cooking"));
        no(plan.fact("plan.adjacent.cooking.toilet"));
    }

    @Test
    void wallsMustBeWithinHalfAMetreAndFaceEachOtherForThirtyCentimetres() {
        TestPlan near =
                new TestPlan().room("a", "lab", 0, 0, 3, 3).room("b", "office", 3.5, 0, 5, 3);
        TestPlan far =
                new TestPlan().room("a", "lab", 0, 0, 3, 3).room("b", "office", 3.51, 0, 5, 3);
        TestPlan much =
                new TestPlan().room("a", "lab", 0, 0, 3, 3).room("b", "office", 3.2, 2.7, 5, 6);
        TestPlan little =
                new TestPlan().room("a", "lab", 0, 0, 3, 3).room("b", "office", 3.2, 2.71, 5, 6);

        yes(near.fact("plan.adjacent.lab.office"));
        no(far.fact("plan.adjacent.lab.office"));
        yes(much.fact("plan.adjacent.lab.office"));
        no(little.fact("plan.adjacent.lab.office"));
    }

    @Test
    void openingsJoinTypesBothWaysAndTheOutside() {
        TestPlan plan = bistro().hatch("h", "kitchen", "outside", 1, 3, 2, 3);

        yes(plan.fact("plan.opening.cooking.dining"));
        yes(plan.fact("plan.opening.dining.cooking"));
        no(plan.fact("plan.opening.cooking.toilet"));
        yes(plan.fact("plan.opening.cooking.outside"));
        no(plan.fact("plan.opening.toilet.outside"));
    }

    @Test
    void aWindowIsNoWayThrough() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .room("a", "shop", 0, 0, 3, 3)
                        .room("b", "dwelling", 3.2, 0, 6, 3)
                        .door("front", "a", "outside", 1, 0, 2, 0)
                        .door("back", "b", "outside", 4, 0, 5, 0)
                        .window("w", "a", "b", 3.1, 1, 3.1, 2);

        no(plan.fact("plan.opening.shop.dwelling"));
        no(plan.fact("plan.adjacent.dwelling.shop_door"));
    }

    @Test
    void aDoorFromAHomeIntoThePremisesConnectsThem() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .room("a", "shop", 0, 0, 3, 3)
                        .room("b", "dwelling", 3.2, 0, 6, 3)
                        .door("front", "a", "outside", 1, 0, 2, 0)
                        .door("d", "a", "b", 3.1, 1, 3.1, 2);

        yes(plan.fact("plan.adjacent.dwelling.shop_door"));
        yes(plan.fact("plan.adjacent.living.production"));
        yes(plan.fact("plan.mixed_with_living"));
    }

    @Test
    void distancesAreTheShortestStraightOnes() {
        TestPlan plan =
                bistro().fixture("bin", "waste_bin", "kitchen", 0.3, 0.7)
                        .fixture("bin2", "waste_bin", "dining", 10, 4);

        // (0.3, 2.7) to (0.3, 0.7); the stove's near edge is 0.7 to the right of the bin
        number(plan.fact("plan.distance.handwash_sink.waste_bin"), 2, 0.04);
        number(plan.fact("plan.distance.waste_bin.stove"), 0.7, 0.04);
        number(plan.fact("plan.distance.cooking.dining"), 0.2, 0.04);
        // the bowl, not the room that is called the same
        number(plan.fact("plan.distance.cooking.toilet"), 8, 0.04);
        number(plan.fact("plan.distance.stove.cooking"), 0, 0.04);
        unknown(plan.fact("plan.distance.stove.camera"));
    }

    @Test
    void exitsAreMarkedDoorsToTheOutsideOrToAStair() {
        TestPlan plan =
                bistro().room("stair", "stair", 4.2, 5.2, 7, 9)
                        .door("e2", "dining", "stair", 5, 5.1, 6, 5.1)
                        .exit("inward")
                        .door("inner", "kitchen", "dining", 4.1, 2.1, 4.1, 2.9)
                        .exit("sliding")
                        .door("plain", "dining", "outside", 8, 0, 9, 0);

        count(plan.fact("plan.exits"), 2);
        assertThat(plan.fact("plan.exit.door_swing"))
                .isInstanceOfSatisfying(
                        Choice.class, c -> assertThat(c.value()).isEqualTo("inward"));
        number(plan.fact("plan.exit.width"), 1, 0.04);
        assertThat(plan.survey().warnings())
                .extracting(PlanFault::pointer)
                .contains("/openings/4/exit");
    }

    @Test
    void theWorstSwingIsKnownOnlyIfNoneCouldBeWorse() {
        TestPlan open = bistro().door("e2", "dining", "outside", 8, 0, 9, 0).exit("");
        TestPlan worst = open;

        unknown(open.fact("plan.exit.door_swing"));
        worst.door("e3", "dining", "outside", 9, 5, 10, 5).exit("sliding");
        assertThat(((Choice) worst.fact("plan.exit.door_swing")).value()).isEqualTo("sliding");
    }

    @Test
    void theClearWidthOfAnExitMayBeStated() {
        TestPlan plan = bistro();
        plan.door("e2", "dining", "outside", 8, 0, 9.2, 0)
                .exit("outward")
                .with("clear_width", 1.05);

        number(plan.fact("plan.exit.width"), 1.05, 0);
        number(plan.fact("plan.distance.exit_to_exit"), 0.8, 0.04);
    }

    @Test
    void sharedExitsAreNotIndependent() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .room("a", "hall", 0, 0, 9, 9)
                        .door("e1", "a", "outside", 1, 0, 2, 0)
                        .exit("outward")
                        .with("shared", false)
                        .with("shared_with_residential", false)
                        .door("e2", "a", "outside", 4, 0, 5, 0)
                        .exit("outward")
                        .with("shared", true)
                        .with("shared_with_residential", true);

        count(plan.fact("plan.exit.independent_count"), 1);
        yes(plan.fact("plan.exits_shared_with_residential"));
    }

    @Test
    void aToiletThatOpensToFoodProcessingIsInsideIt() {
        no(bistro().fact("plan.inside.toilet.food_processing"));
        yes(
                bistro().room("wc2", "toilet", 0, 3.2, 2, 5)
                        .door("d", "wc2", "kitchen", 0.5, 3.1, 1.3, 3.1)
                        .fact("plan.inside.toilet.food_processing"));
    }

    @Test
    void aToiletEnclosedByOrStandingInAKitchenIsInsideIt() {
        TestPlan enclosed =
                new TestPlan()
                        .complete()
                        .room("k", "kitchen", 0, 0, 9, 9)
                        .hole(3, 3, 3, 6, 6, 6, 6, 3)
                        .door("front", "k", "outside", 1, 0, 2, 0)
                        .room("wc", "toilet", 3.2, 3.2, 5.8, 5.8)
                        .door("d", "k", "wc", 4, 3.1, 5, 3.1);
        TestPlan standing =
                new TestPlan()
                        .complete()
                        .room("k", "kitchen", 0, 0, 9, 9)
                        .door("front", "k", "outside", 1, 0, 2, 0)
                        .fixture("bowl", "toilet", "k", 1, 1);

        yes(enclosed.fact("plan.inside.toilet.food_processing"));
        yes(standing.fact("plan.inside.toilet.food_processing"));
    }

    @Test
    void aKitchenWithAWindowOutwardsHasAnExteriorWall() {
        TestPlan plan = bistro();

        unknown(plan.fact("plan.adjacent.cooking_room.exterior_wall"));
        yes(
                plan.window("w", "kitchen", "outside", 1, 3, 2, 3)
                        .fact("plan.adjacent.cooking_room.exterior_wall"));
    }

    @Test
    void aKitchenWithRoomsAllRoundHasNoExteriorWall() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .room("k", "kitchen", 3, 3, 6, 6)
                        .room("ring", "dining", 0, 0, 9, 9)
                        .hole(2.8, 2.8, 2.8, 6.2, 6.2, 6.2, 6.2, 2.8)
                        .door("front", "ring", "outside", 1, 0, 2, 0)
                        .door("d", "k", "ring", 4, 2.9, 5, 2.9);

        no(plan.fact("plan.adjacent.cooking_room.exterior_wall"));
    }

    @Test
    void everyRoomOfTheTypeMustHoldTheFixture() {
        TestPlan plan =
                bistro().room("k1", "private_room", 0, 10, 3, 13)
                        .room("k2", "private_room", 3.2, 10, 8.2, 13)
                        .fixture("c1", "camera", "k1", 1, 11);

        no(plan.fact("plan.room.private_room.has_camera"));
        yes(plan.fixture("c2", "camera", "k2", 4, 11).fact("plan.room.private_room.has_camera"));
    }

    @Test
    void statedAttributesTakeTheWorst() {
        TestPlan plan =
                bistro().room("k1", "private_room", 0, 10, 3, 13)
                        .with("soundproof", true)
                        .with("door_clear", 0.9)
                        .with("open_drain", false)
                        .with("persons", 6)
                        .with("floor_finish", "瓷砖")
                        .room("k2", "private_room", 3.2, 10, 8.2, 13)
                        .with("soundproof", false)
                        .with("door_clear", 0.8)
                        .with("open_drain", true)
                        .with("persons", 12)
                        .with("floor_finish", "瓷砖");

        no(plan.fact("plan.room.private_room.soundproof"));
        yes(plan.fact("plan.room.private_room.open_drain"));
        number(plan.fact("plan.room.private_room.door_clear"), 0.8, 0);
        number(plan.fact("plan.room.private_room.persons"), 12, 0);
        assertThat(((Choice) plan.fact("plan.room.private_room.floor_finish")).value())
                .isEqualTo("瓷砖");
    }

    @Test
    void anAttributeOneRoomLeavesOutIsUnknownWithABound() {
        TestPlan plan =
                bistro().room("k1", "private_room", 0, 10, 3, 13)
                        .with("door_clear", 0.9)
                        .with("soundproof", true)
                        .room("k2", "private_room", 3.2, 10, 8.2, 13);

        assertThat(unknown(plan.fact("plan.room.private_room.door_clear")).high())
                .isEqualByComparingTo("0.9");
        unknown(plan.fact("plan.room.private_room.soundproof"));
    }

    @Test
    void doorsAreTheMostOfSpecialRoomsAndTheFewestOfOthers() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .room("c", "corridor", 0, 3.2, 20, 5)
                        .room("s1", "cold", 0, 0, 3, 3)
                        .room("s2", "raw", 3.2, 0, 6, 3)
                        .door("d1", "s1", "c", 1, 3.1, 2, 3.1)
                        .door("d2", "s2", "c", 3.5, 3.1, 4.3, 3.1)
                        .door("d3", "s2", "c", 4.6, 3.1, 5.4, 3.1)
                        .room("h1", "auditorium", 6.2, 0, 9, 3)
                        .door("d4", "h1", "c", 7, 3.1, 8, 3.1)
                        .door("d5", "h1", "outside", 7, 0, 8, 0)
                        .room("h2", "auditorium", 9.2, 0, 12, 3)
                        .door("d6", "h2", "c", 10, 3.1, 11, 3.1);

        count(plan.fact("plan.room.special_room.doors"), 2);
        count(plan.fact("plan.room.auditorium.doors"), 1);
        number(plan.fact("plan.corridor.width"), 1.8, 0.1);
    }

    @Test
    void widthsAreFoundInBentRoomsToo() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .accuracy(0.01)
                        .polygon("c", "corridor", 0, 0, 10, 0, 10, 1.5, 1.2, 1.5, 1.2, 8, 0, 8);

        Number width = (Number) plan.fact("plan.corridor.width");

        assertThat(width.value().doubleValue()).isBetween(1.199, 1.2015);
    }

    @Test
    void areaIsSharedOutOverBedsAndPersons() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .accuracy(0.01)
                        .room("w1", "ward", 0, 0, 6, 4)
                        .fixture("b1", "bed", "w1", 1, 1)
                        .fixture("b2", "bed", "w1", 3, 1)
                        .fixture("b3", "bed", "w1", 5, 1)
                        .room("r1", "rest_room", 10, 0, 14, 3)
                        .with("persons", 4);

        number(plan.fact("plan.room.ward.area_per_bed"), 8, 0.0667);
        count(plan.fact("plan.room.ward.beds"), 3);
        number(plan.fact("plan.room.rest_room.area_per_person"), 3, 0.035);
        number(plan.fact("plan.bed.gap"), 2, 0.02);
    }

    @Test
    void aScreenOrARoomWithinTheRoomIsAPartition() {
        TestPlan plain =
                new TestPlan()
                        .complete()
                        .room("k", "private_room", 0, 0, 6, 6)
                        .door("d", "k", "outside", 1, 0, 2, 0);
        TestPlan screened =
                new TestPlan()
                        .complete()
                        .room("k", "private_room", 0, 0, 6, 6)
                        .fixture("s", "screen", "k", 3, 3);
        TestPlan behind =
                new TestPlan()
                        .complete()
                        .room("k", "private_room", 0, 0, 6, 6)
                        .door("d", "k", "outside", 1, 0, 2, 0)
                        .room("in", "office", 6.2, 0, 9, 3)
                        .door("d2", "k", "in", 6.1, 1, 6.1, 2);
        TestPlan ownToilet =
                new TestPlan()
                        .complete()
                        .room("k", "private_room", 0, 0, 6, 6)
                        .door("d", "k", "outside", 1, 0, 2, 0)
                        .room("wc", "toilet", 6.2, 0, 9, 3)
                        .door("d2", "k", "wc", 6.1, 1, 6.1, 2);

        no(plain.fact("plan.room.private_room.has_partition"));
        yes(screened.fact("plan.room.private_room.has_partition"));
        yes(behind.fact("plan.room.private_room.has_partition"));
        no(ownToilet.fact("plan.room.private_room.has_partition"));
    }

    @Test
    void theGlassOfTheWorstPrivateRoomCounts() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .room("c", "corridor", 0, 3.2, 20, 5)
                        .door("front", "c", "outside", 20, 3.5, 20, 4.5)
                        .room("k1", "private_room", 0, 0, 3, 3)
                        .door("d1", "k1", "c", 1, 3.1, 2, 3.1)
                        .with("glass_height", 0.6)
                        .with("glass_width", 0.3)
                        .room("k2", "private_room", 3.2, 0, 6, 3)
                        .door("d2", "k2", "c", 4, 3.1, 5, 3.1)
                        .with("glass_height", 0.4)
                        .with("glass_width", 0.5);

        number(plan.fact("plan.room.private_room.window_height"), 0.4, 0);
        number(plan.fact("plan.room.private_room.window_width"), 0.3, 0);
        unknown(
                plan.room("k3", "private_room", 6.2, 0, 9, 3)
                        .fact("plan.room.private_room.window_height"));
    }

    @Test
    void aLargeRoomNeedsTwoDoors() {
        TestPlan one =
                new TestPlan()
                        .complete()
                        .room("h", "hall", 0, 0, 10, 8)
                        .door("d1", "h", "outside", 1, 0, 2, 0);
        TestPlan small =
                new TestPlan()
                        .complete()
                        .room("h", "hall", 0, 0, 4, 5)
                        .door("d1", "h", "outside", 1, 0, 2, 0);
        TestPlan crowded =
                new TestPlan()
                        .complete()
                        .room("h", "hall", 0, 0, 4, 5)
                        .with("persons", 16)
                        .door("d1", "h", "outside", 1, 0, 2, 0);
        TestPlan unclear =
                new TestPlan()
                        .complete()
                        .room("h", "hall", 0, 0, 7, 7)
                        .with("persons", 15)
                        .door("d1", "h", "outside", 1, 0, 2, 0);

        no(one.fact("plan.room.large_rooms_have_two_doors"));
        yes(
                one.door("d2", "h", "outside", 8, 0, 9, 0)
                        .fact("plan.room.large_rooms_have_two_doors"));
        yes(small.fact("plan.room.large_rooms_have_two_doors"));
        no(crowded.fact("plan.room.large_rooms_have_two_doors"));
        unknown(unclear.fact("plan.room.large_rooms_have_two_doors"));
    }

    @Test
    void aSpecialRoomIsEnteredThroughItsAnteroomOnly() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .room("k", "cooking", 0, 0, 6, 3)
                        .door("front", "k", "outside", 1, 0, 2, 0)
                        .room("ante", "anteroom", 0, 3.2, 2, 5)
                        .room("cold", "cold", 2.2, 3.2, 6, 6)
                        .door("d1", "k", "ante", 0.5, 3.1, 1.5, 3.1)
                        .door("d2", "ante", "cold", 2.1, 3.5, 2.1, 4.5);

        yes(plan.fact("plan.has.special_room_anteroom"));
        no(plan.door("d3", "k", "cold", 3, 3.1, 4, 3.1).fact("plan.has.special_room_anteroom"));
    }

    @Test
    void openPlanRoomsAreNotPartitioned() {
        yes(bistro().fact("plan.has.partition_processing_dining"));

        TestPlan open =
                new TestPlan()
                        .complete()
                        .room("k", "kitchen", 0, 0, 4, 3)
                        .with("open_plan", true)
                        .room("d", "dining", 4, 0, 9, 3);

        no(open.fact("plan.has.partition_processing_dining"));
        yes(
                open.fixture("p", "partition", "d", 4.1, 1)
                        .fact("plan.has.partition_processing_dining"));
    }

    @Test
    void barsOnAnyWindowAreBars() {
        TestPlan plan =
                bistro().window("w1", "dining", "outside", 5, 5, 6, 5).with("barred", false);

        no(plan.fact("plan.windows_barred"));
        unknown(plan.window("w2", "dining", "outside", 7, 5, 8, 5).fact("plan.windows_barred"));
        yes(
                plan.window("w3", "dining", "outside", 9, 5, 10, 5)
                        .with("barred", true)
                        .fact("plan.windows_barred"));
    }

    @Test
    void theLargestUsableWindowOfEachStoreyCounts() {
        TestPlan plan =
                bistro().window("w1", "dining", "outside", 5, 5, 6.5, 5)
                        .with("height", 1.2)
                        .with("openable", true)
                        .window("w2", "dining", "outside", 7, 5, 10, 5)
                        .with("height", 2)
                        .with("openable", false)
                        .with("breakable", false);

        number(plan.fact("plan.area.exterior_window_min"), 1.8, 0.048);
    }

    @Test
    void fixturesOutsideTellWhatTheyState() {
        TestPlan plan =
                bistro().fixture("out", "fume_outlet", "", -1, 1)
                        .with("height", 16.5)
                        .with("above_roof", true);

        number(plan.fact("plan.height.fume_outlet"), 16.5, 0);
        yes(plan.fact("plan.fume_outlet.above_roof"));
    }

    @Test
    void theBasementsElevationIsItsDepth() {
        TestPlan plan = bistro().storey("B1", -1).elevation(-4.8).room("b", "hall", 0, 0, 9, 9);

        number(plan.fact("plan.basement.depth"), 4.8, 0);
    }

    @Test
    void aPlanMayStateWhatItCannotDraw() {
        TestPlan plan = bistro().states("persons", 120).states("cctv.covers_required", true);

        number(plan.fact("plan.persons"), 120, 0);
        yes(plan.fact("plan.cctv.covers_required"));
        assertThat(plan.survey().facts()).containsKeys("plan.persons", "plan.cctv.covers_required");
    }

    @Test
    void whatIsDrawnWinsOverWhatIsStated() {
        yes(bistro().states("has.stove", false).fact("plan.has.stove"));
    }

    @Test
    void namesNoDrawingCanTellAreLeftOut() throws Exception {
        FloorPlan plan = FloorPlan.read(bistro().json());

        PlanSurvey survey =
                PlanSurveyor.survey(
                        plan,
                        List.of("site.distance.school", "plan", "plan.", "plan.a.b.c.d", "plan.X"));

        assertThat(survey.facts()).isEmpty();
        assertThat(PlanSurveyor.method("site.distance.school")).isEmpty();
    }

    @Test
    void everyMeasuredFactSaysHowItIsMeasured() {
        Map<String, FactValue> facts = bistro().survey().facts();

        assertThat(facts.keySet()).allSatisfy(f -> assertThat(PlanSurveyor.method(f)).isPresent());
        assertThat(PlanSurveyor.method("plan.area.total").orElseThrow().pattern())
                .isEqualTo("plan.area.total");
        assertThat(PlanSurveyor.typesOf("dishwash")).isEqualTo(Set.of("dish_washing", "dishwash"));
    }

    /** Store, kitchen and dining in a row, washing above; doors on the axis, hatch at the top. */
    private static TestPlan line() {
        return new TestPlan()
                .complete()
                .room("store", "food_store", 0, 0, 3, 4)
                .room("cook", "cooking", 3.2, 0, 8, 4)
                .room("dining", "dining", 8.2, 0, 16, 4)
                .room("wash", "dish_washing", 10, 4.2, 14, 7)
                .door("front", "dining", "outside", 9, 0, 10, 0)
                .door("back", "wash", "outside", 10, 5, 10, 6)
                .door("s-c", "store", "cook", 3.1, 1.5, 3.1, 2.5)
                .door("c-d", "cook", "dining", 8.1, 1.5, 8.1, 2.5)
                .hatch("h", "dining", "wash", 13, 4.1, 13.8, 4.1);
    }

    @Test
    void flowsThroughDoorsOfTheirOwnDoNotCross() {
        TestPlan plan =
                line().flow("f", "food", "store", "cook", "dining")
                        .flow("r", "dish_return", "dining", "wash");

        no(plan.fact("plan.flow.crosses"));
        yes(plan.fact("plan.flow.raw_to_ready"));
        yes(plan.fact("plan.flow.dish_return_separate"));
    }

    @Test
    void stopsMayLieRoomsApart() {
        TestPlan plan =
                line().flow("f", "food", "store", "dining")
                        .flow("r", "dish_return", "dining", "wash");

        no(plan.fact("plan.flow.crosses"));
        yes(plan.fact("plan.flow.raw_to_ready"));
    }

    @Test
    void foodThatGoesBackThroughADoorCrosses() {
        TestPlan plan = line().flow("f", "food", "cook", "store", "cook", "dining");

        yes(plan.fact("plan.flow.crosses"));
        no(plan.fact("plan.flow.raw_to_ready"));
    }

    @Test
    void dishesReturnedThroughTheServingDoorAreNotSeparate() {
        TestPlan plan =
                line().flow("f", "food", "store", "cook", "dining")
                        .flow("r", "dish_return", "dining", "cook");

        no(plan.fact("plan.flow.dish_return_separate"));
        yes(plan.fact("plan.flow.crosses"));
        assertThat(elements(plan.fact("plan.flow.dish_return_separate"))).contains("c-d");
    }

    @Test
    void linesThatCutEachOtherCross() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .room("hall", "corridor", 0, 0, 10, 10)
                        .door("front", "hall", "outside", 0, 0.5, 0, 1.5)
                        .fixture("w", "shelf", "hall", 1, 5)
                        .fixture("e", "shelf", "hall", 9, 5)
                        .fixture("s", "shelf", "hall", 5, 1)
                        .fixture("n", "shelf", "hall", 5, 9)
                        .flow("f", "food", "w", "e")
                        .flow("r", "dish_return", "s", "n");

        yes(plan.fact("plan.flow.crosses"));
        no(plan.fact("plan.flow.dish_return_separate"));
    }

    @Test
    void flowsWithoutDoorsAreUnknownAndWarnedOf() throws Exception {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .room("store", "food_store", 0, 0, 3, 4)
                        .room("cook", "cooking", 3.2, 0, 8, 4)
                        .door("front", "store", "outside", 0, 1, 0, 2)
                        .door("back", "cook", "outside", 8, 1, 8, 2)
                        .flow("f", "food", "store", "cook");

        unknown(plan.fact("plan.flow.raw_to_ready"));
        assertThat(plan.survey().warnings()).extracting(PlanFault::pointer).contains("/flows");
    }

    @Test
    void peopleAndMaterialAreComparedLikewise() {
        TestPlan plan =
                line().flow("p", "people", "store", "cook").flow("m", "material", "cook", "dining");

        yes(plan.fact("plan.flow.people_material_separate"));
        unknown(plan.fact("plan.flow.clean_dirty"));
    }

    /** A room 10 × 4, a corridor 10 × 2 above it, and the way out at its right end. */
    private static TestPlan escape() {
        return new TestPlan()
                .complete()
                .accuracy(0.01)
                .room("r", "office", 0, 0, 10, 4)
                .room("c", "corridor", 0, 4, 10, 6)
                .door("rc", "r", "c", 0, 4, 1, 4)
                .door("out", "c", "outside", 10, 4.5, 10, 5.5)
                .exit("outward");
    }

    private static void between(FactValue value, double low, double high) {
        assertThat(value).isInstanceOf(Number.class);
        Number number = (Number) value;
        assertThat(number.value().subtract(number.error()).doubleValue()).isLessThanOrEqualTo(low);
        assertThat(number.value().add(number.error()).doubleValue()).isGreaterThanOrEqualTo(high);
        assertThat(number.error().doubleValue()).isLessThan(high - low + 0.2);
    }

    @Test
    void theFarthestCornerWalksThroughItsDoorToTheExit() {
        // (10, 0) to the door at (0.5, 4), on to the exit at (10, 5)
        double metres = Math.hypot(9.5, 4) + Math.hypot(9.5, 1);

        FactValue walk = escape().fact("plan.travel_distance");

        between(walk, metres, metres);
        assertThat(elements(walk)).containsExactly("r", "rc", "out");
    }

    @Test
    void peopleWalkRoundCorners() {
        TestPlan bent =
                new TestPlan()
                        .complete()
                        .accuracy(0.01)
                        .polygon("r", "office", 0, 0, 8, 0, 8, 8, 6, 8, 6, 2, 0, 2)
                        .door("out", "r", "outside", 6.5, 8, 7.5, 8)
                        .exit("outward");
        // (0, 0) along the inner corner (6, 2) to (7, 8)
        double metres = Math.hypot(6, 2) + Math.hypot(1, 6);

        between(bent.fact("plan.travel_distance"), metres, metres);
    }

    @Test
    void ofTwoExitsTheNearerCountsForEverybody() {
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .accuracy(0.01)
                        .room("r", "hall", 0, 0, 20, 4)
                        .door("west", "r", "outside", 0, 1.5, 0, 2.5)
                        .exit("outward")
                        .door("east", "r", "outside", 20, 1.5, 20, 2.5)
                        .exit("outward");

        // halfway along a wall, 10 m from either; corners alone would say 2 m
        Number walk = (Number) plan.fact("plan.travel_distance");

        assertThat(walk.value().add(walk.error()).doubleValue()).isGreaterThan(Math.hypot(10, 2));
    }

    @Test
    void withoutExitsOrWithoutAllDoorsNobodyKnowsHowFarItIs() {
        assertThat(
                        unknown(
                                        new TestPlan()
                                                .room("r", "hall", 0, 0, 9, 4)
                                                .fact("plan.travel_distance"))
                                .detail())
                .contains("安全出口");
        TestPlan sketch = escape();
        sketch.json().put("complete", false);
        assertThat(unknown(sketch.fact("plan.travel_distance")).detail()).contains("画全");
    }

    @Test
    void aCorridorWithOneWayOutIsADeadEndToItsFarCorner() {
        double metres = Math.hypot(10, 1);

        FactValue deadEnd = escape().fact("plan.corridor.dead_end");

        between(deadEnd, metres, metres);
        assertThat(elements(deadEnd)).containsExactly("c", "out");
    }

    @Test
    void aCorridorIsADeadEndOnlyBeyondItsOutermostWaysOut() {
        TestPlan both =
                escape().door("west", "c", "outside", 0, 4.5, 0, 5.5)
                        .exit("outward")
                        .room("s", "stair", 2, 6, 5, 9);
        TestPlan short1 =
                escape().room("s", "stair", 2, 6, 5, 9)
                        .door("up", "c", "s", 2.5, 6, 3.5, 6)
                        .exit("outward");

        between(both.fact("plan.corridor.dead_end"), 0, 0);
        between(short1.fact("plan.corridor.dead_end"), 3, 3);
    }

    @Test
    void areasOfTwoKindsHaveARatio() {
        // 12 of 30 m²
        between(bistro().fact("plan.ratio.cooking.dining"), 0.4, 0.4);
        unknown(bistro().fact("plan.ratio.cooking.office"));
    }

    @Test
    void windowsAreCountedAndTheirAreaSetAgainstTheFloor() {
        TestPlan plan =
                bistro().window("w1", "kitchen", "outside", 1, 3, 2, 3)
                        .with("height", 1.2)
                        .window("w2", "kitchen", "outside", 3, 3, 4, 3)
                        .with("height", 1.2);

        count(plan.fact("plan.room.cooking.windows"), 2);
        between(plan.fact("plan.room.cooking.window_area_ratio"), 0.2, 0.2);
        unknown(
                plan.window("w3", "kitchen", "outside", 0, 1, 0, 2)
                        .fact("plan.room.cooking.window_area_ratio"));
    }

    @Test
    void whereNobodyCanSayWhichIsWorseTwoValuesAreARange() {
        TestPlan plan =
                bistro().fixture("t1", "tank", "kitchen", 1, 2)
                        .with("volume_total", 10)
                        .fixture("t2", "tank", "kitchen", 2, 2)
                        .with("volume_total", 60);

        Missing range = unknown(plan.fact("plan.tank.volume_total"));

        assertThat(range.low()).isEqualByComparingTo("10");
        assertThat(range.high()).isEqualByComparingTo("60");
    }

    @Test
    void whatNobodyDrawsIsNotAbsentBecauseItIsNotDrawn() {
        unknown(bistro().fact("plan.count.clinical_department"));
        count(
                bistro().states("count.clinical_department", 4)
                        .fact("plan.count.clinical_department"),
                4);
    }

    @Test
    void roomsStateThingsToo() {
        number(
                bistro().room("s", "stair", 0, 3.2, 3, 6)
                        .with("well_width", 0.11)
                        .fact("plan.stair.well_width"),
                0.11,
                0);
    }

    @Test
    void instrumentsMustNotComeBack() {
        TestPlan there = line().flow("i", "instrument", "dining", "cook");
        TestPlan back = line().flow("i", "instrument", "cook", "dining", "cook");

        yes(there.fact("plan.flow.instrument_reprocessing"));
        no(back.fact("plan.flow.instrument_reprocessing"));
    }
}
