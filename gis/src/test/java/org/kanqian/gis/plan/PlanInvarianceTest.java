package org.kanqian.gis.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Flag;
import org.kanqian.rules.fact.FactValue.Number;
import org.locationtech.jts.geom.util.AffineTransformation;

/** Where a plan lies on the paper, and how it is turned, tells nothing about the premises. */
class PlanInvarianceTest {

    private static TestPlan draw(AffineTransformation place) {
        return new TestPlan(place)
                .complete()
                .room("store", "food_store", 0, 0, 3, 4)
                .room("cook", "cooking", 3.2, 0, 8, 4)
                .polygon("dining", "dining", 8.2, 0, 16, 0, 16, 4, 9.8, 4, 9.8, 9, 8.2, 9)
                .room("wash", "dish_washing", 10, 4.2, 14, 7)
                .hole(11, 5, 11, 6, 12, 6, 12, 5)
                .door("front", "dining", "outside", 12, 0, 13.2, 0)
                .exit("outward")
                .door("back", "wash", "outside", 10, 5, 10, 6)
                .door("s-c", "store", "cook", 3.1, 1.5, 3.1, 2.5)
                .door("c-d", "cook", "dining", 8.1, 1.5, 8.1, 2.5)
                .hatch("h", "dining", "wash", 13, 4.1, 13.8, 4.1)
                .fixture("b1", "handwash_sink", "cook", 4, 1)
                .box("st", "stove", "cook", 5, 0, 7, 0.8)
                .flow("f", "food", "store", "cook", "dining")
                .flow("r", "dish_return", "dining", "wash");
    }

    private static Map<String, FactValue> still() {
        return draw(new AffineTransformation()).survey().facts();
    }

    @Property(tries = 25)
    void movingAndTurningChangesNoFact(
            @ForAll @DoubleRange(min = -9_000, max = 9_000) double dx,
            @ForAll @DoubleRange(min = -9_000, max = 9_000) double dy,
            @ForAll @IntRange(max = 359) int degrees) {
        AffineTransformation place =
                AffineTransformation.rotationInstance(Math.toRadians(degrees)).translate(dx, dy);

        Map<String, FactValue> moved = draw(place).survey().facts();

        Map<String, FactValue> still = still();
        assertThat(moved.keySet()).isEqualTo(still.keySet());
        still.forEach(
                (name, value) -> same(name, value, Objects.requireNonNull(moved.get(name)), 1));
    }

    @Property(tries = 15)
    void aMirroredPlanTellsTheSame(@ForAll @IntRange(max = 359) int degrees) {
        AffineTransformation place =
                AffineTransformation.reflectionInstance(
                        Math.cos(Math.toRadians(degrees)), Math.sin(Math.toRadians(degrees)));

        Map<String, FactValue> moved = draw(place).survey().facts();

        still().forEach(
                        (name, value) ->
                                same(name, value, Objects.requireNonNull(moved.get(name)), 1));
    }

    @Property(tries = 15)
    void areasGrowWithTheSquareOfTheScale(@ForAll @DoubleRange(min = 0.5, max = 4) double scale) {
        Map<String, FactValue> scaled =
                draw(AffineTransformation.scaleInstance(scale, scale)).survey().facts();

        still().forEach(
                        (name, value) -> {
                            if (name.startsWith("plan.area.")) {
                                same(
                                        name,
                                        value,
                                        Objects.requireNonNull(scaled.get(name)),
                                        scale * scale);
                            }
                        });
    }

    private static void same(String name, FactValue expected, FactValue actual, double times) {
        if (expected instanceof Number e) {
            assertThat(actual).as(name).isInstanceOf(Number.class);
            double value = e.value().doubleValue() * times;
            assertThat(((Number) actual).value().doubleValue())
                    .as(name)
                    .isCloseTo(value, within(0.0011 * Math.max(1, times)));
        } else if (expected instanceof Flag e) {
            assertThat(actual).as(name).isInstanceOf(Flag.class);
            assertThat(((Flag) actual).value()).as(name).isEqualTo(e.value());
        } else {
            assertThat(actual).as(name).hasSameClassAs(expected);
        }
    }
}
