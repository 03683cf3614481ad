package org.kanqian.rules.engine;

import java.util.List;

/** What one sentence of a rule asks. */
sealed interface Condition {

    /** The facts it reads. */
    List<String> facts();

    /** {@code left relation right}. */
    record Comparison(Term left, Relation relation, Term right) implements Condition {
        @Override
        public List<String> facts() {
            return java.util.stream.Stream.concat(left.facts().stream(), right.facts().stream())
                    .toList();
        }
    }

    /** A yes or no. */
    record FlagIs(String fact, boolean answer) implements Condition {
        @Override
        public List<String> facts() {
            return List.of(fact);
        }
    }

    /** A choice that is, or is not, one of some values. */
    record ChoiceIs(String fact, List<String> values) implements Condition {
        public ChoiceIs {
            values = List.copyOf(values);
        }

        @Override
        public List<String> facts() {
            return List.of(fact);
        }
    }
}
