package org.kanqian.api.precheck;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.survey.SiteInput;
import org.kanqian.rules.fact.FactValue;

/**
 * What is asked, read and checked against the vocabulary.
 *
 * @param items at least one, each once
 * @param asOf the day whose law counts; empty for today
 * @param aheadMonths how far to look ahead for changes of law
 * @param answers by fact name; {@link FactValue.Missing} where the applicant does not know
 * @param region the answer to {@code site.region}, six digits
 */
public record PreCheckRequest(
        List<Asked> items,
        Optional<LocalDate> asOf,
        int aheadMonths,
        SiteInput site,
        Optional<FloorPlan> plan,
        Map<String, FactValue> answers,
        Optional<String> region) {

    public PreCheckRequest {
        items = List.copyOf(items);
        answers = Map.copyOf(answers);
    }

    /** One item and the variant applied for. */
    public record Asked(String item, Optional<String> variant) {}
}
