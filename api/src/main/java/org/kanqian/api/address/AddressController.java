package org.kanqian.api.address;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.Serving;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.address.AddressCandidate;
import org.kanqian.gis.address.AddressLevel;
import org.kanqian.gis.address.Gazetteer;
import org.kanqian.gis.address.ParsedAddress;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Addresses taken apart and looked up. What is asked is neither logged nor kept. */
@Tag(name = "addresses", description = "地址 / Addresses")
@RestController
class AddressController {
    private static final int LONGEST = 200;
    private static final String DATUM = "CGCS2000";

    private final Serving serving;

    AddressController(Serving serving) {
        this.serving = serving;
    }

    /**
     * @param query as it was asked
     * @param resolved whether the one candidate is that very address; only then may it be taken
     *     without asking anybody
     */
    @Schema(name = "Addresses")
    record Found(String query, Parts parsed, List<Candidate> candidates, boolean resolved) {}

    /**
     * Parts not found are empty.
     *
     * @param text the whole address in its normal form
     * @param regions GB/T 2260 codes of the smallest divisions it may stand in
     */
    @Schema(name = "AddressParts")
    record Parts(
            String text,
            String province,
            String city,
            String district,
            String town,
            String road,
            String lane,
            String number,
            String building,
            String unit,
            String floor,
            String room,
            String poi,
            String rest,
            List<String> regions) {
        private static Parts of(ParsedAddress p) {
            return new Parts(
                    p.text(),
                    p.province(),
                    p.city(),
                    p.district(),
                    p.town(),
                    p.road(),
                    p.lane(),
                    p.number(),
                    p.building(),
                    p.unit(),
                    p.floor(),
                    p.room(),
                    p.poi(),
                    p.rest(),
                    p.regions());
        }
    }

    /**
     * @param score how well the words fit, 0 to 1
     * @param accuracy how far from the truth it may lie, metres
     * @param layer null for a division
     * @param feature null for a division
     * @param region GB/T 2260 code without trailing zeros, where known
     */
    @Schema(name = "FoundAddress")
    record Candidate(
            String address,
            String name,
            AddressLevel level,
            BigDecimal score,
            BigDecimal accuracy,
            BigDecimal lon,
            BigDecimal lat,
            String datum,
            @Nullable String layer,
            @Nullable String feature,
            @Nullable String region) {
        private static Candidate of(AddressCandidate c) {
            return new Candidate(
                    c.address(),
                    c.name(),
                    c.level(),
                    rounded(c.score(), 3),
                    rounded(c.accuracyMetres(), 1),
                    rounded(c.lon(), 7),
                    rounded(c.lat(), 7),
                    DATUM,
                    c.layer().isEmpty() ? null : c.layer(),
                    c.feature().isEmpty() ? null : c.feature(),
                    c.region().orElse(null));
        }
    }

    @Operation(
            summary = "查地址：拆分、候选、联想 / Addresses: parts, candidates, type-ahead",
            description =
                    "候选按 score 从高到低；level 是 DOOR（门牌）、BUILDING（楼）、ROAD（路）、DISTRICT（区划）。"
                            + "resolved 为 true 才是完全一致的唯一地址，其余由人来选。/ Best first. Only where"
                            + " resolved is true is the one candidate that very address; otherwise a"
                            + " person chooses.")
    @GetMapping(path = "/v1/addresses", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Found> addresses(
            @Parameter(
                            description = "地址或它的开头，200 字以内 / an address or its beginning",
                            example = "成府路101")
                    @RequestParam(required = false)
                    @Nullable String q,
            @Parameter(description = "最多几个候选，1–20 / at most so many candidates")
                    @RequestParam(defaultValue = "10")
                    int limit) {
        if (q == null || q.isBlank()) {
            throw invalid(
                    "参数 q 要写地址或地址的开头，例如 q=成府路101。",
                    "The parameter q is an address or its beginning.");
        }
        if (q.length() > LONGEST) {
            throw invalid(
                    "参数 q 超过 200 字，请只写地址。",
                    "The parameter q is over 200 characters; give the address only.");
        }
        if (limit < 1 || limit > Gazetteer.MOST) {
            throw invalid("参数 limit 要在 1 到 20 之间。", "The parameter limit lies between 1 and 20.");
        }
        Gazetteer.Match match = serving.now().surveyor().gazetteer().find(q);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(
                        new Found(
                                q,
                                Parts.of(match.parsed()),
                                match.candidates().stream()
                                        .limit(limit)
                                        .map(Candidate::of)
                                        .toList(),
                                match.resolved()));
    }

    private static ProblemException invalid(String zh, String en) {
        return ProblemException.invalid(List.of(new Fault("", zh, en)));
    }

    private static BigDecimal rounded(double value, int places) {
        return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
    }
}
