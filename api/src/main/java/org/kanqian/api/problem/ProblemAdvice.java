package org.kanqian.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.kanqian.rules.inforce.NotInForceException;
import org.kanqian.rules.pack.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns every failure inside Spring into problem+json, and says nothing of our insides. */
@RestControllerAdvice
public class ProblemAdvice {
    private static final String RETRY_SECONDS = "10";
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> on(ProblemException e, Locale locale) {
        HttpHeaders headers = new HttpHeaders();
        if (e.problem().status() == 401) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        } else if (e.problem().status() == 503) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return answer(e.problem(), locale, headers);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> on(NotInForceException e, Locale locale) {
        return answer(ProblemException.notInForce(e).problem(), locale, HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> on(MethodArgumentTypeMismatchException e, Locale locale) {
        return answer(
                new Problem(
                        400,
                        "invalid-parameter",
                        new Text("参数有误", "A parameter is not valid"),
                        new Text(
                                "参数 " + e.getName() + " 的值读不懂；日期写成 2026-11-23 这样。",
                                "The value of parameter "
                                        + e.getName()
                                        + " cannot be read; days look like 2026-11-23."),
                        List.of()),
                locale,
                HttpHeaders.EMPTY);
    }

    /** Whatever Spring itself refuses: unknown paths, methods, media types. */
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> on(Exception e, HttpServletRequest request, Locale locale) {
        if (e instanceof ErrorResponse refused && refused.getStatusCode().is4xxClientError()) {
            return answer(
                    Problems.ofStatus(refused.getStatusCode().value()),
                    locale,
                    refused.getHeaders());
        }
        String id = UUID.randomUUID().toString();
        LOG.error("request failed, id {}, {} {}", id, request.getMethod(), e.getClass(), e);
        return answer(Problems.ours(id), locale, HttpHeaders.EMPTY);
    }

    private static ResponseEntity<Map<String, Object>> answer(
            Problem problem, Locale locale, HttpHeaders headers) {
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .header(HttpHeaders.CONTENT_LANGUAGE, locale.getLanguage())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.body(locale));
    }
}
