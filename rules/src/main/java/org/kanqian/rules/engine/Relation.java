package org.kanqian.rules.engine;

import java.util.Arrays;
import java.util.Optional;

/** How two numbers compare, as officers write it. */
enum Relation {
    LESS("小于", "<"),
    AT_MOST("不大于", "<="),
    GREATER("大于", ">"),
    AT_LEAST("不小于", ">="),
    EQUAL("等于", "=="),
    NOT_EQUAL("不等于", "!=");

    private final String word;
    private final String operator;

    Relation(String word, String operator) {
        this.word = word;
        this.operator = operator;
    }

    static Optional<Relation> of(String word) {
        return Arrays.stream(values()).filter(r -> r.word.equals(word)).findFirst();
    }

    String word() {
        return word;
    }

    String operator() {
        return operator;
    }

    /** What must hold where this must not. */
    Relation negated() {
        switch (this) {
            case LESS:
                return AT_LEAST;
            case AT_MOST:
                return GREATER;
            case GREATER:
                return AT_MOST;
            case AT_LEAST:
                return LESS;
            case EQUAL:
                return NOT_EQUAL;
            default:
                return EQUAL;
        }
    }
}
