package org.kanqian.api.precheck;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.api.receipt.CanonicalJson;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.plan.PlanSurvey;
import org.kanqian.gis.plan.PlanSurveyor;
import org.kanqian.gis.survey.SiteInputException;
import org.kanqian.gis.survey.SiteSurvey;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.Inquiry;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.inforce.NotInForceException;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.Text;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Judgement;
import tools.jackson.databind.JsonNode;

/**
 * Answers pre-checks from one rule book and one set of layers. Knows neither Spring nor a database,
 * does no I/O, and is safe to share; whoever loads another pack makes another service.
 */
public final class PreCheckService {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RuleBook book;
    private final SiteSurveyor surveyor;
    private final Signer signer;
    private final Clock clock;
    private final AnswerWriter writer;
    private final List<String> planFacts;

    public PreCheckService(RuleBook book, SiteSurveyor surveyor, Signer signer, Clock clock) {
        this.book = book;
        this.surveyor = surveyor;
        this.signer = signer;
        this.clock = clock;
        this.writer = new AnswerWriter(book.pack());
        this.planFacts =
                book.pack().facts().stream()
                        .filter(f -> f.sources().contains(FactDefinition.Source.PLAN))
                        .map(FactDefinition::name)
                        .toList();
    }

    /** The same service with another rule book. */
    public PreCheckService with(RuleBook other) {
        return new PreCheckService(other, surveyor, signer, clock);
    }

    public StandardsPack pack() {
        return book.pack();
    }

    /** The rule book it judges by. */
    public RuleBook book() {
        return book;
    }

    /** What it surveys sites on. */
    public SiteSurveyor surveyor() {
        return surveyor;
    }

    /** Today, where the service is: the day a request without {@code asOf} is judged on. */
    public LocalDate today() {
        return LocalDate.now(clock);
    }

    /**
     * Answers one request.
     *
     * @param body as it arrived
     * @throws ProblemException if the request cannot be answered
     */
    public PreCheckAnswer check(JsonNode body) {
        PreCheckRequest request = RequestReader.read(body, book.pack());
        LocalDate asOf = request.asOf().orElseGet(this::today);
        SiteSurvey survey = survey(request, asOf);
        Optional<PlanSurvey> plan = request.plan().map(p -> PlanSurveyor.survey(p, planFacts));
        List<Text> notes = new ArrayList<>();
        plan.ifPresent(
                p ->
                        p.warnings()
                                .forEach(
                                        w ->
                                                notes.add(
                                                        new Text(
                                                                "平面图 " + w.pointer() + "：" + w.zh(),
                                                                "Plan "
                                                                        + w.pointer()
                                                                        + ": "
                                                                        + w.en()))));
        Optional<String> region = region(request, survey, notes);
        Judgement judgement = judge(request, facts(request, survey, plan, notes), region, asOf);
        PreCheckAnswer.Site site = writer.site(survey);
        planned(site.planned(), judgement, notes);
        return signed(
                new PreCheckAnswer(
                        newId(clock.millis()),
                        judgement.verdict(),
                        asOf,
                        region.orElse(null),
                        site,
                        writer.items(judgement),
                        writer.fixes(judgement.fixes()),
                        writer.questions(judgement),
                        AnswerWriter.joint(judgement),
                        AnswerWriter.contradictions(judgement),
                        AnswerWriter.visit(judgement),
                        notes,
                        new PreCheckAnswer.Receipt(
                                book.pack().hash(),
                                new TreeMap<>(survey.layerVersions()),
                                Version.ENGINE,
                                judgement.verdict(),
                                asOf,
                                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                                CanonicalJson.hash(CanonicalJson.write(body)),
                                "",
                                signer.keyId(),
                                "")));
    }

