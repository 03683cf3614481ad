package org.kanqian.gis.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How types of rooms and fixtures are called and drawn: {@code kanqian/plan-types.tsv}. */
public final class Catalogue {
    private static final String FIXTURE = "fixture/";
    private static final Set<String> ROOM_LOOKS =
            Set.of(
                    "food",
                    "clean",
                    "wash",
                    "store",
                    "public",
                    "living",
                    "service",
                    "work",
                    "medical",
                    "circulation",
                    "outdoor");

    /** Of words that stand for several types. */
    private static final String GROUP = "group";

    private static final Map<String, Entry> ENTRIES = read();

    private Catalogue() {}

    /**
     * One type.
     *
     * @param look colour of a room, symbol of a fixture
     */
    public record Entry(String type, String look, String zh, String en) {}

    /** A type's entry; one nobody listed is drawn plainly and goes by its code. */
    public static Entry of(String type) {
        Entry known = ENTRIES.get(type);
        String code = type.replace('_', ' ');
        return known != null ? known : new Entry(type, "plain", code, code);
    }

    /** As {@link #of}, of a fixture: some types mean a room and what stands in it. */
    public static Entry fixture(String type) {
        Entry own = ENTRIES.get(FIXTURE + type);
        return own != null ? own : of(type);
    }

    /** Every listed type of room, as listed. */
    public static List<Entry> rooms() {
        return ENTRIES.values().stream().filter(e -> ROOM_LOOKS.contains(e.look())).toList();
    }

    /** Every listed type of fixture, as listed. */
    public static List<Entry> fixtures() {
        return ENTRIES.values().stream()
                .filter(e -> !ROOM_LOOKS.contains(e.look()) && !e.look().equals(GROUP))
                .toList();
    }

    /** Every type that is not of fixtures only, in the order of the file. */
    public static List<String> types() {
        return ENTRIES.keySet().stream().filter(t -> !t.startsWith(FIXTURE)).toList();
    }

    /** Whether a type is listed among the rooms, and not among the fixtures too. */
    static boolean roomOnly(String type) {
        return ROOM_LOOKS.contains(fixture(type).look());
    }

    static boolean lists(String type) {
        return ENTRIES.containsKey(type) || ENTRIES.containsKey(FIXTURE + type);
    }

    private static Map<String, Entry> read() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try (InputStream in = Catalogue.class.getResourceAsStream("/kanqian/plan-types.tsv")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(l -> l.split("\t"))
                    .forEach(
                            f ->
                                    entries.put(
                                            f[0],
                                            new Entry(
                                                    f[0].replace(FIXTURE, ""), f[1], f[2], f[3])));
            return Collections.unmodifiableMap(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
