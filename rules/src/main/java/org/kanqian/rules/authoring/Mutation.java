package org.kanqian.rules.authoring;

import java.util.List;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.Text;
import org.kanqian.rules.pack.WorkedCase;

/**
 * Tests the worked cases themselves: a limit moved by one step, or a rule left out, must break some
 * case of the item, or nobody would notice the slip.
 */
public final class Mutation {
    private Mutation() {}

    /** A mutation that broke no case. */
    public record Survivor(String item, String point, Text what) {}

    /** How many mutations there were, and which of them no case noticed. */
    public record Result(int mutants, List<Survivor> survivors) {
        public Result {
            survivors = List.copyOf(survivors);
        }
    }

    /** Mutates one item. A point of {@code common/} is tested by the item that shows it. */
    public static Result run(RuleBook book, String item) {
        List<WorkedCase> cases = book.pack().casesOf(item);
        List<RuleBook.Mutant> mutants =
                book.mutants(item).stream()
                        .filter(m -> cases.stream().anyMatch(c -> c.then().containsKey(m.point())))
                        .toList();
        return new Result(
                mutants.size(),
                mutants.stream()
                        .filter(m -> WorkedCases.run(m.book(), cases).isEmpty())
                        .map(m -> new Survivor(item, m.point(), m.what()))
                        .toList());
    }
}
