package org.kanqian.gis.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.kanqian.rules.fact.FactValue;

/**
 * What a floor plan tells.
 *
 * @param facts by name, in name order. {@link FactValue.Missing} where the plan could have told but
 *     does not; names the plan has nothing to do with are left out
 * @param warnings what is odd in the plan but hinders nothing
 */
public record PlanSurvey(Map<String, FactValue> facts, List<PlanFault> warnings) {
    public PlanSurvey {
        SortedMap<String, FactValue> sorted = new TreeMap<>(facts);
        facts = Collections.unmodifiableSortedMap(sorted);
        warnings = List.copyOf(warnings);
    }
}
