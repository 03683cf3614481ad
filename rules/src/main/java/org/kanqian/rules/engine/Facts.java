package org.kanqian.rules.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.inforce.InForce;
import org.kanqian.rules.inforce.NotInForceException;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.Parameter;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.StandardsPack;

/** The facts of one check as the rules of one item see them, in one place on one day. */
record Facts(
        StandardsPack pack,
        ApprovalItem item,
        FactSheet sheet,
        Optional<String> region,
        LocalDate asOf) {

    /**
     * A limit as it stands here and now: the published value, or the fact that stands in for it.
     */
    record Limit(Optional<Parameter.Value> value, Range range) {}

    Range range(Term term) {
        if (term instanceof Term.Ratio r) {
            return range(r.over()).dividedBy(range(r.under()));
        }
        if (term instanceof Term.Limit l) {
            RequirementPoint point = item.point(l.point()).orElseThrow();
            return limit(point, point.parameter(l.parameter())).range();
        }
        return range(term.name());
    }

    Limit limit(RequirementPoint point, Parameter parameter) {
        Optional<Parameter.Value> value = InForce.value(parameter, region, asOf);
        if (value.isPresent()) {
            Parameter.Steps steps = value.get().steps();
            Range range =
                    steps == null
                            ? Range.of(value.get().value())
                            : range(steps.fact()).steps(value.get().value(), steps);
            return new Limit(value, range);
        }
        if (parameter.ask().isPresent()) {
            return new Limit(Optional.empty(), range(parameter.ask().get()));
        }
        throw NotInForceException.ended(
                item.id(),
                point.id(),
                parameter.name(),
                InForce.lastDay(parameter, region).orElse(null));
    }

    private Range range(String fact) {
        FactDefinition definition = pack.fact(fact).orElseThrow();
        boolean integer = definition.type() == FactDefinition.Type.INTEGER;
        FactValue value = sheet.get(fact);
        if (value instanceof FactValue.Number n) {
            return new Range(
                    rounded(n.value().subtract(n.error()), definition.rounding()),
                    rounded(n.value().add(n.error()), definition.rounding()),
                    integer,
                    List.of());
        }
        BigDecimal low = definition.min();
        BigDecimal high = definition.max();
        List<String> missing = List.of(fact);
        if (value instanceof FactValue.Missing m) {
            low = m.low() != null && (low == null || m.low().compareTo(low) > 0) ? m.low() : low;
            high =
                    m.high() != null && (high == null || m.high().compareTo(high) < 0)
                            ? m.high()
                            : high;
            missing = m.why() == FactValue.Reason.WITHIN_ERROR ? List.of() : missing;
        }
        return new Range(low, high, integer, missing);
    }

    private static BigDecimal rounded(BigDecimal value, @Nullable BigDecimal step) {
        return step == null || step.signum() <= 0
                ? value
                : value.divide(step, 0, RoundingMode.HALF_UP).multiply(step);
    }

    /**
     * The values a choice may take: the item says which variants there are, the vocabulary all
     * else.
     */
    List<String> values(String fact) {
        return (fact.equals("variant") ? item.variants() : pack.fact(fact).orElseThrow().values())
                .stream().map(FactDefinition.Option::value).toList();
    }
}
