package org.kanqian.rules.pack;

import java.util.List;
import java.util.Optional;

/**
 * Approval items that one undertaking needs together (一件事): to open a restaurant.
 *
 * @param id kebab-case
 */
public record Bundle(String id, Text name, List<Member> items) {
    public Bundle {
        items = List.copyOf(items);
    }

    /** An item and its variant, where the undertaking settles it. */
    public record Member(String item, Optional<String> variant) {}
}
