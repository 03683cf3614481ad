package org.kanqian.rules.authoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kanqian.rules.engine.Inquiry;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.inforce.NotInForceException;
import org.kanqian.rules.pack.WorkedCase;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Judgement;

/** Runs the worked cases of a pack against its own rules. */
public final class WorkedCases {
    private WorkedCases() {}

    /** A case that does not hold, and how. */
    public record Failure(WorkedCase workedCase, String message) {
        @Override
        public String toString() {
            return "items/"
                    + workedCase.item()
                    + "/cases.yaml:"
                    + workedCase.line()
                    + " "
                    + workedCase.name()
                    + "："
                    + message;
        }
    }

    /** Every case of the book's pack that does not hold. */
    public static List<Failure> run(RuleBook book) {
        return run(book, book.pack().cases());
    }

    /** Every one of these cases that does not hold. */
    public static List<Failure> run(RuleBook book, List<WorkedCase> cases) {
        List<Failure> failures = new ArrayList<>();
        for (WorkedCase workedCase : cases) {
            try {
                compare(workedCase, judge(book, workedCase), failures);
            } catch (NotInForceException e) {
                failures.add(new Failure(workedCase, String.valueOf(e.getMessage())));
            }
        }
        return failures;
    }

    static Judgement judge(RuleBook book, WorkedCase workedCase) {
        return book.judge(
                new Inquiry(
                        List.of(new Inquiry.ItemInquiry(workedCase.item(), workedCase.variant())),
                        workedCase.given(),
                        workedCase.region(),
                        workedCase.asOf(),
                        0));
    }

    private static void compare(
            WorkedCase workedCase, Judgement judgement, List<Failure> failures) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        judgement.items().get(0).findings().forEach(f -> findings.put(f.point().id(), f));
        workedCase
                .then()
                .forEach(
                        (point, expected) -> {
                            Finding finding = findings.get(point);
                            String found = finding == null ? "（不在结果中）" : finding.status().name();
                            if (!found.equals(expected)) {
                                failures.add(
                                        new Failure(
                                                workedCase,
                                                point + " 应为 " + expected + "，得到 " + found));
                            }
                        });
        workedCase
                .verdict()
                .filter(v -> !v.equals(judgement.verdict().name()))
                .ifPresent(
                        v ->
                                failures.add(
                                        new Failure(
                                                workedCase,
                                                "结论应为 "
                                                        + v
                                                        + "，得到 "
                                                        + judgement.verdict()
                                                        + " "
                                                        + open(judgement))));
    }

    /** The points that are neither met nor settled, to help mend the case. */
    private static String open(Judgement judgement) {
        StringBuilder open = new StringBuilder();
        for (Finding f : judgement.items().get(0).findings()) {
            switch (f.status()) {
                case VIOLATED:
                case UNKNOWN:
                case MARGINAL:
                    open.append(f.point().id())
                            .append('=')
                            .append(f.status())
                            .append(f.missing())
                            .append(' ');
                    break;
                default:
            }
        }
        return open.toString();
    }
}
