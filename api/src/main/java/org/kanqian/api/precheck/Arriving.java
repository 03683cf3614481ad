package org.kanqian.api.precheck;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.rules.pack.Text;
import tools.jackson.databind.JsonNode;

/** What arrives over HTTP, read no further than it may be. */
public final class Arriving {
    private static final String KEY = "[\\x21-\\x7e]{1,100}";

    private Arriving() {}

    /**
     * The JSON body of a request.
     *
     * @throws ProblemException 413, 415, 400 or 422 if it is none we take
     */
    public static JsonNode body(HttpServletRequest http) throws IOException {
        if (http.getContentLengthLong() > Body.MOST_BYTES) {
            throw Body.tooLarge();
        }
        notEncoded(http);
        return Body.read(http.getInputStream());
    }

    /**
     * @throws ProblemException 415 if the body is compressed on its way
     */
    public static void notEncoded(HttpServletRequest http) {
        String encoding = http.getHeader("Content-Encoding");
        if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("identity")) {
            throw new ProblemException(
                    new Problem(
                            415,
                            "encoded-body",
                            new Text("请求读不懂", "The request cannot be read"),
                            new Text(
                                    "请求体不能压缩，请去掉 Content-Encoding。",
                                    "The body must not be compressed; leave out"
                                            + " Content-Encoding."),
                            List.of()));
        }
    }

    /**
     * @throws ProblemException 422 if it is no idempotency key we take
     */
    static void checkKey(@Nullable String key) {
        if (key != null && !key.matches(KEY)) {
            throw ProblemException.invalid(
                    List.of(
                            new Fault(
                                    "",
                                    "请求头 Idempotency-Key 要有 1 到 100 个可见的 ASCII 字符，例如一个 UUID。",
                                    "The header Idempotency-Key must hold 1 to 100 visible ASCII"
                                            + " characters, such as a UUID.")));
        }
    }
}
