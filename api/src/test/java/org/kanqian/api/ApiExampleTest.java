package org.kanqian.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs {@code docs/for-integrators/example.md}: what it shows is what the service does. */
class ApiExampleTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir static Path data;
    private static Server server;
    private static List<String> examples;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(data);
        examples =
                Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL)
                        .matcher(Files.readString(Path.of("../docs/for-integrators/example.md")))
                        .results()
                        .map((MatchResult m) -> m.group(1))
                        .toList();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theAnswerShownIsTheAnswerGiven() {
        JsonNode answer = server.check(examples.get(0));

        shows(JSON.readTree(examples.get(1)), answer, "");
    }

    /** Same fields throughout, same words of the contract; hashes and texts may move on. */
    private static void shows(JsonNode shown, JsonNode given, String at) {
        if (shown.isObject()) {
            assertThat(given.isObject()).as(at).isTrue();
            if (!at.equals("/receipt/layers")) {
                assertThat(shown.propertyNames())
                        .as(at)
                        .containsExactlyElementsOf(given.propertyNames());
            }
            for (Map.Entry<String, JsonNode> field : shown.properties()) {
                if (!at.equals("/receipt/layers")) {
                    shows(field.getValue(), given.path(field.getKey()), at + "/" + field.getKey());
                }
            }
        } else if (shown.isArray()) {
            for (int i = 0; i < shown.size(); i++) {
                shows(shown.get(i), given.path(i), at + "/" + i);
            }
        } else if (at.matches(".*/(verdict|status|severity|stage|region|datum|point|item|kind)")) {
            assertThat(given).as(at).isEqualTo(shown);
        } else {
            assertThat(given.getNodeType()).as(at).isEqualTo(shown.getNodeType());
        }
    }

    @Test
    void theProblemShownIsTheProblemGiven() {
        JsonNode problem =
                Server.json(
                        server.post(
                                "/v1/pre-checks", "{\"items\":[{\"item\":\"internet-caffe\"}]}"));

        assertThat(problem).isEqualTo(JSON.readTree(examples.get(2)));
    }

    @Test
    void everyAddressShownAnswers() throws Exception {
        String id = server.check(examples.get(0)).path("id").asString("");
        List<String> paths =
                Pattern.compile("GET (/[^`?]*)")
                        .matcher(Files.readString(Path.of("../docs/for-integrators/example.md")))
                        .results()
                        .map(m -> m.group(1))
                        .toList();

        assertThat(paths).hasSizeGreaterThan(10);
        for (String path : paths) {
            String layer =
                    Server.json(server.get("/v1/layers"))
                            .path("layers")
                            .path(0)
                            .path("id")
                            .asString("");
            String real =
                    path.replace("/layers/{id}", "/layers/" + layer.replace('/', '.'))
                            .replace("{id}", id)
                            .replace("{item}", "internet-cafe");
            assertThat(server.get(real).statusCode()).as(real).isEqualTo(200);
        }
    }

    /** As the page describes it, with nothing of ours but the public key. */
    @Test
    void aReceiptIsVerifiedWithoutThisSystem() throws Exception {
        String id = server.check(examples.get(0)).path("id").asString("");
        JsonNode receipt = Server.json(server.get("/v1/pre-checks/" + id + "/receipt"));
        JsonNode key = Server.json(server.get("/v1/keys")).path("keys").path(0);
        Map<String, Object> signed = new TreeMap<>();
        receipt.properties()
                .forEach(
                        f ->
                                signed.put(
                                        f.getKey(),
                                        f.getValue().isObject()
                                                ? new TreeMap<>(
                                                        JSON.convertValue(f.getValue(), Map.class))
                                                : f.getValue()));
        signed.remove("signature");
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(
                KeyFactory.getInstance("Ed25519")
                        .generatePublic(
                                new X509EncodedKeySpec(
                                        Base64.getDecoder()
                                                .decode(key.path("publicKey").asString("")))));
        ed25519.update(JSON.writeValueAsString(signed).getBytes(StandardCharsets.UTF_8));

        assertThat(
                        ed25519.verify(
                                Base64.getDecoder().decode(receipt.path("signature").asString(""))))
                .isTrue();
    }
}
