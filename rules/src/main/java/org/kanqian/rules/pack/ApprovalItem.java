package org.kanqian.rules.pack;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * An approval item (事项) and all it asks.
 *
 * @param id kebab-case, its folder under {@code items/}
 * @param variants business forms (情形) that change what is asked; may be empty
 * @param licenceBasis what makes the licence necessary
 * @param points in the order of the file
 * @param rules its {@code rules.dslr}, the tables of its points, and the rules of the common points
 *     it uses
 * @param score its score sheet (打分表), where it has one
 */
public record ApprovalItem(
        String id,
        Text name,
        String category,
        String authority,
        Visit visit,
        List<FactDefinition.Option> variants,
        List<Basis> licenceBasis,
        List<RequirementPoint> points,
        List<RuleSource> rules,
        Optional<ScoreSheet> score) {

    public ApprovalItem {
        variants = List.copyOf(variants);
        licenceBasis = List.copyOf(licenceBasis);
        points = List.copyOf(points);
        rules = List.copyOf(rules);
    }

    /**
     * A score sheet: every point that has a score costs that much when it is violated.
     *
     * @param of the sum of all scores
     * @param pass the least score that passes
     */
    public record ScoreSheet(BigDecimal of, BigDecimal pass, List<Basis> basis) {}

    /** Whether the law has somebody look at the premises. */
    public enum Visit {
        REQUIRED,
        CONDITIONAL,
        NONE
    }

    /** This item with that point in place of its own of the same id. */
    public ApprovalItem with(RequirementPoint point) {
        return new ApprovalItem(
                id,
                name,
                category,
                authority,
                visit,
                variants,
                licenceBasis,
                points.stream().map(p -> p.id().equals(point.id()) ? point : p).toList(),
                rules,
                score);
    }

    /** The point of that id. */
    public Optional<RequirementPoint> point(String pointId) {
        return points.stream().filter(p -> p.id().equals(pointId)).findFirst();
    }
}
