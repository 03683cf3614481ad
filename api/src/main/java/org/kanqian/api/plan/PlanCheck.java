package org.kanqian.api.plan;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.drawing.FindingMarks;
import org.kanqian.api.precheck.PreCheckAnswer;
import org.kanqian.api.precheck.PreCheckAnswer.Found;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.PlanException;
import org.kanqian.gis.plan.PlanFault;
import org.kanqian.rules.pack.Text;
import org.kanqian.rules.verdict.Status;
import tools.jackson.databind.JsonNode;

/** Judges a plan while it is being drawn. Nothing is filed and nothing signed for the reader. */
final class PlanCheck {
    private static final String PLAN = "plan";

    private PlanCheck() {}

    /**
     * What the quality gate says of the plan of a request, and what the rules say of what passed
     * it.
     *
     * @param body a request for a pre-check, with a plan
     * @throws ProblemException if anything but the plan is wrong with it
     */
    static PlanAnswers.Findings of(JsonNode body, PreCheckService service) {
        JsonNode given = body.path(PLAN);
        if (!given.isObject()) {
            throw ProblemException.invalid(
                    List.of(
                            new Fault(
                                    "/plan",
                                    "要有平面图，格式 kanqian-plan/1。",
                                    "There is no plan; its form is kanqian-plan/1.")));
        }
        FloorPlan plan;
        try {
            plan = FloorPlan.read(given);
        } catch (PlanException e) {
            return new PlanAnswers.Findings(
                    false, faults(e.faults(), given), List.of(), List.of(), List.of());
        }
        PreCheckAnswer answer = service.check(body);
        return new PlanAnswers.Findings(
                plan.defects().isEmpty(),
                faults(plan.faults(), given),
                faults(plan.warnings(), given),
                FindingMarks.marked(answer, FindingMarks.Mode.FINDINGS).stream()
                        .map(PlanCheck::found)
                        .toList(),
                open(answer));
    }

    private static List<PlanAnswers.Fault> faults(List<PlanFault> faults, JsonNode plan) {
        return faults.stream()
                .map(
                        f ->
                                new PlanAnswers.Fault(
                                        "/plan" + f.pointer(),
                                        element(plan, f.pointer()),
                                        new Text(f.zh(), f.en())))
                .toList();
    }

    /** The id of the room, opening, fixture, flow or storey a pointer leads into. */
    private static @Nullable String element(JsonNode plan, String pointer) {
        String[] steps = pointer.split("/", 4);
        if (steps.length < 3 || !steps[2].matches("\\d{1,6}")) {
            return null;
        }
        JsonNode id = plan.path(steps[1]).path(Integer.parseInt(steps[2])).path("id");
        return id.isString() ? id.asString() : null;
    }

    private static PlanAnswers.Found found(FindingMarks.Marked marked) {
        Found worst = marked.found().get(0);
        return new PlanAnswers.Found(
                marked.mark().number(),
                marked.mark().kind(),
                worst.severity(),
                worst.point(),
                worst.title(),
                worst.text(),
                worst.basis().stream()
                        .findFirst()
                        .map(
                                b ->
                                        "《"
                                                + b.title()
                                                + "》"
                                                + Optional.ofNullable(b.article()).orElse(""))
                        .orElse(""),
                worst.fix(),
                marked.mark().elements());
    }

    /** Points that wait for something the plan could tell. */
    private static List<PlanAnswers.Open> open(PreCheckAnswer answer) {
        return answer.items().stream()
                .flatMap(i -> i.findings().stream())
                .filter(f -> f.status() == Status.UNKNOWN && FindingMarks.onPlan(f))
                .map(f -> new PlanAnswers.Open(f.point(), f.title(), lacking(f)))
                .filter(o -> !o.lacking().isEmpty())
                .distinct()
                .toList();
    }

    private static List<PlanAnswers.Lacking> lacking(Found found) {
        return found.because().stream()
                .filter(b -> b.fact().startsWith("plan."))
                .flatMap(
                        b ->
                                Optional.ofNullable(b.unknown()).stream()
                                        .map(
                                                u ->
                                                        new PlanAnswers.Lacking(
                                                                b.fact(), b.label(), u.detail())))
                .toList();
    }
}
