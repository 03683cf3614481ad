package org.kanqian.gis.plan.importing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Which type a name on a drawing stands for: what the settings say, then {@code
 * kanqian/plan-names.yaml}. A Chinese name counts wherever it stands in the text, an English one as
 * whole words; the longest wins.
 */
final class TypeNames {
    /** The type of what no dictionary knows. */
    static final String UNKNOWN = "unknown";

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Map<String, Map<String, String>> DICTIONARY = dictionary();

    private final Map<String, String> types = new LinkedHashMap<>();

    private TypeNames(String section, Map<String, String> own) {
        types.putAll(Objects.requireNonNull(DICTIONARY.get(section)));
        own.forEach((name, type) -> types.put(normal(name), type));
    }

    static TypeNames rooms(ImportSettings settings) {
        return new TypeNames("rooms", settings.rooms());
    }

    static TypeNames fixtures(ImportSettings settings) {
        return new TypeNames("fixtures", settings.fixtures());
    }

    Optional<String> type(String text) {
        String name = normal(text);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String best = "";
        String padded = " " + name + " ";
        String tight = name.replace(" ", "");
        for (String known : types.keySet()) {
            boolean fits =
                    latin(known)
                            ? padded.contains(" " + known + " ")
                            : tight.contains(known.replace(" ", ""));
            if (fits && known.length() > best.length()) {
                best = known;
            }
        }
        return Optional.ofNullable(types.get(best));
    }

    private static boolean latin(String text) {
        return text.codePoints().allMatch(c -> c < 0x2E80);
    }

    /** Upper case, words apart, numbers at the end of words apart. */
    private static String normal(String text) {
        String words = text.toUpperCase(Locale.ROOT).replaceAll("(?<=\\p{L})(?=\\d)", " ");
        return NO_WORD.matcher(words).replaceAll(" ").strip();
    }

    private static Map<String, Map<String, String>> dictionary() {
        try (InputStream in =
                Objects.requireNonNull(
                        TypeNames.class.getResourceAsStream("/kanqian/plan-names.yaml"))) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Map<String, String>> read = new LinkedHashMap<>();
            Map<?, ?> root =
                    (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
            for (Map.Entry<?, ?> section : Objects.requireNonNull(root).entrySet()) {
                Map<String, String> types = new LinkedHashMap<>();
                for (Map.Entry<?, ?> type : ((Map<?, ?>) section.getValue()).entrySet()) {
                    for (Object name : (List<?>) type.getValue()) {
                        types.put(normal(String.valueOf(name)), String.valueOf(type.getKey()));
                    }
                }
                read.put(String.valueOf(section.getKey()), types);
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
