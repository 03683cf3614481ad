package org.kanqian.api.precheck;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.measure.Nearest;
import org.kanqian.gis.survey.SiteSurvey;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Position;
import org.kanqian.rules.fact.Provenance;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.Text;
import org.kanqian.rules.verdict.Contradiction;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Fix;
import org.kanqian.rules.verdict.ItemJudgement;
import org.kanqian.rules.verdict.Judgement;
import org.kanqian.rules.verdict.Question;
import org.kanqian.rules.verdict.Status;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a judgement and a survey as an answer. */
final class AnswerWriter {
    private static final String DATUM = "CGCS2000";

    /** Facts of this name tell how far something planned is. */
    private static final String PLANNED = "site.distance.planned_";

    /** Planned things farther than this are not worth mentioning, in metres. */
    private static final BigDecimal PLANNED_REACH = new BigDecimal(500);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final StandardsPack pack;

    AnswerWriter(StandardsPack pack) {
        this.pack = pack;
    }

    PreCheckAnswer.Site site(SiteSurvey survey) {
        return new PreCheckAnswer.Site(
                survey.resolved()
                        .map(r -> new PreCheckAnswer.Place(round(r.lon()), round(r.lat()), DATUM))
                        .orElse(null),
                survey.resolved().map(r -> metres(r.accuracyMetres())).orElse(null),
                survey.candidates().stream()
                        .map(
                                c ->
                                        new PreCheckAnswer.Candidate(
                                                c.address(),
                                                c.name(),
                                                round(c.lon()),
                                                round(c.lat()),
                                                DATUM,
                                                metres(c.accuracyMetres())))
                        .toList(),
                survey.facts().get("site.landuse") instanceof FactValue.Choice use
                        ? use.value()
                        : null,
                survey.facts().entrySet().stream()
                        .filter(f -> f.getKey().startsWith(PLANNED))
                        .flatMap(f -> planned(f.getKey(), f.getValue()).stream())
                        .toList(),
                survey.nearby().stream().map(AnswerWriter::nearby).toList());
    }

    private static PreCheckAnswer.Nearby nearby(Nearest nearest) {
        return new PreCheckAnswer.Nearby(
                nearest.layer().kind(),
                nearest.feature().name(),
                metres(nearest.metres()),
                metres(nearest.error()),
                nearest.layer().id(),
                nearest.feature().id());
    }

    /** A planned thing that is known to be near. */
    private static Optional<PreCheckAnswer.Planned> planned(String fact, FactValue value) {
        if (value instanceof FactValue.Number n
                && n.value().compareTo(PLANNED_REACH) <= 0
                && n.from() instanceof Provenance.Map m) {
            return Optional.of(
                    new PreCheckAnswer.Planned(
                            fact.substring(PLANNED.length()), m.name(), n.value(), line(m.line())));
        }
        return Optional.empty();
    }

    List<PreCheckAnswer.Item> items(Judgement judgement) {
        return judgement.items().stream().map(this::item).toList();
    }

    private PreCheckAnswer.Item item(ItemJudgement item) {
        return new PreCheckAnswer.Item(
                item.item().id(),
                item.item().name(),
                item.verdict(),
                item.score()
                        .map(s -> new PreCheckAnswer.Score(s.got(), s.atMost(), s.of(), s.pass()))
                        .orElse(null),
                item.findings().stream().map(this::found).toList());
    }

    private PreCheckAnswer.Found found(Finding f) {
        boolean mend = f.status() == Status.VIOLATED || f.status() == Status.MARGINAL;
        return new PreCheckAnswer.Found(
                f.point().id(),
                f.point().stage(),
                f.status(),
                f.point().severity(),
                f.point().title(),
                f.text(),
                f.basis().stream().map(PreCheckAnswer.Cited::of).toList(),
                f.point().recalled(),
                f.measured()
                        .map(
                                m ->
                                        new PreCheckAnswer.Measured(
                                                m.fact(), m.value(), m.unit(), m.error()))
                        .orElse(null),
                f.required()
                        .map(r -> new PreCheckAnswer.Required(r.relation(), r.value(), r.unit()))
                        .orElse(null),
                f.because().stream().map(this::because).toList(),
                f.missing(),
                f.rules().stream()
                        .map(
                                r ->
                                        new PreCheckAnswer.Rule(
                                                r.name(),
                                                r.file(),
                                                r.line(),
                                                r.fired(),
                                                r.sentences(),
                                                r.heldBack()))
                        .toList(),
                mend ? f.point().fix() : null,
                f.point().evidence(),
                drawing(f),
                f.ahead().stream()
                        .map(a -> new PreCheckAnswer.Ahead(a.from(), a.status()))
                        .toList());
    }

    private PreCheckAnswer.Because because(Finding.Because b) {
        String unit = pack.fact(b.fact()).map(FactDefinition::unit).orElse("");
        FactValue v = b.value();
        return new PreCheckAnswer.Because(
                b.fact(),
                b.label(),
                value(v),
                v instanceof FactValue.Number n ? n.error() : null,
                unit,
                unknown(v),
                provenance(v).map(AnswerWriter::from).orElse(null));
    }

    /** What a value rests on; of a bounded one, what the bounds rest on. */
    private static Optional<Provenance> provenance(FactValue v) {
        return v instanceof FactValue.Missing m
                ? m.seen().map(Provenance.class::cast)
                : v.known().map(FactValue.Known::from);
    }

    private static @Nullable Object value(FactValue v) {
        if (v instanceof FactValue.Number n) {
            return n.value();
        }
        if (v instanceof FactValue.Flag f) {
            return f.value();
        }
        return v instanceof FactValue.Choice c ? c.value() : null;
    }

