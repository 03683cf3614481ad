package org.kanqian.gis.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Known;
import org.kanqian.rules.fact.FactValue.Missing;
import org.kanqian.rules.fact.Provenance;

/**
 * Every {@code plan.*} fact of the fact sheets and the pack ({@code plan/plan-facts.tsv}): a small
 * plan that shows it makes it known, with what it was read from; a plan that does not leaves it
 * missing, and says why.
 */
class PlanFactNamesTest {

    /** A row of the table. */
    record Row(String fact, String type, String how) {
        String word(int i) {
            String[] part = fact.split("\\.", -1);
            return i < part.length ? part[i] : "";
        }

        Object value() {
            return switch (type) {
                case "boolean" -> true;
                case "enum" -> "word";
                default -> 2;
            };
        }
    }

    static List<Row> rows() throws IOException {
        try (InputStream in = PlanFactNamesTest.class.getResourceAsStream("/plan/plan-facts.tsv")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(l -> l.split("\t"))
                    .map(f -> new Row(f[0], f[1], f[2]))
                    .toList();
        }
    }

    static List<Row> told() throws IOException {
        return rows().stream().filter(r -> !r.how().equals("answer")).toList();
    }

    /** A room whose words are those of the fact, one beside it, and all there is to say of them. */
    private static TestPlan showing(Row row) {
        List<String> words = new ArrayList<>();
        switch (row.fact()) {
            case "plan.has.partition_processing_dining" ->
                    words.addAll(List.of("cooking", "dining"));
            case "plan.has.independent_pharmacy_area" -> words.add("sales");
            case "plan.floors.teaching_max" -> words.add("teaching");
            case "plan.floors.served" -> words.add("dining");
            case "plan.mixed_with_living" -> words.add("living");
            case "plan.count.handwash_sinks", "plan.room.food_processing.handwash_sinks" ->
                    words.add("cooking");
            case "plan.wall.cylinder_store.openings" ->
                    words.addAll(List.of("cylinder_store", "sales"));
            case "plan.adjacent.dwelling.shop_door" -> words.addAll(List.of("dwelling", "shop"));
            case "plan.corridor.width", "plan.stair.width", "plan.aisle.width" ->
                    words.add(row.word(1));
            default -> {
                words.add(row.word(2));
                words.add(row.word(3));
            }
        }
        String a = type(words.get(0), "cooking");
        String b = type(words.size() > 1 ? words.get(1) : "", "office");
        TestPlan plan =
                new TestPlan()
                        .complete()
                        .room("a", a, 0, 0, 6, 5)
                        .height(3)
                        .with("persons", 2)
                        .room("b", a.equals(b) ? "office" : b, 6.2, 0, 12, 5)
                        .height(3);
        exit(plan.door("front", "a", "outside", 1, 0, 2, 0));
        exit(plan.door("back", "b", "outside", 10, 0, 11, 0));
        plan.door("ab", "a", "b", 6.1, 1, 6.1, 2)
                .with("glass_height", 0.6)
                .with("glass_width", 0.4)
                .window("w", "a", "outside", 3, 5, 4, 5)
                .with("height", 1.5)
                .with("openable", true)
                .with("barred", false)
                .box("f1", a, "a", 1, 1.5, 2, 2.5)
                .with("height", 2)
                .box("f2", a, "a", 3, 1.5, 4, 2.5)
                .with("height", 2)
                .box("g", row.word(1), "a", 4.5, 2, 5.5, 4)
                .with("height", 2)
                .box("g2", row.word(1), "a", 1, 2.7, 2, 4.7)
                .with("height", 2);
        for (String fixture :
                List.of("camera", "dish_sink", "raw_material_sink", "handwash_sink")) {
            plan.fixture(fixture, fixture, "a", 0.5, 4.5);
        }
        plan.fixture("camera-b", "camera", "b", 7, 4);
        if (row.word(3).startsWith("area_per_")) {
            plan.fixture("per", row.word(3).substring("area_per_".length()), "a", 5, 4.5);
        }
        for (FloorPlan.FlowKind kind : FloorPlan.FlowKind.values()) {
            String name = kind.name().toLowerCase(java.util.Locale.ROOT);
            plan.flow(name, name, "a", "b");
        }
        return plan.storey("B1", -1)
                .elevation(-3.6)
                .room("up", "stair", 0, 0, 3, 6)
                .height(3)
                .window("light", "up", "outside", 0, 2, 0, 3)
                .with("height", 1)
                .with("openable", true)
                .with("barred", false);
    }

    private static void exit(TestPlan plan) {
        plan.exit("outward")
                .with("shared", false)
                .with("shared_with_residential", false)
                .with("entrance", true)
                .with("in_residential", false)
                .with("independent", true);
    }

    private static String type(String word, String otherwise) {
        return word.isEmpty() || !word.matches("[a-z][a-z0-9_]*")
                ? otherwise
                : PlanSurveyor.typesOf(word).iterator().next();
    }

