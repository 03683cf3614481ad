package org.kanqian.rules.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.CheckKind;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.StandardsPack;

/** The standards the product ships with. */
class PackagedStandardsTest {
    private static RuleBook book;

    @BeforeAll
    static void compile() {
        book = RuleBook.compile(StandardsPack.load(PackSource.classPath()));
    }

    @Test
    void everyWorkedCaseHolds() {
        assertThat(WorkedCases.run(book)).isEmpty();
    }

    @Test
    void everyDecidablePointIsShownMetViolatedAndUnknown() {
        Set<String> shown = new HashSet<>();
        book.pack()
                .cases()
                .forEach(
                        c ->
                                c.then()
                                        .forEach(
                                                (point, status) ->
                                                        shown.add(
                                                                whose(c.item(), point)
                                                                        + " "
                                                                        + status)));
        List<String> notShown = new ArrayList<>();
        for (ApprovalItem item : book.pack().items()) {
            for (RequirementPoint point : item.points()) {
                if (point.check() == CheckKind.VISIT) {
                    continue;
                }
                for (String status : List.of("MET", "VIOLATED", "UNKNOWN")) {
                    String line = whose(item.id(), point.id()) + " " + status;
                    if (!shown.contains(line)) {
                        notShown.add(line);
                    }
                }
            }
        }
        assertThat(notShown).isEmpty();
    }

    /** A common point is shown once for all items. */
    private static String whose(String item, String point) {
        return book.pack()
                        .item(item)
                        .flatMap(i -> i.point(point))
                        .filter(RequirementPoint::common)
                        .isPresent()
                ? "common " + point
                : item + " " + point;
    }
}
