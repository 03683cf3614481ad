package org.kanqian.api.plan;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.PreCheckAnswer.Choice;
import org.kanqian.gis.plan.FloorPlan.FlowKind;
import org.kanqian.gis.plan.PlanVocabulary;
import org.kanqian.gis.plan.drawing.Mark;
import org.kanqian.gis.plan.importing.ImportNote;
import org.kanqian.rules.pack.Severity;
import org.kanqian.rules.pack.Text;
import tools.jackson.databind.JsonNode;

/** Answers about plans as they are sent; texts in the reader's language. */
final class PlanAnswers {
    private PlanAnswers() {}

    /** What can be drawn. What the items asked for look at comes first. */
    @Schema(name = "PlanVocabulary")
    record Vocabulary(
            List<Type> rooms, List<Type> fixtures, List<Flow> flows, List<Attribute> attributes) {}

    /**
     * A type of room or fixture.
     *
     * @param look colour of a room, symbol of a fixture in drawings
     * @param asked the points that look at it; empty for what the items do not ask about
     */
    @Schema(name = "PlanType")
    record Type(String type, String look, Text name, List<Asked> asked) {}

    @Schema(name = "PlanFlowKind")
    record Flow(FlowKind kind, Text name, List<Asked> asked) {}

    /**
     * What can be stated of a part of the plan, or of the premises as a whole.
     *
     * @param types of the rooms or fixtures it is stated of; empty for all of them
     * @param type boolean, number, integer or choice
     */
    @Schema(name = "PlanAttribute")
    record Attribute(
            PlanVocabulary.Of of,
            String key,
            Set<String> types,
            Text name,
            String type,
            String unit,
            List<Choice> choices,
            List<Asked> asked) {}

    /** A point of an item. */
    @Schema(name = "PlanAsked")
    record Asked(String item, String point, Text title) {}

    /**
     * What is wrong with a plan.
     *
     * @param sound whether all of it passes the quality gate; what fails is in {@code faults}, and
     *     what hangs on it is in {@code open}. Of a plan that cannot be read at all nothing is
     *     judged, and {@code findings} and {@code open} are empty
     */
    @Schema(name = "PlanFindings")
    record Findings(
            boolean sound,
            List<Fault> faults,
            List<Fault> warnings,
            List<Found> findings,
            List<Open> open) {}

    /**
     * @param pointer JSON pointer in the request
     * @param element id of the element it lies in; null for the plan as a whole
     */
    @Schema(name = "PlanFault")
    record Fault(String pointer, @Nullable String element, Text detail) {}

    /**
     * A point that is violated or within the error of its limit.
     *
     * @param number as the drawing numbers it
     * @param elements ids of what it was read from, the most telling first; empty for what is
     *     missing
     */
    @Schema(name = "PlanFinding")
    record Found(
            int number,
            Mark.Kind status,
            Severity severity,
            String point,
            Text title,
            Text text,
            String basis,
            @Nullable Text fix,
            List<String> elements) {}

    /** A point the plan could settle and does not yet. */
    @Schema(name = "PlanOpenPoint")
    record Open(String point, Text title, List<Lacking> lacking) {}

    /** A fact the plan does not tell, and why not. */
    @Schema(name = "PlanLackingFact")
    record Lacking(String fact, String label, String why) {}

    /**
     * @param plan {@code kanqian-plan/1}, not yet judged; never states {@code complete}
     */
    @Schema(name = "ImportedPlan")
    record Imported(JsonNode plan, List<Note> notes) {}

    /**
     * @param element what it is about; empty for the whole drawing
     */
    @Schema(name = "ImportNote")
    record Note(ImportNote.Kind kind, String element, Text text) {}
}
