package org.kanqian.rules.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Provenance;
import org.kanqian.rules.inforce.InForce;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.Parameter;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.StandardsPack;

/**
 * The facts of one check as the rules of one item see them, in one place on one day. One per check;
 * not thread-safe.
 */
final class Facts {
    private static final String VARIANT = "variant";

    private final StandardsPack pack;
    private final ItemBase base;
    private final FactSheet sheet;
    private final FactValue variant;
    private final Optional<String> region;
    private final LocalDate asOf;
    private final Law law;
    private final Map<String, Range> ranges = new HashMap<>();

    /**
     * @throws org.kanqian.rules.inforce.NotInForceException where the item has no law on that day
     */
    Facts(
            StandardsPack pack,
            ItemBase base,
            FactSheet sheet,
            Optional<String> variant,
            Optional<String> region,
            LocalDate asOf) {
        this.pack = pack;
        this.base = base;
        this.sheet = sheet;
        this.variant =
                variant.<FactValue>map(v -> new FactValue.Choice(v, new Provenance.Request()))
                        .orElseGet(() -> sheet.get(VARIANT));
        this.region = region;
        this.asOf = asOf;
        this.law = base.law(pack, region, asOf);
    }

    StandardsPack pack() {
        return pack;
    }

    /** What is known of a fact; the variant is the one this item is applied for in. */
    FactValue value(String fact) {
        return fact.equals(VARIANT) ? variant : sheet.get(fact);
    }

    /** The same on another day. */
    Facts on(LocalDate day) {
        Optional<String> form =
                variant instanceof FactValue.Choice c ? Optional.of(c.value()) : Optional.empty();
        return new Facts(pack, base, sheet, form, region, day);
    }

    Optional<String> region() {
        return region;
    }

    LocalDate asOf() {
        return asOf;
    }

    Law law() {
        return law;
    }

    /**
     * A limit as it stands here and now: the published value, or the fact that stands in for it.
     */
    record Limit(Optional<Parameter.Value> value, Range range) {}

    Range range(Term term) {
        Range known = law.constants().get(term.name());
        if (known != null) {
            return known;
        }
        known = ranges.get(term.name());
        if (known == null) {
            known = compute(term);
            ranges.put(term.name(), known);
        }
        return known;
    }

    private Range compute(Term term) {
        if (term instanceof Term.Ratio r) {
            return range(r.over()).dividedBy(range(r.under()));
        }
        if (term instanceof Term.Limit l) {
            RequirementPoint point = base.item().points().get(base.place(l.point()));
            return limit(point, point.parameter(l.parameter())).range();
        }
        return range(term.name());
    }

    /** A limit of a point in force. */
    Limit limit(RequirementPoint point, Parameter parameter) {
        Optional<Parameter.Value> value = InForce.value(parameter, region, asOf);
        Parameter.Steps steps = value.map(Parameter.Value::steps).orElse(null);
        if (steps != null) {
            return new Limit(value, range(steps.fact()).steps(value.get().value(), steps));
        }
        return value.isPresent()
                ? new Limit(value, Range.of(value.get().value()))
                : new Limit(value, range(parameter.ask().orElseThrow()));
    }

    private Range range(String fact) {
        FactDefinition definition = pack.fact(fact).orElseThrow();
        boolean integer = definition.type() == FactDefinition.Type.INTEGER;
        FactValue value = value(fact);
        if (value instanceof FactValue.Number n) {
            if (n.error().signum() == 0 && definition.rounding() == null) {
                return new Range(n.value(), n.value(), integer, List.of());
            }
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
            BigDecimal step = definition.rounding();
            if (m.low() != null) {
                low = low == null ? rounded(m.low(), step) : low.max(rounded(m.low(), step));
            }
            if (m.high() != null) {
                high = high == null ? rounded(m.high(), step) : high.min(rounded(m.high(), step));
            }
            missing = m.why() == FactValue.Reason.WITHIN_ERROR ? List.of() : missing;
        }
        return new Range(low, high, integer, missing);
    }

    private static BigDecimal rounded(BigDecimal value, @Nullable BigDecimal step) {
        return step == null ? value : value.divide(step, 0, RoundingMode.HALF_UP).multiply(step);
    }

    /**
     * The values a choice may take: the item says which variants there are, the vocabulary all
     * else.
     */
    List<String> values(String fact) {
        return (fact.equals(VARIANT)
                        ? base.item().variants()
                        : pack.fact(fact).orElseThrow().values())
                .stream().map(FactDefinition.Option::value).toList();
    }
}