    /** The thing the fact is about, stating it. */
    private static TestPlan stating(Row row) {
        TestPlan plan = new TestPlan().room("a", "cooking", 0, 0, 6, 5);
        if (row.word(1).equals("room")) {
            return plan.room("it", type(row.word(2), ""), 7, 0, 9, 3)
                    .with(row.word(3), row.value());
        }
        return plan.fixture("it", row.word(1), "a", 1, 1).with(row.word(2), row.value());
    }

    private static TestPlan attribute(Row row) {
        return new TestPlan()
                .room("a", "cooking", 0, 0, 6, 5)
                .states(row.fact().substring("plan.".length()), row.value());
    }

    private static List<String> elements(FactValue value) {
        return ((Provenance.Plan) ((Known) value).from()).elements();
    }

    @ParameterizedTest
    @MethodSource("told")
    void whatAPlanShowsIsKnown(Row row) {
        switch (row.how()) {
            case "drawn" -> {
                FactValue value = showing(row).fact(row.fact());
                assertThat(value).isInstanceOf(Known.class);
                assertThat(elements(value)).isNotEmpty();
            }
            case "states" -> {
                FactValue value = stating(row).fact(row.fact());
                assertThat(value).isInstanceOf(Known.class);
                assertThat(elements(value)).containsExactly("it");
            }
            case "bounded" -> {
                assertThat(showing(row).fact(row.fact()))
                        .isInstanceOfSatisfying(
                                Missing.class, m -> assertThat(m.low()).isPositive());
                assertThat(attribute(row).fact(row.fact())).isInstanceOf(Known.class);
            }
            default -> assertThat(attribute(row).fact(row.fact())).isInstanceOf(Known.class);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatAPlanDoesNotShowIsMissingWithTheReason(Row row) {
        TestPlan bare = new TestPlan().room("z", "zzz", 0, 0, 4, 3);

        assertThat(bare.fact(row.fact()))
                .isInstanceOfSatisfying(
                        Missing.class,
                        m -> {
                            assertThat(m.why()).isEqualTo(FactValue.Reason.NOT_DRAWN);
                            assertThat(m.detail()).isNotBlank().isNotEqualTo("not told");
                        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyFactSaysHowItIsMeasured(Row row) {
        assertThat(PlanSurveyor.method(row.fact())).isPresent();
    }

    @Test
    void allFactsOfTheFactSheetsAndOfThePackAreInTheTable() throws IOException {
        Set<String> pack = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("../standards/vocabulary/facts.yaml"))) {
            if (line.matches("  plan\\.[a-z0-9_.]+:")) {
                pack.add(line.strip().replace(":", ""));
            }
        }

        assertThat(rows()).hasSize(324 + 12).extracting(Row::fact).doesNotHaveDuplicates();
        assertThat(pack).hasSizeGreaterThan(200);
        assertThat(rows()).extracting(Row::fact).containsAll(pack);
    }

    /** Words that name no kind of room or fixture. */
    private static final Set<String> OTHER =
            Set.of(
                    "total",
                    "gross",
                    "floor_max",
                    "exterior_window_min",
                    "exterior_wall",
                    "shop_door",
                    "partition_processing_dining",
                    "independent_pharmacy_area",
                    "office_zone_separate",
                    "handwash_sinks",
                    "dish_sinks",
                    "raw_material_sinks",
                    "raw_material_types",
                    "vehicle_projection",
                    "beauty_department",
                    "clinical_department",
                    "tcm_department",
                    "hazmat_vehicle",
                    "vehicle",
                    "training_car",
                    "min",
                    "barrier_bulk_fresh",
                    "hardened_ground",
                    "harmless_unit",
                    "inspection_line",
                    "outside");

    @Test
    void everyKindOfRoomAndFixtureHasAChineseName() throws IOException {
        Set<String> unnamed = new TreeSet<>();
        for (Row row : rows()) {
            Set<String> words = new TreeSet<>();
            switch (row.word(1)) {
                case "area", "has", "count", "height" -> words.add(row.word(2));
                case "room", "wall" -> {
                    if (!row.word(3).isEmpty()) {
                        words.add(row.word(2));
                    }
                }
                case "adjacent", "opening", "inside" -> {
                    words.add(row.word(2));
                    words.add(row.word(3));
                }
                case "distance" -> {
                    if (!row.word(3).isEmpty()) {
                        words.add(row.word(2));
                        words.add(row.word(3));
                    }
                }
                default -> {
                    if (row.how().equals("states")) {
                        words.add(row.word(1));
                    }
                }
            }
            words.removeAll(OTHER);
            words.removeIf(w -> Catalogue.of(w).zh().matches(".*\\p{IsHan}.*"));
            unnamed.addAll(words);
        }

        assertThat(unnamed).isEmpty();
    }
}