    /** A version 7 UUID (RFC 9562): ids made later sort later, and none can be guessed. */
    private static String newId(long millis) {
        long high = (millis << 16) | 0x7000L | (RANDOM.nextLong() & 0xFFFL);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private SiteSurvey survey(PreCheckRequest request, LocalDate asOf) {
        try {
            return surveyor.survey(request.site(), asOf, book.pack().measures());
        } catch (SiteInputException e) {
            throw ProblemException.invalid(List.of(new Fault(e.pointer(), e.zh(), e.en())));
        }
    }

    private Judgement judge(
            PreCheckRequest request, FactSheet facts, Optional<String> region, LocalDate asOf) {
        List<Inquiry.ItemInquiry> items =
                request.items().stream()
                        .map(i -> new Inquiry.ItemInquiry(i.item(), i.variant()))
                        .toList();
        try {
            return book.judge(new Inquiry(items, facts, region, asOf, request.aheadMonths()));
        } catch (NotInForceException e) {
            throw ProblemException.notInForce(e);
        }
    }

    /** The map's region; the answer's where the map cannot tell. */
    private static Optional<String> region(
            PreCheckRequest request, SiteSurvey survey, List<Text> notes) {
        if (survey.region().isPresent()
                && request.region().isPresent()
                && !survey.region().equals(request.region())) {
            notes.add(
                    new Text(
                            "您填的行政区划 "
                                    + request.region().get()
                                    + " 与地图上的 "
                                    + survey.region().get()
                                    + " 不一致，按地图的算。",
                            "The region given, "
                                    + request.region().get()
                                    + ", differs from the map's, "
                                    + survey.region().get()
                                    + "; the map's was used."));
        }
        if (survey.region().isEmpty() && !survey.borders().isEmpty()) {
            String names = String.join("、", survey.borders());
            notes.add(
                    new Text(
                            "场所离行政区的边界太近，在误差之内，可能属于："
                                    + names
                                    + "。"
                                    + (request.region().isPresent()
                                            ? "按您填的行政区划算。"
                                            : "请填写行政区划，或给出更准的坐标。"),
                            "The site lies within the error of a district border; it may be in "
                                    + names
                                    + "."
                                    + (request.region().isPresent()
                                            ? " The region given was used."
                                            : " State the region, or give a better position.")));
        }
        return survey.region().or(request::region);
    }

    /** Everything known; what was measured goes before what was answered. */
    private FactSheet facts(
            PreCheckRequest request,
            SiteSurvey survey,
            Optional<PlanSurvey> plan,
            List<Text> notes) {
        Map<String, FactValue> measured = new HashMap<>(survey.facts());
        plan.ifPresent(p -> measured.putAll(p.facts()));
        Map<String, FactValue> answers = new HashMap<>(request.answers());
        answers.entrySet()
                .removeIf(
                        e -> {
                            Optional<Text> conflict =
                                    conflict(e.getKey(), measured.get(e.getKey()), e.getValue());
                            conflict.ifPresent(notes::add);
                            return conflict.isPresent();
                        });
        FactSheet sheet = FactSheet.of(measured).orElse(answers);
        return sheet.orElse(unmeasured(survey, plan));
    }

    /** Why the facts nobody measured are not known. */
    private Map<String, FactValue> unmeasured(SiteSurvey survey, Optional<PlanSurvey> plan) {
        Map<String, FactValue> unmeasured = new HashMap<>();
        for (FactDefinition fact : book.pack().facts()) {
            if (fact.sources().contains(FactDefinition.Source.PLAN)) {
                unmeasured.put(
                        fact.name(),
                        plan.isEmpty()
                                ? new FactValue.Missing(FactValue.Reason.NO_PLAN, "没有附平面图。")
                                : new FactValue.Missing(
                                        FactValue.Reason.NOT_DRAWN, "平面图里没有画出或写明。"));
            } else if (fact.sources().contains(FactDefinition.Source.MAP)) {
                unmeasured.put(
                        fact.name(),
                        survey.resolved().isEmpty()
                                ? new FactValue.Missing(
                                        FactValue.Reason.SITE_UNKNOWN, "没有坐标，地图上查不了。")
                                : new FactValue.Missing(FactValue.Reason.NO_LAYER, "没有能查这一项的图层。"));
            }
        }
        return unmeasured;
    }

    /** An answer may fill in what was not measured; it may not contradict what was. */
    private Optional<Text> conflict(String fact, @Nullable FactValue measured, FactValue answer) {
        if (measured == null || !(answer instanceof FactValue.Known)) {
            return Optional.empty();
        }
        boolean contradicts =
                measured instanceof FactValue.Missing m
                        ? answer instanceof FactValue.Number n && outside(m, n.value())
                        : !agree(measured, answer);
        String label = book.pack().fact(fact).map(FactDefinition::label).orElse(fact);
        return contradicts
                ? Optional.of(
                        new Text(
                                "“" + label + "”您的回答与量出来的不一致，按量出来的算。",
                                "Your answer to “"
                                        + fact
                                        + "” contradicts what was measured; the measurement was used."))
                : Optional.empty();
    }

    private static boolean outside(FactValue.Missing bounds, BigDecimal value) {
        return (bounds.low() != null && value.compareTo(bounds.low()) < 0)
                || (bounds.high() != null && value.compareTo(bounds.high()) > 0);
    }

    private static boolean agree(FactValue measured, FactValue answer) {
        if (measured instanceof FactValue.Number m && answer instanceof FactValue.Number a) {
            return m.value().subtract(a.value()).abs().compareTo(m.error()) <= 0;
        }
        if (measured instanceof FactValue.Flag m && answer instanceof FactValue.Flag a) {
            return m.value() == a.value();
        }
        return measured instanceof FactValue.Choice m
                && answer instanceof FactValue.Choice a
                && m.value().equals(a.value());
    }

    /**
     * What is planned nearby and no point asks for decides nothing today; whoever signs a lease
     * should know of it.
     */
    private static void planned(
            List<PreCheckAnswer.Planned> planned, Judgement judgement, List<Text> notes) {
        Set<String> read =
                judgement.items().stream()
                        .flatMap(i -> i.findings().stream())
                        .flatMap(f -> f.because().stream())
                        .map(Finding.Because::fact)
                        .collect(Collectors.toSet());
        for (PreCheckAnswer.Planned p : planned) {
            if (read.contains("site.distance.planned_" + p.kind())) {
                continue;
            }
            String metres = p.metres().setScale(0, RoundingMode.HALF_UP).toPlainString();
            notes.add(
                    new Text(
                            "附近有规划中的“"
                                    + p.name()
                                    + "”，相距约 "
                                    + metres
                                    + " 米。它还没有建成，今天不影响结论；建成后要重新计算。",
                            "“"
                                    + p.name()
                                    + "” is planned about "
                                    + metres
                                    + " m away. It decides nothing today, and counts once it is built."));
        }
    }

    /** The answer with its receipt filled in. */
    private PreCheckAnswer signed(PreCheckAnswer a) {
        PreCheckAnswer.Receipt receipt =
                a.receipt().over(Receipts.answerHash(CanonicalJson.write(a)));
        return with(a, receipt.signed(signer.sign(Receipts.signedText(a.id(), receipt))));
    }

    private static PreCheckAnswer with(PreCheckAnswer a, PreCheckAnswer.Receipt receipt) {
        return new PreCheckAnswer(
                a.id(),
                a.verdict(),
                a.asOf(),
                a.region(),
                a.site(),
                a.items(),
                a.fixes(),
                a.questions(),
                a.joint(),
                a.contradictions(),
                a.visit(),
                a.notes(),
                receipt);
    }
}
