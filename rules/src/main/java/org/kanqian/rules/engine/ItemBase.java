package org.kanqian.rules.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final ApprovalItem item;
    private final List<Rule> rules;
    private final Map<String, List<Rule>> rulesOf = new LinkedHashMap<>();
    private final Map<String, Set<String>> factsOf = new LinkedHashMap<>();
    private final KieBase base;

    private ItemBase(ApprovalItem item, List<Rule> rules, KieBase base) {
        this.item = item;
        this.rules = List.copyOf(rules);
        this.base = base;
        for (RequirementPoint point : item.points()) {
            List<Rule> own = rules.stream().filter(r -> r.point().equals(point.id())).toList();
            rulesOf.put(point.id(), own);
            Set<String> facts = new LinkedHashSet<>();
            own.forEach(r -> r.conditions().forEach(c -> facts.addAll(c.facts())));
            factsOf.put(point.id(), facts);
        }
    }

    /**
     * Reads and compiles the rules of an item.
     *
     * @throws PackException with every fault of the item's rules
     */
    static ItemBase compile(StandardsPack pack, Sentences sentences, ApprovalItem item) {
        List<PackFault> faults = new ArrayList<>();
        List<Rule> rules = new RuleReader(pack, sentences, item, faults).read();
        if (!faults.isEmpty()) {
            throw new PackException(faults);
        }
        return new ItemBase(item, rules, build(item, drl(rules)));
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

    /** Fires every rule once over what is in {@code memory}. */
    Report run(List<Object> memory) {
        Report report = new Report();
        KieSession session = base.newKieSession();
        try {
            session.setGlobal("report", report);
            memory.forEach(session::insert);
            int most = rules.size() * memory.size() + 1;
            if (session.fireAllRules(most) >= most) {
                throw new IllegalStateException("rules of " + item.id() + " do not come to an end");
            }
        } finally {
            session.dispose();
        }
        return report;
    }

    private static String drl(List<Rule> rules) {
        StringBuilder drl = new StringBuilder("package kanqian.item;\n");
        for (Class<?> type : List.of(Check.class, Amount.class, Mark.class, Pick.class)) {
            drl.append("import ").append(type.getName()).append(";\n");
        }
        drl.append("global ").append(Report.class.getName()).append(" report;\n");
        for (Rule rule : rules) {
            drl.append("rule \"r").append(rule.index()).append("\"\nwhen\n");
            rule.patterns().forEach(p -> drl.append("  ").append(p).append('\n'));
            drl.append("then\n  ").append(rule.consequence()).append("\nend\n");
        }
        return drl.toString();
    }

    private static KieBase build(ApprovalItem item, String drl) {
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
