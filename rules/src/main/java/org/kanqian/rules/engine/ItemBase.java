package org.kanqian.rules.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.drools.compiler.kie.builder.impl.DrlProject;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.PackException;
import org.kanqian.rules.pack.PackFault;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.Text;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.runtime.KieSession;

/**
 * The compiled rules of one item. Immutable and shared by all checks; each check runs a session of
 * its own (a session that is reused gives wrong findings, see the decisions).
 *
 * <p>The officer's file is not given to Drools: what is compiled is written here, from the
 * grammar's templates and names out of the vocabulary.
 */
final class ItemBase {
    /** How many places and days are kept; a province has some two hundred districts. */
    private static final int MOST_LAWS = 400;

    private final ApprovalItem item;
    private final List<Rule> rules;
    private final Map<String, List<Rule>> rulesOf = new LinkedHashMap<>();
    private final Map<String, Set<String>> factsOf = new LinkedHashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Slots slots;
    private final int compiledRules;
    private final KieBase base;
    private final Map<Place, Law> laws = new ConcurrentHashMap<>();

    private record Place(Optional<String> region, LocalDate asOf) {}

    private ItemBase(ApprovalItem item, List<Rule> rules, Slots slots, KieBase base) {
        this(item, rules, slots, base, rules.size());
    }

    private ItemBase(
            ApprovalItem item, List<Rule> rules, Slots slots, KieBase base, int compiledRules) {
        this.compiledRules = compiledRules;
        this.slots = slots;
        this.item = item;
        this.rules = List.copyOf(rules);
        this.base = base;
        for (RequirementPoint point : item.points()) {
            List<Rule> own = rules.stream().filter(r -> r.point().equals(point.id())).toList();
            rulesOf.put(point.id(), own);
            Set<String> facts = new LinkedHashSet<>();
            own.forEach(r -> r.conditions().forEach(c -> facts.addAll(c.facts())));
            factsOf.put(point.id(), facts);
            places.put(point.id(), places.size());
        }
    }

    /**
     * Reads and compiles the rules of an item.
     *
     * @throws PackException with every fault of the item's rules
     */
    static ItemBase compile(StandardsPack pack, ApprovalItem item) {
        List<PackFault> faults = new ArrayList<>();
        Slots slots = new Slots();
        List<Rule> rules = new RuleReader(pack, item, slots, faults).read();
        if (!faults.isEmpty()) {
            throw new PackException(faults);
        }
        return new ItemBase(item, rules, slots.frozen(), build(item, drl(rules)));
    }

    ApprovalItem item() {
        return item;
    }

    List<Rule> rulesOf(String point) {
        return rulesOf.getOrDefault(point, List.of());
    }

    /** Names of all facts the rules of a point read, in the order they stand there. */
    Set<String> factsOf(String point) {
        return factsOf.getOrDefault(point, Set.of());
    }

    /** Whether what is found about the point here is true of every other item that has it. */
    boolean sharable(RequirementPoint point) {
        return point.common() && !factsOf(point.id()).contains("variant");
    }

    /** An empty world. */
    World world(int id) {
        return new World(id, item.points().size(), slots);
    }

    /** The point's place in the item, which its rules know it by. */
    int place(String point) {
        return places.getOrDefault(point, -1);
    }

    /**
     * What the item asks there and then.
     *
     * @throws org.kanqian.rules.inforce.NotInForceException where it has no law on that day
     */
    Law law(StandardsPack pack, Optional<String> region, LocalDate asOf) {
        Place key = new Place(region, asOf);
        Law law = laws.get(key);
        if (law == null) {
            law = Law.of(this, pack, region, asOf);
            if (laws.size() >= MOST_LAWS) {
                laws.clear();
            }
            laws.put(key, law);
        }
        return law;
    }

    /** The same compiled rules over other limits. */
    ItemBase withLimitsOf(ApprovalItem other) {
        return new ItemBase(other, rules, slots, base);
    }

    /** The same without one of its rules. */
    ItemBase without(Rule rule) {
        return new ItemBase(
                item, rules.stream().filter(r -> r != rule).toList(), slots, base, rules.size());
    }

    List<Rule> rules() {
        return rules;
    }

    /** Where the rules find what they read. */
    Slots slots() {
        return slots;
    }

    /** Fires every rule once in every world it holds in. */
    Report run(List<World> worlds) {
        Report report = new Report();
        KieSession session = base.newKieSession();
        try {
            session.setGlobal("report", report);
            worlds.forEach(session::insert);
            int most = compiledRules * worlds.size() + 1;
            if (session.fireAllRules(most) >= most) {
                throw new IllegalStateException("rules of " + item.id() + " do not come to an end");
            }
        } finally {
            session.dispose();
        }
        return report;
    }

    static String drl(List<Rule> rules) {
        StringBuilder drl = new StringBuilder("package kanqian.item;\n");
        drl.append("import ").append(World.class.getName()).append(";\n");
        drl.append("global ").append(Report.class.getName()).append(" report;\n");
        for (Rule rule : rules) {
            drl.append("rule \"r").append(rule.index()).append("\"\nwhen\n");
            drl.append("  $w : World(").append(String.join(", ", rule.constraints())).append(")\n");
            drl.append("then\n  ").append(rule.consequence()).append("\nend\n");
        }
        return drl.toString();
    }

    private static KieBase build(ApprovalItem item, String drl) {
        EmittedRules.check(drl);
        KieServices services = KieServices.get();
        ReleaseId id = services.newReleaseId("kanqian", item.id(), sha256(drl));
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(id);
        files.write(
                "src/main/resources/kanqian/item/rules.drl", drl.getBytes(StandardCharsets.UTF_8));
        KieBuilder builder = services.newKieBuilder(files);
        // The classic build: as fast to run as the executable model, a third of the build time and
        // heap.
        builder.buildAll(DrlProject.class);
        try {
            if (builder.getResults().hasMessages(Message.Level.ERROR)) {
                throw new PackException(
                        builder.getResults().getMessages(Message.Level.ERROR).stream()
                                .map(
                                        m ->
                                                new PackFault(
                                                        "items/" + item.id() + "/rules.dslr",
                                                        0,
                                                        0,
                                                        new Text(
                                                                "规则编译失败：" + m.getText(),
                                                                "The rules do not compile: "
                                                                        + m.getText())))
                                .toList());
            }
            return services.newKieContainer(id).getKieBase();
        } finally {
            // Keep the base, drop the module: nothing else frees the classes of replaced rules.
            services.getRepository().removeKieModule(id);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
