package org.kanqian.api.layer;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;

/** Ids of layers in addresses, where {@code /} is written {@code .}, or as it is. */
final class LayerIds {
    private static final String SEGMENT = "[\\p{L}\\p{N}_-]{1,60}";
    private static final String ID = SEGMENT + "(?:/" + SEGMENT + "){0,2}";

    private LayerIds() {}

    /** The id among those known that an address means. */
    static Optional<String> known(String given, Collection<String> ids) {
        String dotted = given.replace('/', '.');
        return ids.stream().filter(id -> id.replace('/', '.').equals(dotted)).findFirst();
    }

    /**
     * The id an address means, which may be a new one.
     *
     * @throws ProblemException 422 if it cannot be one
     */
    static String forWriting(String given, Collection<String> ids) {
        return known(given, ids)
                .orElseGet(
                        () -> {
                            String id = given.replace('.', '/');
                            if (!id.matches(ID)) {
                                throw ProblemException.invalid(
                                        List.of(
                                                new Fault(
                                                        "",
                                                        "图层编号只能用文字、数字、_ 和 -，最多三段，段间写 .，例如"
                                                                + " haidian.school："
                                                                + Fault.shown(given),
                                                        "A layer's id takes letters, digits, _ and -,"
                                                                + " up to three parts with . between"
                                                                + " them, e.g. haidian.school: "
                                                                + Fault.shown(given))));
                            }
                            return id;
                        });
    }

    static ProblemException unknown() {
        return ProblemException.notFound(
                "没有这个图层，全部图层见 /v1/layers。", "There is no such layer; /v1/layers lists them.");
    }
}
