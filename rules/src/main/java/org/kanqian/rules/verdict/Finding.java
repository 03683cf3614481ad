package org.kanqian.rules.verdict;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.pack.Basis;
import org.kanqian.rules.pack.Parameter;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.Text;

/**
 * What was found about one point (要点判定).
 *
 * @param point the point itself: title, severity, fix, evidence
 * @param text the point's text with the limits in force filled in
 * @param basis the point's citations and those of the limits in force
 * @param measured the fact compared with a limit, if the point is such a comparison and it is known
 * @param required the limit it is compared with, as what must hold
 * @param because every fact the point's rules read, with what is known about it
 * @param missing names of the facts that keep the point from being decided
 * @param rules every rule that says how the point is violated, and what it did
 * @param limits the limits in force that are settled, in name order
 * @param ahead how the status changes on later days as the law changes, in date order
 */
public record Finding(
        RequirementPoint point,
        Status status,
        Text text,
        List<Basis> basis,
        Optional<Measured> measured,
        Optional<Required> required,
        List<Because> because,
        List<String> missing,
        List<RuleTrace> rules,
        List<Limit> limits,
        List<Ahead> ahead) {

    public Finding {
        basis = List.copyOf(basis);
        because = List.copyOf(because);
        missing = List.copyOf(missing);
        rules = List.copyOf(rules);
        limits = List.copyOf(limits);
        ahead = List.copyOf(ahead);
    }

    /** This finding with another status for today and what comes later. */
    public Finding lookingAhead(Status today, List<Ahead> later) {
        return new Finding(
                point, today, text, basis, measured, required, because, missing, rules, limits,
                later);
    }

    /** A measured number and half its error band, in {@code unit}. */
    public record Measured(String fact, BigDecimal value, String unit, BigDecimal error) {}

    /** What must hold: {@code relation} is one of {@code >= > <= < == !=}. */
    public record Required(String relation, BigDecimal value, String unit) {}

    /** A fact a rule read. */
    public record Because(String fact, String label, FactValue value) {}

    /**
     * What became of a rule.
     *
     * @param name as the officer named it
     * @param file file of the pack, and {@code line} in it (the row of a table)
     * @param fired whether it fired, in at least one completion of what is not known
     * @param sentences its sentences as the officer wrote them
     * @param heldBack those of its sentences that do not hold here, whatever is still unknown: why
     *     it did not fire
     */
    public record RuleTrace(
            String name,
            String file,
            int line,
            boolean fired,
            List<String> sentences,
            List<String> heldBack) {
        public RuleTrace {
            sentences = List.copyOf(sentences);
            heldBack = List.copyOf(heldBack);
        }
    }

    /** A limit in force. */
    public record Limit(
            String name,
            BigDecimal value,
            String unit,
            Parameter.Stricter stricter,
            List<Basis> basis) {
        public Limit {
            basis = List.copyOf(basis);
        }
    }

    /** The status from a later day on. */
    public record Ahead(LocalDate from, Status status) {}
}
