package org.kanqian.rules.pack;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing an approval item asks of the premises (要点).
 *
 * @param id kebab-case, unique in its item
 * @param text plain words; {@code {name}} stands for a parameter in force
 * @param region GB/T 2260 prefix it holds in; {@code CN} for the whole country
 * @param replaces ids of wider points it stands in for
 * @param inForce first day it holds; null where not known
 * @param until last day it holds, inclusive
 * @param severity how grave a violation is
 * @param curable whether a refit, a document or another way of running the business can cure a
 *     violation at this address; false makes a violation {@code WRONG_SITE}
 * @param recalled true where the research had the clause from general knowledge and nobody has read
 *     it in the text yet
 * @param verified last day somebody checked that the source still says so
 * @param score what a violation costs on the item's score sheet; zero where it has none
 * @param tables its decision tables
 * @param common whether it is one of {@code common/}, which several items share
 */
public record RequirementPoint(
        String id,
        Stage stage,
        Text title,
        Text text,
        List<Basis> basis,
        String region,
        List<String> replaces,
        @Nullable LocalDate inForce,
        @Nullable LocalDate until,
        CheckKind check,
        Severity severity,
        boolean curable,
        Map<String, Parameter> parameters,
        Text fix,
        Text evidence,
        Optional<String> source,
        boolean recalled,
        @Nullable LocalDate verified,
        BigDecimal score,
        List<DecisionTable> tables,
        boolean common) {

    public RequirementPoint {
        basis = List.copyOf(basis);
        replaces = List.copyOf(replaces);
        parameters = Map.copyOf(parameters);
        tables = List.copyOf(tables);
    }

    /** This point as one item uses it. */
    RequirementPoint usedWith(List<Basis> citations, Map<String, Parameter> limits) {
        return new RequirementPoint(
                id, stage, title, text, citations, region, replaces, inForce, until, check,
                severity, curable, limits, fix, evidence, source, recalled, verified, score, tables,
                true);
    }

    /** This point with another limit of that name, a table's row included. */
    public RequirementPoint with(Parameter limit) {
        Map<String, Parameter> own = new java.util.LinkedHashMap<>(parameters);
        own.computeIfPresent(limit.name(), (n, p) -> limit);
        List<DecisionTable> other =
                tables.stream()
                        .map(
                                t -> {
                                    Map<String, Parameter> rows =
                                            new java.util.LinkedHashMap<>(t.limits());
                                    rows.computeIfPresent(limit.name(), (n, p) -> limit);
                                    return new DecisionTable(
                                            t.file(), t.headings(), t.rows(), t.names(), rows);
                                })
                        .toList();
        return new RequirementPoint(
                id, stage, title, text, basis, region, replaces, inForce, until, check, severity,
                curable, own, fix, evidence, source, recalled, verified, score, other, common);
    }

    /** Every limit of the point, those of its tables' rows included, by name. */
    public Map<String, Parameter> limits() {
        if (tables.isEmpty()) {
            return parameters;
        }
        Map<String, Parameter> all = new java.util.LinkedHashMap<>(parameters);
        tables.forEach(t -> all.putAll(t.limits()));
        return all;
    }

    /**
     * A limit by its name, those of tables ({@code area.5}) included.
     *
     * @throws IllegalArgumentException if the point has no parameter of that name
     */
    public Parameter parameter(String name) {
        Parameter parameter = parameters.get(name);
        for (DecisionTable table : parameter == null ? tables : List.<DecisionTable>of()) {
            parameter = parameter == null ? table.limits().get(name) : parameter;
        }
        if (parameter == null) {
            throw new IllegalArgumentException(id + " has no parameter " + name);
        }
        return parameter;
    }
}
