package org.kanqian.gis.plan.importing;

import static java.util.Objects.requireNonNull;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan made out of another format.
 *
 * @param plan {@code kanqian-plan/1}, not yet judged: give it to {@link
 *     org.kanqian.gis.plan.FloorPlan#read(tools.jackson.databind.JsonNode)}; never states {@code
 *     complete}, which only its drawer can
 * @param notes all that was left out, guessed or assumed
 */
public record ImportedPlan(ObjectNode plan, List<ImportNote> notes) {
    public ImportedPlan {
        requireNonNull(plan, "plan");
        notes = List.copyOf(notes);
    }
}
