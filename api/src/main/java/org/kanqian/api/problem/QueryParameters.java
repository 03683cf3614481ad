package org.kanqian.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.kanqian.rules.fact.Nearest;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters an address does not take: {@code asof} for {@code asOf} would otherwise
 * be answered under another day's law without a word.
 */
public final class QueryParameters implements HandlerInterceptor {
    private final Function<List<Fault>, ProblemException> refusal;

    /**
     * @param refusal what the sender of unknown parameters is told; 422 in our own interface, 400
     *     where a standard says so
     */
    public QueryParameters(Function<List<Fault>, ProblemException> refusal) {
        this.refusal = refusal;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith("org.kanqian.")) {
            List<String> known =
                    Arrays.stream(method.getMethod().getParameters())
                            .filter(p -> p.isAnnotationPresent(RequestParam.class))
                            .map(QueryParameters::name)
                            .toList();
            List<Fault> faults = new ArrayList<>();
            for (String name : request.getParameterMap().keySet()) {
                if (!known.contains(name)) {
                    faults.add(unknown(name, known));
                }
            }
            if (!faults.isEmpty()) {
                throw refusal.apply(faults);
            }
        }
        return true;
    }

    private static String name(Parameter parameter) {
        String given = parameter.getAnnotation(RequestParam.class).name();
        return given.isEmpty() ? parameter.getName() : given;
    }

    private static Fault unknown(String name, List<String> known) {
        Optional<String> near = Nearest.to(name, known);
        String shown = Fault.shown(name);
        return new Fault(
                "",
                "不认识参数 " + shown + near.map(n -> "，是不是 " + n + "？").orElse("。"),
                "Unknown parameter "
                        + shown
                        + near.map(n -> "; did you mean " + n + "?").orElse("."));
    }
}
