package org.kanqian.rules.pack;

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
        @Nullable LocalDate verified) {

    public RequirementPoint {
        basis = List.copyOf(basis);
        replaces = List.copyOf(replaces);
        parameters = Map.copyOf(parameters);
    }

    /**
     * @throws IllegalArgumentException if the point has no parameter of that name
     */
    public Parameter parameter(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException(id + " has no parameter " + name);
        }
        return parameter;
    }
}
