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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kanqian.rules.fact.FactValue;

/** The plans under {@code samples/plans}, read by the reader and by the schema. */
class SamplePlansTest {
    static final Path SAMPLES = Path.of("..", "samples", "plans");

    static Stream<String> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
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

    @ParameterizedTest
    @MethodSource("samples")
    void dump(String name) throws Exception {
        StringBuilder out = new StringBuilder();
        survey(name)
                .facts()
                .forEach(
                        (k, v) ->
                                out.append(k)
                                        .append(" = ")
                                        .append(
                                                v instanceof FactValue.Number n
                                                        ? n.value() + "±" + n.error() + " "
                                                                + n.unit()
                                                        : v.toString())
                                        .append("\n"));
        Files.writeString(
                Path.of("/tmp/dump-" + name + ".txt"), out + survey(name).warnings().toString());
    }
}
