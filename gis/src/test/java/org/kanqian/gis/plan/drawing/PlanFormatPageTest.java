package org.kanqian.gis.plan.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.kanqian.gis.plan.Catalogue;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.PlanSurveyor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The page on the plan format: its plans are read and drawn, its lists of types are the code's. To
 * make pictures and lists anew after a change, set {@code -Dkanqian.redraw=true}.
 */
class PlanFormatPageTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path DOCS = Path.of("../docs/for-integrators");
    private static final Path PAGE = DOCS.resolve("plan-format.md");
    private static final Pattern PICTURE =
            Pattern.compile("<!-- picture: ([a-z]+) -->\n```json\n(.*?)```", Pattern.DOTALL);
    private static final String BEGIN = "<!-- types -->\n";
    private static final String END = "<!-- /types -->\n";

    private static Map<String, String> plans() throws IOException {
        Map<String, String> plans = new LinkedHashMap<>();
        Matcher matcher = PICTURE.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            plans.put(matcher.group(1), matcher.group(2));
        }
        return plans;
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in = FloorPlan.class.getResourceAsStream("/kanqian/plan.schema.json")) {
            return JSON.readTree(Objects.requireNonNull(in));
        }
    }

    private static boolean redraw() {
        return Boolean.getBoolean("kanqian.redraw");
    }

    @Test
    void itsPlansKeepTheSchemaAndPassTheGate() throws Exception {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema().toString());

        assertThat(plans()).hasSize(3);
        for (String plan : plans().values()) {
            assertThat(schema.validate(plan, InputFormat.JSON)).isEmpty();
            FloorPlan read = FloorPlan.read(JSON.readTree(plan));
            assertThat(read.faults()).isEmpty();
            assertThat(read.warnings()).isEmpty();
        }
    }

    @Test
    void itsPicturesAreTheOnesItsPlansGive() throws Exception {
        for (Map.Entry<String, String> plan : plans().entrySet()) {
            String svg =
                    PlanDrawing.svg(
                            FloorPlan.read(JSON.readTree(plan.getValue())),
                            List.of(),
                            Optional.empty());
            Path picture = DOCS.resolve("pictures/" + plan.getKey() + ".svg");
            if (redraw()) {
                Files.writeString(picture, svg);
            }

            assertThat(Files.readString(picture)).isEqualTo(svg);
            assertThat(Files.readString(PAGE)).contains("(pictures/" + plan.getKey() + ".svg)");
        }
    }

    /** The objects a plan is made of, each with the schema of its fields. */
    private static Map<String, JsonNode> objects() throws IOException {
        Map<String, JsonNode> objects = new LinkedHashMap<>();
        objects.put("", schema().path("properties"));
        for (String of : List.of("storey", "room", "opening", "fixture", "flow", "anchor")) {
            objects.put(of, schema().path("$defs").path(of).path("properties"));
        }
        return objects;
    }

    private static Set<String> names(JsonNode properties) {
        Set<String> names = new TreeSet<>();
        properties.propertyNames().forEach(names::add);
        return names;
    }

    @Test
    void itShowsEveryFieldTheSchemaHas() throws Exception {
        Map<String, Set<String>> shown = new LinkedHashMap<>();
        for (String text : plans().values()) {
            JsonNode plan = JSON.readTree(text);
            names(plan).forEach(n -> shown.computeIfAbsent("", k -> new TreeSet<>()).add(n));
            for (String of : List.of("storey", "room", "opening", "fixture", "flow")) {
                for (JsonNode thing : plan.path(of + "s")) {
                    shown.computeIfAbsent(of, k -> new TreeSet<>()).addAll(names(thing));
                }
            }
            shown.computeIfAbsent("anchor", k -> new TreeSet<>())
                    .addAll(names(plan.path("anchor")));
        }

        for (Map.Entry<String, JsonNode> object : objects().entrySet()) {
            assertThat(shown.get(object.getKey()))
                    .as(object.getKey())
                    .isEqualTo(names(object.getValue()));
        }
    }

    @Test
    void theReaderReadsTheFieldsOfTheSchemaAndNoOthers() throws Exception {
        String source =
                Files.readString(Path.of("src/main/java/org/kanqian/gis/plan/PlanReader.java"));
        List<Set<String>> read = new ArrayList<>();
        Matcher only = Pattern.compile("\\.only\\(([^)]*)\\)").matcher(source);
        while (only.find()) {
            Set<String> names = new TreeSet<>();
            Matcher name = Pattern.compile("\"([a-z_]+)\"").matcher(only.group(1));
            while (name.find()) {
                names.add(name.group(1));
            }
            read.add(names);
        }

        List<Set<String>> described =
                objects().values().stream().map(PlanFormatPageTest::names).toList();
        assertThat(read).containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void aWrongValueInAnyFieldIsFoundByReaderAndSchema() throws Exception {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema().toString());
        String full = plans().get("fixtures");
        for (Map.Entry<String, JsonNode> object : objects().entrySet()) {
            for (String field : names(object.getValue())) {
                ObjectNode plan = (ObjectNode) JSON.readTree(full);
                JsonNode thing =
                        object.getKey().isEmpty()
                                ? plan
                                : object.getKey().equals("anchor")
                                        ? plan.path("anchor")
                                        : plan.path(object.getKey() + "s").path(0);
                ((ObjectNode) thing).putObject(field).put("wrong", true).putArray("x");

                assertThat(schema.validate(plan.toString(), InputFormat.JSON))
                        .as(object.getKey() + "." + field)
                        .isNotEmpty();
                assertThat(refused(plan)).as(object.getKey() + "." + field).isTrue();
            }
        }
    }

    private static boolean refused(JsonNode plan) {
        try {
            FloorPlan.read(plan);
            return false;
        } catch (org.kanqian.gis.plan.PlanException e) {
            return true;
        }
    }

    private static final Map<String, String> LOOKS = looks();

    private static Map<String, String> looks() {
        Map<String, String> looks = new LinkedHashMap<>();
        looks.put("food", "食品加工");
        looks.put("clean", "洁净、专间");
        looks.put("wash", "清洗消毒");
        looks.put("store", "贮存");
        looks.put("public", "对客");
        looks.put("living", "居住");
        looks.put("service", "更衣、卫生间");
        looks.put("work", "办公、教学");
        looks.put("medical", "诊疗");
        looks.put("circulation", "交通");
        looks.put("outdoor", "室外");
        return looks;
    }

    private static String types() {
        StringBuilder text = new StringBuilder("房间 / rooms：\n\n");
        Set<String> others = new TreeSet<>();
        Map<String, List<String>> rooms = new LinkedHashMap<>();
        for (String type : Catalogue.types()) {
            String look = Catalogue.of(type).look();
            if (LOOKS.containsKey(look)) {
                rooms.computeIfAbsent(look, l -> new ArrayList<>()).add(type);
            } else if (!look.equals("group")) {
                others.add(type);
            }
        }
        LOOKS.forEach(
                (look, zh) ->
                        text.append("- ")
                                .append(zh)
                                .append("：")
                                .append(named(rooms.getOrDefault(look, List.of())))
                                .append('\n'));
        text.append("\n设施 / fixtures：").append(named(others)).append("\n\n合称 / groups：\n\n");
        for (String group : PlanSurveyor.groups()) {
            text.append("- `")
                    .append(group)
                    .append("` ")
                    .append(Catalogue.of(group).zh())
                    .append("：`")
                    .append(String.join("` `", PlanSurveyor.typesOf(group)))
                    .append("`\n");
        }
        return text.toString();
    }

    private static String named(Iterable<String> types) {
        List<String> named = new ArrayList<>();
        types.forEach(t -> named.add("`" + t + "` " + Catalogue.of(t).zh()));
        return String.join("，", named);
    }

    @Test
    void itListsTheTypesTheCodeKnows() throws Exception {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        if (redraw()) {
            page = page.substring(0, begin) + types() + page.substring(page.indexOf(END));
            Files.writeString(PAGE, page);
        }

        assertThat(page.substring(begin, page.indexOf(END))).isEqualTo(types());
        assertThat(types()).contains("`dish_washing` 洗消间", "`handwash_sink` 洗手池");
    }
}
