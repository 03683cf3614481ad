package org.kanqian.rules.pack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** YAML made to hurt: refused with the file's name, in bounded time and memory. */
class HostileYamlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The billion laughs.
                "a: &a [x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b]\nlaws: *c\n",
                "laws: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]\n",
                "laws: {a: 1, a: 2}\n",
                "laws:\n  <<: {x: 1}\n",
                "laws: [\n",
                "\u0000",
                "- a\n- b\n",
                "laws: {x: {title: 标题, in_force: 2020-13-40}}\n"
            })
    void aHostileFileIsRefusedByName(String yaml) {
        assertRefused(yaml);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000})
    void deepNestingIsRefused(int depth) {
        assertRefused("laws: " + "[".repeat(depth) + "]".repeat(depth) + "\n");
    }

    private static void assertRefused(String laws) {
        assertThatThrownBy(() -> StandardsPack.load(smallPackWith(laws)))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("laws.yaml");
    }

    private static PackSource smallPackWith(String laws) throws URISyntaxException {
        PackSource small =
                PackSource.directory(
                        Path.of(
                                Objects.requireNonNull(
                                                HostileYamlTest.class.getResource("/packs/small"))
                                        .toURI()));
        return path ->
                path.equals("laws.yaml")
                        ? Optional.of(laws.getBytes(StandardCharsets.UTF_8))
                        : small.read(path);
    }
}
