package org.kanqian.rules.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schemas editors check a pack with say yes to ours and no to what the reader refuses. */
class SchemaTest {
    private static final Path STANDARDS = Path.of("../standards");

    @Test
    void everyFileOfThePackFitsItsSchema() throws IOException {
        List<String> found = new ArrayList<>();
        int files = 0;
        try (Stream<Path> all = Files.walk(STANDARDS)) {
            for (Path file :
                    all.filter(f -> f.toString().endsWith(".yaml"))
                            .filter(f -> !f.startsWith(STANDARDS.resolve("target")))
                            .toList()) {
                files++;
                for (ValidationMessage m : check(schemaOf(file), Files.readString(file))) {
                    found.add(file + " " + m.getMessage());
                }
            }
        }
        assertThat(files).isGreaterThan(50);
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "item.json, items/bar/item.yaml, severity: veto, severity: deadly",
        "item.json, items/bar/item.yaml, stage: siting, stage: somewhere",
        "item.json, items/bar/item.yaml, confidence: verified, certainty: verified",
        "cases.json, items/bar/cases.yaml, MET, GOOD",
        "laws.json, laws.yaml, in_force: 2024-04-26, in_force: yesterday",
        "facts.json, vocabulary/facts.yaml, type: boolean, type: maybe",
        "pack.json, pack.yaml, schema: 1, schema: 2",
        "common.json, common/catering.yaml, check: machine, check: later",
    })
    void whatTheReaderRefusesTheSchemaRefuses(
            String schema, String file, String right, String wrong) throws IOException {
        String text = Files.readString(STANDARDS.resolve(file));
        assertThat(text).contains(right);

        assertThat(check(schema, text.replaceFirst(right, wrong))).isNotEmpty();
    }

    private static String schemaOf(Path file) {
        Path folder = STANDARDS.relativize(file);
        if (folder.startsWith("common")) {
            return "common.json";
        }
        return String.valueOf(folder.getFileName()).replace(".yaml", ".json");
    }

    private static Set<ValidationMessage> check(String schema, String yaml) throws IOException {
        JsonSchema loaded =
                JsonSchemaFactory.getInstance(VersionFlag.V202012)
                        .getSchema(Files.readString(STANDARDS.resolve("schema").resolve(schema)));
        return loaded.validate(json(yaml), InputFormat.JSON);
    }

    private static String json(String yaml) throws JsonProcessingException {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return new ObjectMapper().writeValueAsString(tree == null ? Map.of() : tree);
    }
}
