package org.kanqian.api.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kanqian.api.precheck.PreCheckAnswer;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.plan.FloorPlan;
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
 * The common faults: each plan under {@code samples/plans/variants} is a model plan with one thing
 * wrong, as {@code seeds.json} tells, and is judged wrong in just that. To make plans and drawings
 * anew after a change, set {@code -Dkanqian.redraw=true}.
 */
class VariantPlansTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path SAMPLES = Path.of("../samples");
    private static final Path VARIANTS = SAMPLES.resolve("plans/variants");

    /** Drawings are of this day, so that they do not change when a law does. */
    private static final String DAY = "2026-11-23";

    @TempDir static Path data;
    private static PreCheckService service;

    @BeforeAll
    static void compile() {
        service =
                new PreCheckService(
                        RuleBook.compile(StandardsPack.load(PackSource.classPath())),
                        new SiteSurveyor(LayerSet.empty()),
                        Signer.in(data),
                        Clock.fixed(Instant.parse(DAY + "T04:00:00Z"), ZoneId.of("Asia/Shanghai")));
    }

    /**
     * What is changed in a model: {@code drop} things by id, {@code set} fields of things by id
     * (null takes a field away, objects are merged: RFC 7386), {@code add} things to a list. {@code
     * answers} go with the model's own.
     */
    record Seed(String name, String model, List<String> violates, JsonNode all) {
        @Override
        public String toString() {
            return name;
        }

        ObjectNode request() {
            ObjectNode request =
                    (ObjectNode)
                            JSON.readTree(SAMPLES.resolve("requests/" + model + ".json").toFile());
            request.remove("site");
            if (!request.path("answers").isObject()) {
                request.putObject("answers");
            }
            ObjectNode answers = (ObjectNode) request.get("answers");
            answers.put(RuleBook.REGION, region());
            merge(answers, all.path("answers"));
            return request.put("asOf", DAY);
        }

        private String region() {
            return model.contains("xian") ? "610102" : "110108";
        }

        ObjectNode plan() {
            ObjectNode plan = (ObjectNode) request().get("plan");
            Set<String> dropped = new HashSet<>();
            all.path("drop").forEach(id -> dropped.add(id.asString("")));
            for (String list : List.of("rooms", "openings", "fixtures", "flows")) {
                if (!(plan.get(list) instanceof ArrayNode things)) {
                    continue;
                }
                for (int i = things.size() - 1; i >= 0; i--) {
                    ObjectNode thing = (ObjectNode) things.get(i);
                    String id = thing.path("id").asString("");
                    merge(thing, all.path("set").path(id));
                    if (dropped.contains(id)) {
                        things.remove(i);
                    }
                }
                all.path("add").path(list).forEach(things::add);
            }
            return plan;
        }

        private static void merge(ObjectNode into, JsonNode patch) {
            for (Map.Entry<String, JsonNode> field : patch.properties()) {
                if (field.getValue().isNull()) {
                    into.remove(field.getKey());
                } else if (field.getValue().isObject()
                        && into.get(field.getKey()) instanceof ObjectNode inner) {
                    merge(inner, field.getValue());
                } else {
                    into.set(field.getKey(), field.getValue());
                }
            }
        }
    }

    static List<Seed> seeds() {
        List<Seed> seeds = new ArrayList<>();
        for (JsonNode seed : JSON.readTree(VARIANTS.resolve("seeds.json").toFile())) {
            seeds.add(
                    new Seed(
                            seed.path("name").asString(""),
                            seed.path("model").asString(""),
                            seed.path("violates").valueStream().map(v -> v.asString("")).toList(),
                            seed));
        }
        return seeds;
    }

    private static Map<String, Status> judged(ObjectNode request) {
        Map<String, Status> statuses = new TreeMap<>();
        for (PreCheckAnswer.Item item : service.check(request).items()) {
            item.findings().forEach(f -> statuses.put(f.point(), f.status()));
        }
        return statuses;
    }

    private static boolean redraw() {
        return Boolean.getBoolean("kanqian.redraw");
    }

    /** One thing a line, as the plans drawn by hand are written. */
    private static String written(ObjectNode plan) {
        StringBuilder text = new StringBuilder("{");
        String between = "\n";
        for (Map.Entry<String, JsonNode> field : plan.properties()) {
            text.append(between).append("  \"").append(field.getKey()).append("\": ");
            between = ",\n";
            if (field.getValue().isArray()) {
                List<String> things = field.getValue().valueStream().map(t -> "    " + t).toList();
                text.append("[\n").append(String.join(",\n", things)).append("\n  ]");
            } else {
                text.append(field.getValue());
            }
        }
        return text.append("\n}\n").toString();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void justTheSeededPointsAreViolated(Seed seed) {
        Map<String, Status> model = judged(seed.request());
        ObjectNode request = seed.request();
        request.set("plan", seed.plan());

        Map<String, Status> variant = judged(request);

        Map<String, Status> changed = new TreeMap<>(variant);
        changed.entrySet().removeAll(model.entrySet());
        Map<String, Status> expected = new TreeMap<>();
        seed.violates().forEach(point -> expected.put(point, Status.VIOLATED));
        assertThat(model.values()).doesNotContain(Status.VIOLATED);
        assertThat(changed).isEqualTo(expected);
        assertThat(variant.keySet()).isEqualTo(model.keySet());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void thePlanPassesTheGateAndIsTheOneCheckedIn(Seed seed) throws Exception {
        String plan = written(seed.plan());
        Path file = VARIANTS.resolve(seed.name() + ".json");
        if (redraw()) {
            Files.writeString(file, plan);
        }

        assertThat(Files.readString(file)).isEqualTo(plan);
        FloorPlan read = FloorPlan.read(JSON.readTree(plan));
        assertThat(read.faults()).isEmpty();
        assertThat(read.warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theDrawingShowsTheFaultAndIsTheOneCheckedIn(Seed seed) throws Exception {
        ObjectNode request = seed.request();
        request.set("plan", seed.plan());
        String svg =
                DrawnPlan.of(request, service, FindingMarks.Mode.FINDINGS, Locale.CHINESE).svg();
        Path drawing = VARIANTS.resolve("drawings/" + seed.name() + ".svg");
        if (redraw()) {
            Files.createDirectories(drawing.getParent());
            Files.writeString(drawing, svg);
        }

        String told = svg.substring(svg.indexOf("<desc"), svg.indexOf("</desc>"));
        assertThat(told.split("\n[0-9]+\\. ", -1)).hasSize(1 + 2 * seed.violates().size());
        assertThat(svg).contains("kq-findings", "#c0281c");
        assertThat(Files.readString(drawing)).isEqualTo(svg);
    }

    @Test
    void everyModelHasVariantsAndEveryFileASeed() throws Exception {
        Set<String> models = new HashSet<>();
        Set<String> names = new HashSet<>();
        seeds().forEach(s -> models.add(s.model()));
        seeds().forEach(s -> names.add(s.name() + ".json"));
        names.add("seeds.json");

        try (Stream<Path> files = Files.list(VARIANTS)) {
            assertThat(files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(names);
        }
        for (String model : ModelPlansTest.models()) {
            assertThat(models).contains(model.replace(".json", ""));
        }
    }

    @Test
    void thePageForApplicantsShowsEveryModelAndEveryFault() throws Exception {
        String page = Files.readString(Path.of("../docs/for-applicants/model-plans.md"));

        for (String model : ModelPlansTest.models()) {
            assertThat(page).contains("drawings/" + model.replace(".json", ".svg"));
        }
        for (Seed seed : seeds()) {
            assertThat(page)
                    .contains(seed.all().path("zh").asString(""))
                    .contains("variants/" + seed.name() + ".json")
                    .contains("variants/drawings/" + seed.name() + ".svg");
        }
    }
}
