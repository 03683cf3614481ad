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

    /** One of several yes-or-nos is {@code answer}. */
    record AnyFlag(List<String> facts, boolean answer) implements Condition {
        public AnyFlag {
            facts = List.copyOf(facts);
        }
    }

    /** All of several yes-or-nos are {@code answer}. */
    record AllFlags(List<String> facts, boolean answer) implements Condition {
        public AllFlags {
            facts = List.copyOf(facts);
        }
    }

    /** A choice that is ({@code among}), or is not, one of some values. */
    record ChoiceIs(String fact, List<String> values, boolean among) implements Condition {
        public ChoiceIs {
            values = List.copyOf(values);
        }

        @Override
        public List<String> facts() {
            return List.of(fact);
        }
    }
}
