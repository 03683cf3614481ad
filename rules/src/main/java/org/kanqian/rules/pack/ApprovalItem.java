package org.kanqian.rules.pack;

import java.util.List;
import java.util.Optional;

/**
 * An approval item (事项) and all it asks.
 *
 * @param id kebab-case, its folder under {@code items/}
 * @param variants business forms (情形) that change what is asked; may be empty
 * @param licenceBasis what makes the licence necessary
 * @param points in the order of the file
 * @param rules the text of its {@code rules.dslr}
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
        String rules) {

    public ApprovalItem {
        variants = List.copyOf(variants);
        licenceBasis = List.copyOf(licenceBasis);
        points = List.copyOf(points);
    }

    /** Whether the law has somebody look at the premises. */
    public enum Visit {
        REQUIRED,
        CONDITIONAL,
        NONE
    }

    /** The point of that id. */
    public Optional<RequirementPoint> point(String pointId) {
        return points.stream().filter(p -> p.id().equals(pointId)).findFirst();
    }
}
