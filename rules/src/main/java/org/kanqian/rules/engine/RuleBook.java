package org.kanqian.rules.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.inforce.InForce;
import org.kanqian.rules.inforce.NotInForceException;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.PackException;
import org.kanqian.rules.pack.PackFault;
import org.kanqian.rules.pack.Parameter;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.Text;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Fix;
import org.kanqian.rules.verdict.ItemJudgement;
import org.kanqian.rules.verdict.JointFinding;
import org.kanqian.rules.verdict.Judgement;
import org.kanqian.rules.verdict.Question;
import org.kanqian.rules.verdict.Status;
import org.kanqian.rules.verdict.Verdict;

/**
 * A standards pack, compiled: judges what is known about premises. Immutable and safe to share;
 * built once and swapped whole.
 */
public final class RuleBook {
    /** Stands for the site's region among questions and answers: a six-digit GB/T 2260 code. */
    public static final String REGION = "site.region";

    private static final FactDefinition REGION_FACT =
            new FactDefinition(
                    REGION,
                    "所在行政区划",
                    FactDefinition.Type.CHOICE,
                    "",
                    Set.of(FactDefinition.Source.MAP, FactDefinition.Source.ANSWER),
                    new Text(
                            "店铺在哪个区（县）？请填六位行政区划代码。",
                            "Which district is the shop in? Give its six-digit code."),
                    new Text(
                            "各地另有规定的，要先知道在哪里才能判断。",
                            "Places have rules of their own; which apply depends on where it is."),
                    List.of(),
                    null,
                    null,
                    Optional.empty(),
                    null);

    private final StandardsPack pack;
    private final Map<String, ItemBase> bases;

    private RuleBook(StandardsPack pack, Map<String, ItemBase> bases) {
        this.pack = pack;
        this.bases = Map.copyOf(bases);
    }

    /**
     * Compiles every item of a pack.
     *
     * @throws PackException with the faults of all items' rules
     */
    public static RuleBook compile(StandardsPack pack) {
        return compile(pack, Optional.empty());
    }

    /**
     * Compiles the next state of a pack: items that read the same, in the same words, keep the rule
     * bases they have here.
     *
     * @throws PackException as {@link #compile}; this book is not touched
     */
    public RuleBook next(StandardsPack pack) {
        return compile(pack, Optional.of(this));
    }

