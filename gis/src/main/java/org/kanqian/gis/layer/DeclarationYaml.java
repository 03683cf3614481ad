package org.kanqian.gis.layer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The text of a {@code layer.yaml}: UTF-8, one mapping. Aliases and deep nesting are refused before
 * anything is built of them; the parser walks, it does not recurse, so that it can tell.
 */
final class DeclarationYaml {
    private static final int DEEPEST = 12;
    private static final LoadSettings SETTINGS =
            LoadSettings.builder()
                    .setMaxAliasesForCollections(0)
                    .setAllowDuplicateKeys(false)
                    .setAllowRecursiveKeys(false)
                    .build();

    private DeclarationYaml() {}

    /** The mapping in these bytes, or nothing and a fault. */
    static Optional<Map<String, Object>> read(byte[] bytes, Faults faults)
            throws Faults.TooManyFaults {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            faults.add("layer.yaml 不是 UTF-8 编码，请另存为 UTF-8", "layer.yaml is not in UTF-8");
            return Optional.empty();
        }
        try {
            if (!plain(text, faults)) {
                return Optional.empty();
            }
            @Nullable Object root = new Load(SETTINGS).loadFromString(text);
            if (root instanceof Map<?, ?> map
                    && map.keySet().stream().allMatch(String.class::isInstance)) {
                @SuppressWarnings("unchecked") // every key was just seen to be text
                Map<String, Object> fields = (Map<String, Object>) map;
                return Optional.of(fields);
            }
            faults.add("layer.yaml 应为“键: 值”", "layer.yaml must be a mapping");
        } catch (YamlEngineException e) {
            faults.add("不是合法的 YAML", "not valid YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static boolean plain(String text, Faults faults) throws Faults.TooManyFaults {
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            if (event instanceof AliasEvent) {
                faults.add("layer.yaml 里不能用别名（*）", "aliases (*) have no place in layer.yaml");
                return false;
            }
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                faults.add("layer.yaml 嵌套太深", "layer.yaml is nested too deeply");
                return false;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return true;
    }
}
