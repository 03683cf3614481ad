package org.kanqian.gis.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kanqian.gis.plan.FloorPlan.FlowKind;
import org.kanqian.gis.plan.PlanVocabulary.Named;
import org.kanqian.gis.plan.PlanVocabulary.Of;
import org.kanqian.gis.plan.PlanVocabulary.Statement;

/** What has to be drawn for a fact follows from the fact's name. */
class PlanVocabularyTest {

    @ParameterizedTest
    @CsvSource({
        "plan.has.cold, cold",
        "plan.count.dish_sink, dish_sink",
        "plan.opening.toilet.food_processing, toilet",
        "plan.opening.toilet.food_processing, kitchen",
        "plan.room.food_processing.handwash_sinks, handwash_sink",
        "plan.room.dental_room.area_per_chair, chair",
        "plan.mixed_with_living, bedroom",
        "plan.cctv.covers_all_rooms, camera"
    })
    void aFactIsReadFromTheTypesItNamesAndThoseThatCountAsThem(String fact, String type) {
        assertThat(PlanVocabulary.typesIn(fact)).contains(type);
    }

    @ParameterizedTest
    @CsvSource({"plan.area.total", "plan.persons", "plan.exit.width", "site.distance.school"})
    void aFactOfNoTypeInParticularNamesNone(String fact) {
        assertThat(PlanVocabulary.typesIn(fact)).isEmpty();
    }

    @Test
    void aFlowIsAskedForByTheFactsThatFollowIt() {
        assertThat(PlanVocabulary.flowsIn("plan.flow.dish_return_separate"))
                .containsExactlyInAnyOrder(FlowKind.FOOD, FlowKind.DISH_RETURN);
        assertThat(PlanVocabulary.flowsIn("plan.exits")).isEmpty();
    }

    @Test
    void whatOnlyAStatementTellsIsNamedWithTheRoomsItIsStatedOf() {
        Named drain = PlanVocabulary.named("plan.room.special_room.open_drain").orElseThrow();
        Named persons = PlanVocabulary.named("plan.persons").orElseThrow();

        assertThat(drain.of()).isEqualTo(Of.ROOM);
        assertThat(drain.key()).isEqualTo("open_drain");
        assertThat(drain.types()).contains("cold", "decorating").doesNotContain("kitchen");
        assertThat(persons).isEqualTo(new Named(Of.PREMISES, "persons", java.util.Set.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "plan.area.total",
        "plan.room.kitchen.area",
        "plan.exits",
        "plan.windows_barred",
        "plan.has.cold",
        "site.region"
    })
    void whatIsMeasuredOrDrawnIsNotStated(String fact) {
        assertThat(PlanVocabulary.named(fact)).isEmpty();
    }

    @Test
    void everyListedStatementHelpsAFactADrawingCanTell() {
        assertThat(PlanVocabulary.statements()).isNotEmpty();
        for (Statement statement : PlanVocabulary.statements()) {
            for (String pattern : statement.facts()) {
                String fact = pattern.replace("*", "kitchen");
                assertThat(statement.helps(fact)).as(fact).isTrue();
                assertThat(PlanSurveyor.method(fact)).as(fact).isPresent();
            }
            assertThat(statement.type()).isIn("boolean", "number", "integer");
        }
    }

    @Test
    void everyTypeIsListedOnceAsARoomOrAFixtureWithAName() {
        assertThat(Catalogue.rooms()).extracting(Catalogue.Entry::type).doesNotHaveDuplicates();
        assertThat(Catalogue.fixtures()).extracting(Catalogue.Entry::type).doesNotHaveDuplicates();
        assertThat(Catalogue.rooms())
                .extracting(Catalogue.Entry::type)
                .contains("kitchen", "toilet")
                .doesNotContain("handwash_sink");
        assertThat(Catalogue.fixtures())
                .extracting(Catalogue.Entry::type)
                .contains("handwash_sink", "toilet", "rx_zone")
                .doesNotContain("kitchen");
        assertThat(Catalogue.of("no_such_type").zh()).isEqualTo("no such type");
    }
}