    private static RuleBook compile(StandardsPack pack, Optional<RuleBook> before) {
        Optional<RuleBook> sameWords = before.filter(b -> b.pack.speaksLike(pack));
        List<PackFault> faults = new ArrayList<>();
        Map<String, ItemBase> bases = new LinkedHashMap<>();
        for (ApprovalItem item : pack.items()) {
            Optional<ItemBase> same =
                    sameWords
                            .flatMap(b -> Optional.ofNullable(b.bases.get(item.id())))
                            .filter(b -> b.item().equals(item));
            try {
                bases.put(item.id(), same.isPresent() ? same.get() : ItemBase.compile(pack, item));
            } catch (PackException e) {
                faults.addAll(e.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new PackException(faults);
        }
        return new RuleBook(pack, bases);
    }

    /**
     * The items whose rules were compiled, or whose worked cases were read, anew since {@code
     * before}; in the order of the pack.
     */
    public List<String> changedSince(RuleBook before) {
        return pack.items().stream()
                .map(ApprovalItem::id)
                .filter(
                        id ->
                                bases.get(id) != before.bases.get(id)
                                        || !pack.casesOf(id).equals(before.pack.casesOf(id)))
                .toList();
    }

    /**
     * Every small mutation of an item that some worked case ought to notice: each limit one step
     * stricter and one step looser, each rule left out. Nothing is compiled anew.
     */
    public List<Mutant> mutants(String item) {
        ItemBase base = base(item);
        List<Mutant> mutants = new ArrayList<>();
        for (RequirementPoint point : base.item().points()) {
            for (Parameter limit : point.limits().values()) {
                for (int i = 0; i < limit.values().size(); i++) {
                    for (int sign : new int[] {1, -1}) {
                        Parameter other = limit.shifted(i, sign, step(base, point, limit));
                        mutants.add(
                                new Mutant(
                                        point.id(),
                                        new Text(
                                                "限值 "
                                                        + limit.name()
                                                        + "："
                                                        + limit.values().get(i).value()
                                                        + " → "
                                                        + other.values().get(i).value(),
                                                "limit " + limit.name() + " shifted"),
                                        with(
                                                base.withLimitsOf(
                                                        base.item().with(point.with(other))))));
                    }
                }
            }
        }
        for (Rule rule : base.rules()) {
            mutants.add(
                    new Mutant(
                            rule.point(),
                            new Text(
                                    "去掉规则“" + rule.title() + "”", "rule left out: " + rule.title()),
                            with(base.without(rule))));
        }
        return mutants;
    }

    /** One mutation and the book it makes. */
    public record Mutant(String point, Text what, RuleBook book) {}

    private RuleBook with(ItemBase other) {
        Map<String, ItemBase> all = new LinkedHashMap<>(bases);
        all.put(other.item().id(), other);
        return new RuleBook(pack, all);
    }

    /**
     * A step that a case beside the limit can tell: one for counts, else a hundredth, at least 0.1.
     */
    private BigDecimal step(ItemBase base, RequirementPoint point, Parameter limit) {
        boolean counts =
                base.rulesOf(point.id()).stream()
                        .flatMap(r -> r.conditions().stream())
                        .filter(Condition.Comparison.class::isInstance)
                        .map(Condition.Comparison.class::cast)
                        .filter(
                                c ->
                                        c.right() instanceof Term.Limit l
                                                && l.parameter().equals(limit.name()))
                        .flatMap(c -> c.left().facts().stream())
                        .map(f -> pack.fact(f).orElseThrow().type())
                        .allMatch(t -> t == FactDefinition.Type.INTEGER);
        return counts ? BigDecimal.ONE : new BigDecimal("0.1");
    }

    /** The limits the rules of a point compare something with. */
    public Set<String> limitsReadBy(String item, String point) {
        Set<String> limits = new LinkedHashSet<>();
        for (Rule rule : base(item).rulesOf(point)) {
            for (Condition condition : rule.conditions()) {
                if (condition instanceof Condition.Comparison c
                        && c.right() instanceof Term.Limit l) {
                    limits.add(l.parameter());
                }
            }
        }
        return limits;
    }

    /** A rule that can never fire, or never says anything another has not said. */
    public record DeadRule(String file, int line, Text why) {}

    /**
     * The rules of an item that can never fire, whatever the facts, with every value of its limits.
     */
    public List<DeadRule> deadRules(String item) {
        ItemBase base = base(item);
        return base.rules().stream()
                .flatMap(
                        r ->
                                DeadRules.why(r, base, pack)
                                        .map(w -> new DeadRule(r.file(), r.line(), w))
                                        .stream())
                .toList();
    }

    /** The pack it was compiled from. */
    public StandardsPack pack() {
        return pack;
    }

    /** The fact of that name, {@link #REGION} included. */
    public Optional<FactDefinition> fact(String name) {
        return name.equals(REGION) ? Optional.of(REGION_FACT) : pack.fact(name);
    }

    /** Every fact the rules of an item read, in name order. */
    public List<String> factsOf(String item) {
        ItemBase base = base(item);
        return base.item().points().stream()
                .flatMap(p -> base.factsOf(p.id()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Every fact the rules of one point of an item read, in name order. */
    public List<String> factsOf(String item, String point) {
        return base(item).factsOf(point).stream().sorted().toList();
    }

    /**
     * Judges premises.
     *
     * @throws IllegalArgumentException for an item the pack does not hold
     * @throws NotInForceException where an item has no law yet on that day, or a limit none any
     *     more
     */
    public Judgement judge(Inquiry inquiry) {
        Verdict verdict = Verdict.PASS;
        List<ItemJudgement> items = new ArrayList<>();
        Questions questions = new Questions();
        Judge.Shared shared = new Judge.Shared();
        List<Contradictions.Side> sides = new ArrayList<>();
        for (Inquiry.ItemInquiry asked : inquiry.items()) {
            ItemBase base = base(asked.item());
            Facts facts =
                    new Facts(
                            pack,
                            base,
                            inquiry.facts(),
                            asked.variant(),
                            inquiry.region(),
                            inquiry.asOf());
            List<Judge.Judged> judged = judgeOn(base, facts, shared);
            boolean regionOpen = inquiry.region().isEmpty() && facts.law().regional();
            Verdict itemVerdict = verdict(judged, regionOpen);
            if (itemVerdict != Verdict.WRONG_SITE) {
                questions.add(base.item().id(), judged, regionOpen);
            }
            List<Finding> findings = ahead(base, facts, judged, inquiry);
            items.add(
                    new ItemJudgement(
                            base.item(), itemVerdict, findings, score(base.item(), judged)));
            sides.add(new Contradictions.Side(base, facts, judged));
            verdict = verdict.and(itemVerdict);
        }
        List<JointFinding> joint = Joint.of(items);
        return new Judgement(
                verdict,
                items,
                fixes(items, joint),
                questions.ranked(this, inquiry.facts()),
                joint,
                Contradictions.among(sides));
    }

    private static Optional<ItemJudgement.Score> score(
            ApprovalItem item, List<Judge.Judged> judged) {
        return item.score()
                .map(
                        sheet -> {
                            BigDecimal lost = BigDecimal.ZERO;
                            BigDecimal open = BigDecimal.ZERO;
                            for (Judge.Judged j : judged) {
                                BigDecimal score = j.finding().point().score();
                                switch (j.finding().status()) {
                                    case VIOLATED -> lost = lost.add(score);
                                    case UNKNOWN, MARGINAL, VISIT -> open = open.add(score);
                                    default -> {}
                                }
                            }
                            BigDecimal most = sheet.of().subtract(lost);
                            return new ItemJudgement.Score(
                                    most.subtract(open), most, sheet.of(), sheet.pass());
                        });
    }

    private ItemBase base(String item) {
        ItemBase base = bases.get(item);
        if (base == null) {
            throw new IllegalArgumentException("no such item: " + item);
        }
        return base;
    }

    private static List<Judge.Judged> judgeOn(ItemBase base, Facts facts, Judge.Shared shared) {
        return new Judge(base, facts, shared).judge();
    }

    private static Verdict verdict(List<Judge.Judged> judged, boolean regionOpen) {
        Verdict verdict = regionOpen ? Verdict.NEED_INFO : Verdict.PASS;
        for (Judge.Judged j : judged) {
            verdict = verdict.and(verdict(j.finding()));
        }
        return verdict;
    }

    private static Verdict verdict(Finding finding) {
        switch (finding.status()) {
            case VIOLATED:
                return finding.point().curable() ? Verdict.FIX : Verdict.WRONG_SITE;
            case UNKNOWN:
            case MARGINAL:
                return Verdict.NEED_INFO;
            default:
                return Verdict.PASS;
        }
    }

    /** The findings with what later law makes of them; points that only begin later come last. */
    private List<Finding> ahead(
            ItemBase base, Facts facts, List<Judge.Judged> now, Inquiry inquiry) {
        List<Finding> findings = now.stream().map(Judge.Judged::finding).toList();
        SortedSet<LocalDate> days =
                InForce.changes(
                        base.item(),
                        facts.region(),
                        facts.asOf(),
                        facts.asOf().plusMonths(inquiry.aheadMonths()));
        if (days.isEmpty()) {
            return findings;
        }
        Map<String, Finding> byPoint = new LinkedHashMap<>();
        Map<String, List<Finding.Ahead>> changes = new LinkedHashMap<>();
        Map<String, Status> last = new LinkedHashMap<>();
        findings.forEach(
                f -> {
                    byPoint.put(f.point().id(), f);
                    last.put(f.point().id(), f.status());
                });
        for (LocalDate day : days) {
            Facts then = facts.on(day);
            Map<String, Finding> later = new LinkedHashMap<>();
            judgeOn(base, then, new Judge.Shared())
                    .forEach(j -> later.put(j.finding().point().id(), j.finding()));
            later.forEach(byPoint::putIfAbsent);
            byPoint.keySet()
                    .forEach(
                            id -> {
                                Status status =
                                        Optional.ofNullable(later.get(id))
                                                .map(Finding::status)
                                                .orElse(Status.NOT_APPLICABLE);
                                if (last.getOrDefault(id, Status.NOT_APPLICABLE) != status) {
                                    last.put(id, status);
                                    changes.computeIfAbsent(id, i -> new ArrayList<>())
                                            .add(new Finding.Ahead(day, status));
                                }
                            });
        }
        Set<String> current = new LinkedHashSet<>();
        findings.forEach(f -> current.add(f.point().id()));
        return byPoint.values().stream()
                .map(
                        f ->
                                f.lookingAhead(
                                        current.contains(f.point().id())
                                                ? f.status()
                                                : Status.NOT_APPLICABLE,
                                        changes.getOrDefault(f.point().id(), List.of())))
                .toList();
    }

    private static List<Fix> fixes(List<ItemJudgement> items, List<JointFinding> joint) {
        Map<String, Fix> fixes = new LinkedHashMap<>();
        for (ItemJudgement item : items) {
            for (Finding finding : item.findings()) {
                if (finding.status() == Status.VIOLATED && finding.point().curable()) {
                    String id = item.item().id();
                    fixes.merge(
                            finding.point().id() + " " + finding.point().fix().zh(),
                            new Fix(finding.point(), asked(finding, joint), List.of(id)),
                            (a, b) -> {
                                List<String> both = new ArrayList<>(a.items());
                                both.addAll(b.items());
                                return new Fix(a.point(), a.asked(), both);
                            });
                }
            }
        }
        return fixes.values().stream()
                .sorted(Comparator.comparing(f -> f.point().severity()))
                .toList();
    }

    /** What mending must reach: for a common point the strictest any of the items asks. */
    private static Text asked(Finding finding, List<JointFinding> joint) {
        return joint.stream()
                .filter(
                        j ->
                                finding.point().common()
                                        && j.point().id().equals(finding.point().id()))
                .map(JointFinding::text)
                .findFirst()
                .orElse(finding.text());
    }

    /** Gathers what is missing over all items and ranks it. */
    private static final class Questions {
        private final Map<String, List<String>> decides = new LinkedHashMap<>();
        private final Map<String, Integer> settles = new LinkedHashMap<>();
        private final Map<String, Integer> stage = new LinkedHashMap<>();

        void add(String item, List<Judge.Judged> judged, boolean regionOpen) {
            if (regionOpen) {
                note(REGION, item, -1);
            }
            for (Judge.Judged j : judged) {
                Finding finding = j.finding();
                for (String fact : finding.missing()) {
                    note(
                            fact,
                            item + "/" + finding.point().id(),
                            finding.point().stage().ordinal());
                    if (j.settles().contains(fact)) {
                        settles.merge(fact, 1, Integer::sum);
                    }
                }
            }
        }

        private void note(String fact, String decided, int at) {
            List<String> list = decides.computeIfAbsent(fact, f -> new ArrayList<>());
            if (!list.contains(decided)) {
                list.add(decided);
            }
            stage.merge(fact, at, Math::min);
        }

        /** Siting first; then what settles most points at once, then what bears on most. */
        List<Question> ranked(RuleBook book, FactSheet facts) {
            return decides.entrySet().stream()
                    .sorted(
                            Comparator.comparingInt(
                                            (Map.Entry<String, List<String>> e) ->
                                                    stage.getOrDefault(e.getKey(), 0))
                                    .thenComparingInt(e -> -settles.getOrDefault(e.getKey(), 0))
                                    .thenComparingInt(e -> -e.getValue().size())
                                    .thenComparing(Map.Entry::getKey))
                    .map(
                            e ->
                                    new Question(
                                            book.fact(e.getKey()).orElseThrow(),
                                            facts.get(e.getKey()),
                                            e.getValue()))
                    .toList();
        }
    }
}
