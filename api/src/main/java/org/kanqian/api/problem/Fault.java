package org.kanqian.api.problem;

import org.kanqian.rules.pack.Text;

/**
 * One thing wrong with a request.
 *
 * @param pointer JSON pointer of the field; empty for the request as a whole
 * @param detail what is wrong and how to mend it
 */
public record Fault(String pointer, Text detail) {
    public Fault(String pointer, String zh, String en) {
        this(pointer, new Text(zh, en));
    }
}
