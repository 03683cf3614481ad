package org.kanqian.rules.verdict;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.pack.Basis;
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
 * @param rules the rules that fired
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
        List<FiredRule> rules,
        List<Ahead> ahead) {

    public Finding {
        basis = List.copyOf(basis);
        because = List.copyOf(because);
        missing = List.copyOf(missing);
        rules = List.copyOf(rules);
        ahead = List.copyOf(ahead);
    }

    /** This finding with another status for today and what comes later. */
    public Finding lookingAhead(Status today, List<Ahead> later) {
        return new Finding(
                point, today, text, basis, measured, required, because, missing, rules, later);
    }

    /** A measured number and half its error band, in {@code unit}. */
    public record Measured(String fact, BigDecimal value, String unit, BigDecimal error) {}

    /** What must hold: {@code relation} is one of {@code >= > <= < == !=}. */
    public record Required(String relation, BigDecimal value, String unit) {}

    /** A fact a rule read. */
    public record Because(String fact, String label, FactValue value) {}

    /** A rule that fired: its name, and its sentences as the officer wrote them. */
    public record FiredRule(String name, List<String> sentences) {
        public FiredRule {
            sentences = List.copyOf(sentences);
        }
    }

    /** The status from a later day on. */
    public record Ahead(LocalDate from, Status status) {}
}
