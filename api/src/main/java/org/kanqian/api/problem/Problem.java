package org.kanqian.api.problem;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.kanqian.rules.pack.Text;

/**
 * Why a request was not answered.
 *
 * @param status HTTP status
 * @param type last segment of the problem's type, kebab-case
 * @param faults every fault found; may be empty
 * @param more members of this type's own (RFC 9457 §3.2), by name
 */
public record Problem(
        int status,
        String type,
        Text title,
        Text detail,
        List<Fault> faults,
        Map<String, Object> more) {
    public Problem {
        faults = List.copyOf(faults);
        more = Map.copyOf(more);
    }

    public Problem(int status, String type, Text title, Text detail, List<Fault> faults) {
        this(status, type, title, detail, faults, Map.of());
    }

    /** The body of an {@code application/problem+json} answer, in one language. */
    public Map<String, Object> body(Locale locale) {
        Map<String, Object> body = new java.util.LinkedHashMap<>();
        body.put("type", "/problems/" + type);
        body.put("title", title.in(locale));
        body.put("status", status);
        body.put("detail", detail.in(locale));
        if (!faults.isEmpty()) {
            body.put("errors", faults.stream().map(f -> error(f, locale)).toList());
        }
        body.putAll(more);
        return body;
    }

    private static Map<String, Object> error(Fault fault, Locale locale) {
        Map<String, Object> error = new TreeMap<>(fault.where());
        error.put("pointer", fault.pointer());
        error.put("detail", fault.detail().in(locale));
        error.put("zh", fault.detail().zh());
        error.put("en", fault.detail().en());
        return error;
    }
}