    private static PreCheckAnswer.@Nullable Unknown unknown(FactValue v) {
        return v instanceof FactValue.Missing m
                ? new PreCheckAnswer.Unknown(m.why(), m.detail(), m.low(), m.high())
                : null;
    }

    private static PreCheckAnswer.From from(Provenance p) {
        if (p instanceof Provenance.Map m) {
            return new PreCheckAnswer.From(
                    "MAP",
                    m.layer(),
                    m.version(),
                    m.feature(),
                    m.name(),
                    List.of(),
                    m.how().isEmpty() ? null : m.how());
        }
        if (p instanceof Provenance.Plan plan) {
            return new PreCheckAnswer.From("PLAN", null, null, null, null, plan.elements(), null);
        }
        if (p instanceof Provenance.Derived d) {
            return new PreCheckAnswer.From("DERIVED", null, null, null, null, d.facts(), null);
        }
        String kind = p instanceof Provenance.Answer ? "ANSWER" : "REQUEST";
        return new PreCheckAnswer.From(kind, null, null, null, null, List.of(), null);
    }

    /** The line of the measurement the point rests on. */
    private static @Nullable JsonNode drawing(Finding f) {
        return f.because().stream()
                .map(Finding.Because::value)
                .flatMap(v -> provenance(v).stream())
                .filter(p -> p instanceof Provenance.Map m && m.line().size() > 1)
                .findFirst()
                .map(p -> line(((Provenance.Map) p).line()))
                .orElse(null);
    }

    private static JsonNode line(List<Position> positions) {
        ObjectNode geometry = NODES.objectNode();
        geometry.put("type", "LineString");
        ArrayNode coordinates = geometry.putArray("coordinates");
        positions.forEach(p -> coordinates.addArray().add(round(p.x())).add(round(p.y())));
        return geometry;
    }

    List<PreCheckAnswer.Fix> fixes(List<Fix> fixes) {
        return fixes.stream()
                .map(
                        f ->
                                new PreCheckAnswer.Fix(
                                        f.point().id(),
                                        f.items(),
                                        f.point().title(),
                                        f.asked(),
                                        f.point().fix(),
                                        f.point().evidence(),
                                        f.point().severity()))
                .toList();
    }

    static List<PreCheckAnswer.Joint> joint(Judgement judgement) {
        return judgement.joint().stream()
                .map(
                        j ->
                                new PreCheckAnswer.Joint(
                                        j.point().id(),
                                        j.status(),
                                        j.point().title(),
                                        j.text(),
                                        j.basis().stream().map(PreCheckAnswer.Cited::of).toList(),
                                        j.items()))
                .toList();
    }

    static List<PreCheckAnswer.Contradiction> contradictions(Judgement judgement) {
        return judgement.contradictions().stream()
                .map(
                        c ->
                                new PreCheckAnswer.Contradiction(
                                        c.fact().name(),
                                        c.fact().label(),
                                        side(c.one()),
                                        side(c.other())))
                .toList();
    }

    private static PreCheckAnswer.Side side(Contradiction.Side s) {
        return new PreCheckAnswer.Side(s.item(), s.point(), s.asks());
    }

    List<PreCheckAnswer.Question> questions(Judgement judgement) {
        return judgement.questions().stream().flatMap(q -> asked(q, judgement)).toList();
    }

    /** The variant is a question of its own for each item: their variants differ. */
    private static Stream<PreCheckAnswer.Question> asked(Question q, Judgement judgement) {
        if (!q.fact().name().equals("variant")) {
            return Stream.of(question(q, null, q.fact().values(), q.decides()));
        }
        return judgement.items().stream()
                .map(ItemJudgement::item)
                .flatMap(
                        item -> {
                            List<String> decides =
                                    q.decides().stream()
                                            .filter(d -> d.startsWith(item.id() + "/"))
                                            .toList();
                            return decides.isEmpty()
                                    ? Stream.empty()
                                    : Stream.of(question(q, item.id(), item.variants(), decides));
                        });
    }

    private static PreCheckAnswer.Question question(
            Question q,
            @Nullable String item,
            List<FactDefinition.Option> options,
            List<String> decides) {
        FactDefinition fact = q.fact();
        return new PreCheckAnswer.Question(
                fact.name(),
                item,
                fact.ask(),
                fact.type().name().toLowerCase(Locale.ROOT),
                fact.unit(),
                options.stream().map(o -> new PreCheckAnswer.Choice(o.value(), o.title())).toList(),
                fact.min(),
                fact.max(),
                fact.help(),
                unknown(q.why()),
                decides);
    }

    static PreCheckAnswer.Visit visit(Judgement judgement) {
        List<String> points =
                judgement.items().stream()
                        .flatMap(
                                i ->
                                        i.findings().stream()
                                                .filter(f -> f.status() == Status.VISIT)
                                                .map(f -> i.item().id() + "/" + f.point().id()))
                        .toList();
        return new PreCheckAnswer.Visit(
                points,
                new PreCheckAnswer.Exemption(
                        false,
                        null,
                        List.of(
                                new Text(
                                        "本系统还没有接入免踏勘库，不能据此免去踏勘。",
                                        "No exemption registry is connected, so nothing here"
                                                + " exempts from a visit."))));
    }

    private static double round(double degrees) {
        return BigDecimal.valueOf(degrees).setScale(7, RoundingMode.HALF_UP).doubleValue();
    }

    private static BigDecimal metres(double metres) {
        return BigDecimal.valueOf(metres).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
    }
}
