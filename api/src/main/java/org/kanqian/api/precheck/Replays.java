package org.kanqian.api.precheck;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.archive.OldLayers;
import org.kanqian.api.archive.PackArchive;
import org.kanqian.api.precheck.Replay.Code;
import org.kanqian.api.precheck.Replay.Outcome;
import org.kanqian.api.precheck.Replay.Reason;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.api.receipt.CanonicalJson;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.PackException;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Works filed pre-checks out once more, one at a time, apart from what serves. */
@Component
final class Replays {
    private static final int MOST_BOOKS = 2;

    private final Serving serving;
    private final PackArchive packs;
    private final OldLayers old;
    private final Signer signer;
    private final Clock clock;

    /** Rule books of packs that no longer serve; touched by whoever has the turn. */
    private final Map<String, RuleBook> books =
            new LinkedHashMap<>(4, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, RuleBook> eldest) {
                    return size() > MOST_BOOKS;
                }
            };

    /** The last set of layers looked back on, so. */
    private @Nullable SiteSurveyor surveyor;

    Replays(Serving serving, PackArchive packs, OldLayers old, Signer signer, Clock clock) {
        this.serving = serving;
        this.packs = packs;
        this.old = old;
        this.signer = signer;
        this.clock = clock;
    }

    /** What was answered then, as far as the record and its receipt tell. */
    private record Then(
            String id,
            String request,
            String judged,
            String verdict,
            String engine,
            LocalDate asOf,
            String pack,
            SortedMap<String, String> layers) {
        static Then of(PreCheckStore.Filed filed) {
            JsonNode answer = CanonicalJson.read(filed.answer());
            JsonNode receipt = answer.path("receipt");
            SortedMap<String, String> layers = new TreeMap<>();
            receipt.path("layers")
                    .properties()
                    .forEach(e -> layers.put(e.getKey(), e.getValue().asString("")));
            return new Then(
                    filed.id(),
                    filed.request(),
                    CanonicalJson.write(Replay.judged(filed.answer())),
                    answer.path("verdict").asString(""),
                    receipt.path("engine").asString(""),
                    LocalDate.parse(receipt.path("asOf").asString()),
                    receipt.path("pack").asString(""),
                    layers);
        }

        Replay comesOut(
                Outcome outcome,
                @Nullable String verdict,
                @Nullable String judgedNow,
                List<Replay.Difference> differences,
                List<Reason> reasons) {
            return new Replay(
                    id,
                    outcome,
                    engine,
                    Version.ENGINE,
                    this.verdict,
                    verdict,
                    CanonicalJson.hash(judged),
                    judgedNow == null ? null : CanonicalJson.hash(judgedNow),
                    differences,
                    reasons);
        }
    }

    /**
     * Works a filed pre-check out once more.
     *
     * @throws ProblemException 503 if others look back already
     */
    Replay replay(PreCheckStore.Filed filed) {
        Then then = Then.of(filed);
        List<Reason> reasons = new ArrayList<>();
        if (!Receipts.verify(filed, signer).valid()) {
            reasons.add(
                    new Reason(
                            Code.RECORD_ALTERED,
                            "存档的请求或应答与回执对不上，见 /v1/receipts/{id}/verify。",
                            "What is filed is not what the receipt signed; see"
                                    + " /v1/receipts/{id}/verify."));
        }
        return old.work(reader -> replay(then, reader, reasons));
    }

    private Replay replay(Then then, OldLayers.Reader reader, List<Reason> reasons) {
        PreCheckService now = serving.now();
        Optional<RuleBook> book = book(then, now, reasons);
        Optional<SiteSurveyor> on = surveyor(then, now, reader, reasons);
        if (book.isEmpty() || on.isEmpty()) {
            return then.comesOut(Outcome.NOT_POSSIBLE, null, null, List.of(), reasons);
        }
        // Noon of its day: a request that names no day was judged on the day it came.
        Clock day =
                Clock.fixed(
                        then.asOf().atTime(12, 0).atZone(clock.getZone()).toInstant(),
                        clock.getZone());
        PreCheckAnswer answer;
        try {
            answer =
                    new PreCheckService(book.get(), on.get(), signer, day)
                            .check(
                                    Body.read(
                                            new ByteArrayInputStream(
                                                    then.request()
                                                            .getBytes(StandardCharsets.UTF_8))));
        } catch (ProblemException e) {
            reasons.add(
                    new Reason(
                            Code.REFUSED_NOW,
                            "今天的引擎不接受这个请求：" + e.problem().detail().zh(),
                            "Today's engine refuses the request: " + e.problem().detail().en()));
            return then.comesOut(Outcome.DIFFERENT, null, null, List.of(), reasons);
        }
        String judged = CanonicalJson.write(Replay.judged(CanonicalJson.inOrder(answer)));
        String verdict = answer.verdict().name();
        if (judged.equals(then.judged())) {
            Outcome outcome = reasons.isEmpty() ? Outcome.SAME : Outcome.DIFFERENT;
            return then.comesOut(outcome, verdict, judged, List.of(), reasons);
        }
        if (!then.engine().equals(Version.ENGINE)) {
            reasons.add(
                    new Reason(
                            Code.ENGINE_CHANGED,
                            "当时的引擎是 " + then.engine() + "，现在是 " + Version.ENGINE + "。",
                            "The engine was " + then.engine() + " and is " + Version.ENGINE + "."));
        }
        if (reasons.isEmpty()) {
            reasons.add(
                    new Reason(
                            Code.UNEXPLAINED,
                            "引擎名称、标准包、图层都相同；可能是同名的另一次构建。",
                            "Engine, pack and layers have the same names; it may be another build of"
                                    + " that name."));
        }
        return then.comesOut(
                Outcome.DIFFERENT,
                verdict,
                judged,
                Replay.differences(CanonicalJson.read(then.judged()), CanonicalJson.read(judged)),
                reasons);
    }

    private Optional<RuleBook> book(Then then, PreCheckService now, List<Reason> reasons) {
        if (now.pack().hash().equals(then.pack())) {
            return Optional.of(now.book());
        }
        RuleBook known = books.get(then.pack());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<PackSource> source = packs.find(then.pack());
        try {
            Optional<StandardsPack> pack =
                    source.map(StandardsPack::load).filter(p -> p.hash().equals(then.pack()));
            if (pack.isPresent()) {
                RuleBook book = RuleBook.compile(pack.get());
                books.put(then.pack(), book);
                return Optional.of(book);
            }
        } catch (PackException e) {
            // A pack this engine can no longer read is as good as none.
        }
        reasons.add(
                new Reason(
                        Code.PACK_NOT_KEPT,
                        "档案里没有当时的标准包 " + then.pack() + "，或者今天的引擎读不了它。",
                        "The archive does not hold the pack "
                                + then.pack()
                                + ", or today's engine cannot read it."));
        return Optional.empty();
    }

    private Optional<SiteSurveyor> surveyor(
            Then then, PreCheckService now, OldLayers.Reader reader, List<Reason> reasons) {
        LayerSet serves = now.surveyor().layers();
        if (serves.versions().equals(then.layers())) {
            return Optional.of(now.surveyor());
        }
        if (surveyor != null && surveyor.layers().versions().equals(then.layers())) {
            return Optional.of(surveyor);
        }
        surveyor = null; // two old sets need not be in memory at once
        List<Layer> layers = new ArrayList<>();
        int missing = 0;
        for (Map.Entry<String, String> wanted : then.layers().entrySet()) {
            Optional<Layer> same =
                    serves.find(wanted.getKey()).filter(l -> l.version().equals(wanted.getValue()));
            try {
                layers.add(
                        same.isPresent()
                                ? same.get()
                                : reader.read(wanted.getKey(), wanted.getValue()));
            } catch (LayerException e) {
                missing++;
                reasons.add(
                        new Reason(
                                Code.LAYER_NOT_KEPT,
                                "图层 "
                                        + wanted.getKey()
                                        + " 当时的版本 "
                                        + wanted.getValue()
                                        + " 拿不到："
                                        + e.faults().get(0).zh(),
                                "The version "
                                        + wanted.getValue()
                                        + " of layer "
                                        + wanted.getKey()
                                        + " is not to be had: "
                                        + e.faults().get(0).en()));
            }
        }
        if (missing > 0) {
            return Optional.empty();
        }
        surveyor = new SiteSurveyor(LayerSet.of(layers));
        return Optional.of(surveyor);
    }
}
