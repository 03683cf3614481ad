package org.kanqian.api.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.PlanException;
import org.kanqian.gis.plan.PlanFault;
import org.kanqian.gis.plan.drawing.CjkFont;
import org.kanqian.gis.plan.drawing.DrawingStyle;
import org.kanqian.gis.plan.drawing.Mark;
import org.kanqian.gis.plan.drawing.PlanDrawing;
import org.kanqian.rules.pack.Text;
import tools.jackson.databind.JsonNode;

/** A plan and what was found of it, ready to be drawn. */
public record DrawnPlan(FloorPlan plan, List<Mark> marks, DrawingStyle style) {
    private static final String PLAN = "plan";

    public DrawnPlan {
        marks = List.copyOf(marks);
    }

    /**
     * Reads a request for a drawing: a request for a pre-check with a plan, or the plan alone, in
     * which case no findings are marked on it. What is wrong in the plan itself is told last.
     *
     * @throws ProblemException if it cannot be answered
     */
    public static DrawnPlan of(
            JsonNode body, PreCheckService service, FindingMarks.Mode mode, Locale locale) {
        DrawingStyle style = DrawingStyle.FULL.in(language(locale));
        if (!body.path(PLAN).isObject()) {
            throw ProblemException.invalid(
                    List.of(
                            new Fault(
                                    "/plan",
                                    "要画图就要有平面图，格式 kanqian-plan/1。",
                                    "There is no plan to draw; its form is kanqian-plan/1.")));
        }
        boolean alone = body.properties().stream().map(Map.Entry::getKey).allMatch(PLAN::equals);
        List<Mark> marks =
                new ArrayList<>(alone ? List.of() : FindingMarks.of(service.check(body), mode));
        FloorPlan plan = plan(body.path(PLAN));
        int room = FindingMarks.MOST - marks.size();
        for (PlanFault fault : plan.faults().stream().limit(Math.max(0, room)).toList()) {
            marks.add(
                    new Mark(
                            marks.size() + 1,
                            Mark.Kind.VIOLATED,
                            List.of(),
                            "图上有错：" + fault.zh(),
                            "Fault in the plan: " + fault.en()));
        }
        return new DrawnPlan(plan, marks, style);
    }

    private static FloorPlan plan(JsonNode plan) {
        try {
            return FloorPlan.read(plan);
        } catch (PlanException e) {
            throw ProblemException.invalid(
                    e.faults().stream()
                            .map(f -> new Fault("/plan" + f.pointer(), f.zh(), f.en()))
                            .toList());
        }
    }

    private static DrawingStyle.Language language(Locale locale) {
        return locale.getLanguage().equals("en")
                ? DrawingStyle.Language.EN
                : DrawingStyle.Language.ZH;
    }

    public String svg() {
        return PlanDrawing.svg(plan, marks, Optional.of(style));
    }

    public byte[] pdf(CjkFont font) {
        return PlanDrawing.pdf(plan, marks, Optional.of(style), font);
    }

    /** That this machine has no font to set a PDF in. */
    public static ProblemException noFont(CjkFont.MissingException e) {
        return new ProblemException(
                new Problem(
                        503,
                        "pdf-font-missing",
                        new Text("画不了 PDF", "No PDF can be drawn"),
                        new Text(e.zh(), String.valueOf(e.getMessage())),
                        List.of()));
    }
}
