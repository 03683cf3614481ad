package org.kanqian.gis.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.kanqian.gis.plan.FloorPlan.FlowKind;

/** What has to be drawn or stated so that a plan can tell a fact. */
public final class PlanVocabulary {
    private static final String ROOM_ATTRIBUTE = "plan.room.<type>.<attribute>";
    private static final String TYPE_ATTRIBUTE = "plan.<type>.<attribute>";
    private static final String PREMISES_ATTRIBUTE = "plan.<attribute>";

    /** Facts that look at types their names do not hold. */
    private static final Map<String, String> UNNAMED =
            Map.of(
                    "plan.mixed_with_living", "living",
                    "plan.cctv.covers_all_rooms", "camera",
                    "plan.floors.served", "dining",
                    "plan.has.partition_processing_dining", "partition");

    private static final Map<String, Set<FlowKind>> FLOWS =
            Map.of(
                    "plan.flow.crosses", EnumSet.of(FlowKind.FOOD, FlowKind.DISH_RETURN),
                    "plan.flow.raw_to_ready", EnumSet.of(FlowKind.FOOD),
                    "plan.flow.dish_return_separate",
                            EnumSet.of(FlowKind.FOOD, FlowKind.DISH_RETURN),
                    "plan.flow.people_material_separate",
                            EnumSet.of(FlowKind.PEOPLE, FlowKind.MATERIAL),
                    "plan.flow.clean_dirty", EnumSet.of(FlowKind.CLEAN, FlowKind.DIRTY));

    private static final List<Statement> STATEMENTS = read();

    private PlanVocabulary() {}

    /** What a statement is about. */
    public enum Of {
        ROOM,
        DOOR,
        WINDOW,
        FIXTURE,
        /** The premises as a whole: the plan's own {@code attributes}. */
        PREMISES
    }

    /**
     * An attribute a plan may give to one of its parts.
     *
     * @param type boolean, number or integer
     * @param unit empty for none
     * @param facts patterns of the facts it helps to tell; {@code *} stands for one word
     */
    public record Statement(
            Of of, String key, String type, String unit, String zh, String en, List<String> facts) {
        public Statement {
            facts = List.copyOf(facts);
        }

        /** Whether the fact is told with its help. */
        public boolean helps(String fact) {
            return facts.stream()
                    .anyMatch(f -> fact.matches(f.replace(".", "\\.").replace("*", "[a-z0-9_]+")));
        }
    }

    /**
     * The attributes that no fact's name tells, as listed in {@code kanqian/plan-statements.tsv}.
     */
    public static List<Statement> statements() {
        return STATEMENTS;
    }

    /**
     * The attribute a fact's own name asks for: {@code open_drain} of special rooms for {@code
     * plan.room.special_room.open_drain}; of the premises for a fact no drawing can tell. Empty if
     * the fact is measured, or told by a {@linkplain #statements() listed} attribute.
     *
     * @return of what, and its key
     */
    public static Optional<Named> named(String fact) {
        if (!fact.startsWith("plan.") || PlanSurveyor.measures(fact)) {
            return Optional.empty();
        }
        String pattern = PlanSurveyor.method(fact).map(t -> t.pattern()).orElse("");
        String[] words = fact.split("\\.");
        String last = words[words.length - 1];
        boolean listed = STATEMENTS.stream().anyMatch(s -> s.helps(fact));
        if (pattern.equals(ROOM_ATTRIBUTE) && !listed && !last.startsWith("has_")) {
            return Optional.of(new Named(Of.ROOM, last, PlanSurveyor.typesOf(words[2])));
        }
        if (pattern.equals(TYPE_ATTRIBUTE) && Catalogue.lists(words[1]) && !listed) {
            Of of = Catalogue.roomOnly(words[1]) ? Of.ROOM : Of.FIXTURE;
            return Optional.of(new Named(of, last, PlanSurveyor.typesOf(words[1])));
        }
        boolean drawn =
                !pattern.isEmpty()
                        && !pattern.equals(TYPE_ATTRIBUTE)
                        && !pattern.equals(PREMISES_ATTRIBUTE);
        return drawn || listed
                ? Optional.empty()
                : Optional.of(new Named(Of.PREMISES, fact.substring("plan.".length()), Set.of()));
    }

    /**
     * An attribute named by a fact.
     *
     * @param types of the rooms or fixtures it is stated of; empty for the premises
     */
    public record Named(Of of, String key, Set<String> types) {
        public Named {
            types = Set.copyOf(types);
        }
    }

    /** Types of rooms and fixtures a fact is read from; empty if it looks at none in particular. */
    public static Set<String> typesIn(String fact) {
        Set<String> types = new TreeSet<>();
        if (fact.startsWith("plan.")) {
            Arrays.stream(fact.split("\\."))
                    .skip(1)
                    .map(w -> w.replaceFirst("^(has|area_per)_", ""))
                    .map(w -> Catalogue.lists(w) ? w : w.replaceFirst("s$", ""))
                    .filter(w -> Catalogue.lists(w) || Types.allGroups().contains(w))
                    .forEach(w -> types.addAll(Types.members(w)));
            Optional.ofNullable(UNNAMED.get(fact)).ifPresent(w -> types.addAll(Types.members(w)));
        }
        return types;
    }

    /** Flows a fact is read from. */
    public static Set<FlowKind> flowsIn(String fact) {
        return FLOWS.getOrDefault(fact, Set.of());
    }

    private static List<Statement> read() {
        try (InputStream in =
                PlanVocabulary.class.getResourceAsStream("/kanqian/plan-statements.tsv")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(l -> l.split("\t"))
                    .map(
                            f ->
                                    new Statement(
                                            Of.valueOf(f[0].toUpperCase(Locale.ROOT)),
                                            f[1],
                                            f[2],
                                            f[3].equals("-") ? "" : f[3],
                                            f[4],
                                            f[5],
                                            List.of(f[6].split(" "))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
