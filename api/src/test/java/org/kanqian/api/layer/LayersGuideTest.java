package org.kanqian.api.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kanqian.api.Server;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs {@code docs/for-officers/layers.md}: what it shows is what the service does. */
class LayersGuideTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir static Path data;
    @TempDir static Path work;
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.start(data, "--kanqian.officer-key=" + TestZip.KEY);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> commands() throws IOException {
        String guide = Files.readString(Path.of("../docs/for-officers/layers.md"));
        return Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map((MatchResult m) -> m.group(1))
                .filter(c -> c.startsWith("curl"))
                .toList();
    }

    private static JsonNode run(String command) throws IOException, InterruptedException {
        ProcessBuilder shell =
                new ProcessBuilder(
                        "bash", "-c", command.replace("http://localhost:8080", server.url()));
        shell.environment().put("KANQIAN_OFFICER_KEY", TestZip.KEY);
        shell.directory(work.toFile());
        Process process = shell.start();
        String said;
        try (InputStream out = process.getInputStream()) {
            said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(process.waitFor()).as(command).isZero();
        return JSON.readTree(said);
    }

    @Test
    void everyCommandDoesWhatTheGuideSays() throws Exception {
        Files.write(
                work.resolve("school.zip"), TestZip.folder(Path.of("../samples/uploads/school")));
        List<JsonNode> said = new ArrayList<>();
        String version = "";
        for (String command : commands()) {
            said.add(run(command.replace("sha256:…", version)));
            if (said.size() == 2) {
                version = said.get(1).path("version").asString("");
            }
        }

        assertThat(said).hasSize(6);
        assertThat(said.get(0).path("done").asBoolean(true)).as(said.get(0).toString()).isFalse();
        assertThat(said.get(0).path("changes").path("added").asInt()).isEqualTo(2);
        assertThat(said.get(1).path("done").asBoolean(false)).isTrue();
        assertThat(said.get(2).path("features").path(0).path("properties").path("name").asString())
                .isEqualTo("练习一小");
        assertThat(said.get(3).path("versions").path(0).path("version").asString())
                .isEqualTo(version);
        assertThat(said.get(4).path("version").asString()).isEqualTo(version);
        assertThat(said.get(5).path("version").isNull()).isTrue();
    }
}
