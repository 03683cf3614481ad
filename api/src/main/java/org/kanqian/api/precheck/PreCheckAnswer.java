package org.kanqian.api.precheck;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.pack.Basis;
import org.kanqian.rules.pack.Severity;
import org.kanqian.rules.pack.Stage;
import org.kanqian.rules.pack.Text;
import org.kanqian.rules.verdict.Status;
import org.kanqian.rules.verdict.Verdict;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a pre-check, as it is sent and filed. A {@link Text} is filed in both languages and
 * sent in one.
 *
 * @param verdict the worst of the items'
 * @param region GB/T 2260 code whose law was applied; null if it is not known
 * @param joint the points two or more of the items share, with the strictest limit of all
 * @param contradictions where two of the items cannot both be met
 * @param notes what the reader should know beyond the findings
 */
public record PreCheckAnswer(
        String id,
        Verdict verdict,
        LocalDate asOf,
        @Nullable String region,
        Site site,
        List<Item> items,
        List<Fix> fixes,
        List<Question> questions,
        List<Joint> joint,
        List<Contradiction> contradictions,
        Visit visit,
        List<Text> notes,
        Receipt receipt) {

    /**
     * @param resolved null if no coordinates were given
     * @param accuracy half the width of the error band of {@code resolved}, in metres
     * @param candidates places an address may mean, where that is not settled
     * @param nearby the nearest few of every kind within 500 m, nearest first
     * @param landUse what the planning layer grants the land for; null if it does not tell
     */
    @Schema(name = "SurveyedSite")
    public record Site(
            @Nullable Place resolved,
            @Nullable BigDecimal accuracy,
            List<Candidate> candidates,
            @Nullable String landUse,
            List<Planned> planned,
            List<Nearby> nearby) {}

    /**
     * Something near the site, whether or not a rule asks for it.
     *
     * @param kind of its layer, e.g. {@code school}
     * @param metres straight from the nearest entrance to its outline
     * @param error half the width of the error band, in metres
     */
    public record Nearby(
            String kind,
            String name,
            BigDecimal metres,
            BigDecimal error,
            String layer,
            String feature) {}

    /** A place in CGCS2000 degrees. */
    public record Place(double lon, double lat, String datum) {}

    /** A place an address may mean. */
    public record Candidate(
            String address,
            String name,
            double lon,
            double lat,
            String datum,
            BigDecimal accuracy) {}

    /** Something planned nearby: it decides nothing today, and may once it is built. */
    public record Planned(String kind, String name, BigDecimal metres, JsonNode geometry) {}

    /** One item and its findings, in the order of the stages. */
    @Schema(name = "CheckedItem")
    public record Item(
            String item, Text name, Verdict verdict, @Nullable Score score, List<Found> findings) {}

    /**
     * What the item's score sheet makes of it; null where it has none.
     *
     * @param got what is certain
     * @param atMost what it can still become once the rest is known or seen
     */
    public record Score(BigDecimal got, BigDecimal atMost, BigDecimal of, BigDecimal pass) {}

    /** A point several items share. */
    @Schema(name = "JointFinding")
    public record Joint(
            String point,
            Status status,
            Text title,
            Text text,
            List<Cited> basis,
            List<String> items) {}

    /** What two items ask of one fact and no value can meet. */
    public record Contradiction(String fact, String label, Side one, Side other) {}

    /** One side of a contradiction. */
    public record Side(String item, String point, Text asks) {}

    /**
     * One point.
     *
     * @param recalled true where the clause has not yet been read in the text of the law
     * @param because every fact the point's rules read
     * @param missing names of the facts that keep it open
     * @param rules the rules that say how the point is violated, and what became of them
     * @param geometry what to draw, GeoJSON in CGCS2000 degrees; null where there is nothing
     */
    @Schema(name = "Finding")
    public record Found(
            String point,
            Stage stage,
            Status status,
            Severity severity,
            Text title,
            Text text,
            List<Cited> basis,
            boolean recalled,
            @Nullable Measured measured,
            @Nullable Required required,
            List<Because> because,
            List<String> missing,
            List<Rule> rules,
            @Nullable Text fix,
            Text evidence,
            @Nullable JsonNode geometry,
            List<Ahead> ahead) {}

    /** A clause. {@code inForce} is the day as people write it. */
    public record Cited(
            String law, String title, String doc, @Nullable String article, String inForce) {
        /** A citation as it is sent. */
        public static Cited of(Basis basis) {
            return new Cited(
                    basis.law().id(),
                    basis.law().title(),
                    basis.law().doc(),
                    basis.article().orElse(null),
                    basis.law().inForceText());
        }
    }

    public record Measured(String fact, BigDecimal value, String unit, BigDecimal error) {}

    public record Required(String relation, BigDecimal value, String unit) {}

    /**
     * A fact that was read.
     *
     * @param value number, boolean or text; null if it is not known
     * @param unknown why it is not known; null if it is
     */
    @Schema(name = "FactRead")
    public record Because(
            String fact,
            String label,
            @Nullable Object value,
            @Nullable BigDecimal error,
            String unit,
            @Nullable Unknown unknown,
            @Nullable From from) {}

    /** Why a fact is not known, and between which bounds it is known to lie. */
    @Schema(name = "WhyUnknown")
    public record Unknown(
            FactValue.Reason why,
            String detail,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high) {}

    /**
     * Who says so: MAP, PLAN, ANSWER, REQUEST or DERIVED. Of a fact that is not known it says what
     * the bounds rest on.
     *
     * @param how from where to where a distance was taken and what was left out, in Chinese; null
     *     where there is nothing to say
     */
    @Schema(name = "Provenance")
    public record From(
            String kind,
            @Nullable String layer,
            @Nullable String version,
            @Nullable String feature,
            @Nullable String name,
            List<String> elements,
            @Nullable String how) {}

    /**
     * @param file file of the standards, and {@code line} in it (the row of a table)
     * @param sentences as the officer wrote them
     * @param heldBack those that do not hold here: why it did not fire
     */
    @Schema(name = "RuleTrace")
    public record Rule(
            String name,
            String file,
            int line,
            boolean fired,
            List<String> sentences,
            List<String> heldBack) {}

    public record Ahead(LocalDate from, Status status) {}

    /**
     * One thing to put right.
     *
     * @param asked what must hold afterwards; the strictest where items share the point
     */
    public record Fix(
            String point,
            List<String> items,
            Text title,
            Text asked,
            Text action,
            Text evidence,
            Severity severity) {}

    /**
     * One thing to find out.
     *
     * @param item the item whose variant is asked for; null for every other fact, which goes into
     *     {@code answers}
     * @param type boolean, number, integer or choice
     * @param why what keeps it from being known
     * @param decides {@code item/point} ids it bears on
     */
    public record Question(
            String fact,
            @Nullable String item,
            Text ask,
            String type,
            String unit,
            List<Choice> choices,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            Text howTo,
            @Nullable Unknown why,
            List<String> decides) {}

    public record Choice(String value, Text title) {}

    /** What only a visit can tell, and whether it may be skipped. */
    public record Visit(List<String> points, Exemption exemption) {}

    /** Whether the premises stand in the exemption registry (免踏勘库). */
    public record Exemption(boolean eligible, @Nullable String entry, List<Text> reasons) {}

    /**
     * What the answer rests on, and our signature over it.
     *
     * @param layers layer id to version
     * @param issued when it was answered
     * @param request SHA-256 of the request as it was read
     * @param answer SHA-256 of the answer without this receipt
     * @param key id of the signing key
     */
    @Schema(name = "ReceiptOfAnswer")
    public record Receipt(
            String pack,
            SortedMap<String, String> layers,
            String engine,
            Verdict verdict,
            LocalDate asOf,
            Instant issued,
            String request,
            String answer,
            String key,
            String signature) {

        Receipt over(String answerHash) {
            return new Receipt(
                    pack, layers, engine, verdict, asOf, issued, request, answerHash, key, "");
        }

        Receipt signed(String by) {
            return new Receipt(
                    pack, layers, engine, verdict, asOf, issued, request, answer, key, by);
        }
    }
}
