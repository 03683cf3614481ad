package org.kanqian.gis.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kanqian.rules.fact.FactValue;

/** The plans under {@code samples/plans}, read by the reader and by the schema. */
class SamplePlansTest {
    static final Path SAMPLES = Path.of("..", "samples", "plans");

    static Stream<String> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            List<String> names =
                    files.map(f -> f.getFileName().toString())
                            .filter(f -> f.endsWith(".json"))
                            .sorted()
                            .toList();
            return names.stream();
        }
    }

    static PlanSurvey survey(String name) throws Exception {
        try (InputStream json = Files.newInputStream(SAMPLES.resolve(name))) {
            return PlanSurveyor.survey(FloorPlan.read(json));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleKeepsTheSchemaAndIsReadWithoutWarning(String name) throws Exception {
        String json = Files.readString(SAMPLES.resolve(name));

        PlanSurvey survey = survey(name);

        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
        assertThat(survey.warnings()).isEmpty();
    }

    static JsonSchema schema() {
        InputStream schema =
                Objects.requireNonNull(
                        FloorPlan.class.getResourceAsStream("/kanqian/plan.schema.json"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
    }

    private static FactValue fact(String sample, String name) throws Exception {
        return Objects.requireNonNull(survey(sample).facts().get(name), name);
    }

    private static boolean flag(String sample, String name) throws Exception {
        return ((FactValue.Flag) fact(sample, name)).value();
    }

    private static double number(String sample, String name) throws Exception {
        return ((FactValue.Number) fact(sample, name)).value().doubleValue();
    }

    @Test
    void theSoundRestaurantHasItsFlowsApartAndRoomForItsKitchen() throws Exception {
        String plan = "restaurant-ok.json";

        assertThat(flag(plan, "plan.flow.crosses")).isFalse();
        assertThat(flag(plan, "plan.has.dish_washing")).isTrue();
        assertThat(flag(plan, "plan.has.special_room_anteroom")).isTrue();
        assertThat(flag(plan, "plan.inside.toilet.food_processing")).isFalse();
        // 11.8 × 8.3 less a column of 0.36, and a private room of 5.8 × 3.3
        assertThat(number(plan, "plan.area.dining")).isEqualTo(116.72);
        // 10.89 + 14.19 + 10.64 + 8.74 + 5.29 + 7.74 + 24.94
        assertThat(number(plan, "plan.area.food_processing")).isEqualTo(82.43);
        assertThat(number(plan, "plan.exits")).isEqualTo(3);
    }

    @Test
    void theFaultyRestaurantShowsItsFaults() throws Exception {
        String plan = "restaurant-faulty.json";

        assertThat(flag(plan, "plan.flow.crosses")).isTrue();
        assertThat(flag(plan, "plan.flow.raw_to_ready")).isFalse();
        assertThat(flag(plan, "plan.has.dish_washing")).isFalse();
        assertThat(flag(plan, "plan.inside.toilet.food_processing")).isTrue();
        assertThat(number(plan, "plan.area.food_processing"))
                .isLessThan(number(plan, "plan.area.dining") / 4);
        assertThat(number(plan, "plan.exits")).isEqualTo(1);
    }

    @Test
    void theSmallKitchensDifferInSizePartitionAndLiving() throws Exception {
        assertThat(number("small-catering-ok.json", "plan.area.total")).isEqualTo(43.44);
        assertThat(flag("small-catering-ok.json", "plan.has.partition_processing_dining")).isTrue();
        assertThat(flag("small-catering-ok.json", "plan.adjacent.living.production")).isFalse();

        String faulty = "small-catering-faulty.json";
        assertThat(number(faulty, "plan.area.total")).isGreaterThan(50);
        assertThat(flag(faulty, "plan.has.partition_processing_dining")).isFalse();
        assertThat(flag(faulty, "plan.adjacent.living.production")).isTrue();
    }

    @Test
    void theInternetCafesDifferInSpacePerComputerExitsAndBars() throws Exception {
        String sound = "internet-cafe-ok.json";
        assertThat(number(sound, "plan.area.business") / number(sound, "plan.count.computer"))
                .isGreaterThan(2.5);
        assertThat(number(sound, "plan.exits")).isEqualTo(2);
        assertThat(flag(sound, "plan.windows_barred")).isFalse();

        String faulty = "internet-cafe-faulty.json";
        assertThat(number(faulty, "plan.area.business") / number(faulty, "plan.count.computer"))
                .isLessThan(1.9);
        assertThat(number(faulty, "plan.exits")).isEqualTo(1);
        assertThat(flag(faulty, "plan.windows_barred")).isTrue();
    }

    @Test
    void theKaraokesDifferInSizePartitionGlassAndDoors() throws Exception {
        String sound = "karaoke-ok.json";
        assertThat(number(sound, "plan.area.entertainment")).isGreaterThan(220);
        assertThat(flag(sound, "plan.room.private_room.has_partition")).isFalse();
        assertThat(number(sound, "plan.room.private_room.window_height")).isEqualTo(0.6);
        assertThat(flag(sound, "plan.room.large_rooms_have_two_doors")).isTrue();
        assertThat(flag(sound, "plan.has.cctv_room")).isTrue();

        String faulty = "karaoke-faulty.json";
        assertThat(number(faulty, "plan.area.entertainment")).isLessThan(200);
        assertThat(flag(faulty, "plan.room.private_room.has_partition")).isTrue();
        assertThat(flag(faulty, "plan.room.large_rooms_have_two_doors")).isFalse();
        assertThat(flag(faulty, "plan.has.cctv_room")).isFalse();
    }

    @Test
    void theShopsAreApartFromWhatTheyMustBeApartFrom() throws Exception {
        assertThat(flag("tobacco-shop-ok.json", "plan.adjacent.dwelling.shop_door")).isFalse();
        assertThat(flag("pharmacy-ok.json", "plan.has.independent_pharmacy_area")).isTrue();
        assertThat(flag("pharmacy-ok.json", "plan.has.rx_zone")).isTrue();
        assertThat(number("pharmacy-ok.json", "plan.area.sales")).isEqualTo(92.04);
    }
}
