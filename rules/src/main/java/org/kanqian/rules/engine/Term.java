package org.kanqian.rules.engine;

import java.util.List;

/** A number a sentence compares. Its {@link #name} is what worlds call it. */
sealed interface Term {
    String name();

    /** The facts it is made of. */
    List<String> facts();

    /** A fact of the sheet. */
    record Fact(String name) implements Term {
        @Override
        public List<String> facts() {
            return List.of(name);
        }
    }

    /** One fact divided by another. */
    record Ratio(String over, String under, String name) implements Term {
        Ratio(String over, String under) {
            this(over, under, over + "÷" + under);
        }

        @Override
        public List<String> facts() {
            return List.of(over, under);
        }
    }

    /** A limit of the point the rule is about. */
    record Limit(String point, String parameter, String name) implements Term {
        Limit(String point, String parameter) {
            this(point, parameter, "限值 " + point + "/" + parameter);
        }

        @Override
        public List<String> facts() {
            return List.of();
        }
    }
}
