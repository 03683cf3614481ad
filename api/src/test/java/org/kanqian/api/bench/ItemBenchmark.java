package org.kanqian.api.bench;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.kanqian.rules.engine.Inquiry;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Provenance;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Judgement;
import org.kanqian.rules.verdict.Status;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One item, an internet café in Beijing with everything known, judged by the engine and by the same
 * conditions written out in Java. {@link #judgeItem} also resolves the law in force, fills in the
 * texts and gathers citations and reasons; {@link #referenceHandWritten} only decides each point.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ItemBenchmark {
    private final RuleBook book = RuleBook.compile(StandardsPack.load(PackSource.classPath()));
    private final FactSheet sheet = sheet();
    private final Inquiry inquiry =
            new Inquiry(
                    List.of(new Inquiry.ItemInquiry("internet-cafe", Optional.of("网吧"))),
                    sheet,
                    Optional.of("110108"),
                    LocalDate.of(2026, 11, 23),
                    0);

    private final List<Finding> template = book.judge(inquiry).items().get(0).findings();

    /** Checks that both say the same before anything is timed. */
    public ItemBenchmark() {
        Map<String, String> engine = new HashMap<>();
        for (Finding f : judgeItem().items().get(0).findings()) {
            if (!f.status().name().equals("VISIT")) {
                engine.put(f.point().id(), f.status().name());
            }
        }
        Map<String, String> byHand = referenceHandWritten();
        if (!engine.equals(byHand)) {
            throw new IllegalStateException(engine + " is not " + byHand);
        }
    }

    /** The engine. */
    @Benchmark
    public Judgement judgeItem() {
        return book.judge(inquiry);
    }

    /**
     * The same points in plain Java, with what an answer needs of each: text, clauses, what was
     * measured and required, the facts read and the sentences that held it back.
     */
    @Benchmark
    public List<Finding> handWrittenAnswer() {
        List<Finding> findings = new ArrayList<>(template.size());
        Map<String, String> decided = referenceHandWritten();
        for (Finding f : template) {
            List<Finding.Because> because = new ArrayList<>(f.because().size());
            for (Finding.Because b : f.because()) {
                because.add(new Finding.Because(b.fact(), b.label(), sheet.get(b.fact())));
            }
            List<Finding.RuleTrace> rules = new ArrayList<>(f.rules().size());
            for (Finding.RuleTrace r : f.rules()) {
                rules.add(
                        new Finding.RuleTrace(
                                r.name(), r.file(), r.line(), false, r.sentences(), r.sentences()));
            }
            String status = decided.getOrDefault(f.point().id(), "VISIT");
            findings.add(
                    new Finding(
                            f.point(),
                            Status.valueOf(status),
                            f.text(),
                            f.basis(),
                            f.measured(),
                            f.required(),
                            because,
                            List.of(),
                            rules,
                            f.limits(),
                            List.of()));
        }
        return findings;
    }

    /** The same fifteen points in plain Java. */
    @Benchmark
    public Map<String, String> referenceHandWritten() {
        Map<String, String> found = new HashMap<>();
        put(
                found,
                "beijing-200",
                number("site.distance.school") < 200 || number("site.distance.kindergarten") < 200);
        put(
                found,
                "no-residential",
                flag("site.building.residential") || flag("site.inside.residential_compound"));
        put(found, "min-area-20", number("plan.area.business") < 20);
        put(
                found,
                "area-per-computer",
                number("plan.area.business") / number("plan.count.computer") < 2);
        put(found, "security-tech", !flag("document.network_security_commitment"));
        put(found, "fixed-ip", !flag("facility.fixed_ip"));
        put(found, "staff-qualified", !flag("staff.internet_managers"));
        put(found, "fire-conditions", !flag("document.fire_safety_check"));
        put(found, "two-exits", number("plan.exits") < 2);
        put(found, "no-window-bars", flag("plan.windows_barred"));
        put(found, "open-8-24", !flag("management.open_8_to_24"));
        put(found, "id-check", !flag("management.id_registration"));
        put(found, "no-minor", !flag("management.no_minors"));
        put(found, "premises-right", !flag("document.premises_right"));
        put(found, "floor-plan", !flag("document.floor_plan"));
        return found;
    }

    private static void put(Map<String, String> found, String point, boolean violated) {
        found.put(point, violated ? "VIOLATED" : "MET");
    }

    private double number(String fact) {
        return ((FactValue.Number) sheet.get(fact)).value().doubleValue();
    }

    private boolean flag(String fact) {
        return ((FactValue.Flag) sheet.get(fact)).value();
    }

    private FactSheet sheet() {
        Map<String, FactValue> values = new HashMap<>();
        Provenance from = new Provenance.Answer();
        List<String> numbers =
                new ArrayList<>(List.of("site.distance.school", "site.distance.kindergarten"));
        numbers.addAll(List.of("plan.area.business", "plan.count.computer", "plan.exits"));
        int[] known = {400, 150, 200, 120, 2};
        for (int i = 0; i < known.length; i++) {
            String unit = book.fact(numbers.get(i)).orElseThrow().unit();
            values.put(
                    numbers.get(i),
                    FactValue.Number.exact(BigDecimal.valueOf(known[i]), unit, from));
        }
        for (String fact : book.factsOf("internet-cafe")) {
            book.fact(fact)
                    .filter(f -> f.type().name().equals("BOOLEAN"))
                    .ifPresent(
                            f ->
                                    values.put(
                                            f.name(),
                                            new FactValue.Flag(
                                                    !f.name().startsWith("site.")
                                                            && !f.name().startsWith("plan."),
                                                    from)));
        }
        return FactSheet.of(values);
    }
}
