package org.kanqian.api.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the container refuses before Spring sees it, as problem+json too. */
public final class ProblemValve extends ErrorReportValve {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0) {
            return;
        }
        Locale locale = Languages.preferred(request.getHeader("Accept-Language"));
        Problem problem =
                response.getStatus() >= 500
                        ? Problems.ours("-")
                        : Problems.ofStatus(response.getStatus());
        byte[] body = JSON.writeValueAsBytes(problem.body(locale));
        try {
            response.setHeader("Content-Language", locale.getLanguage());
            response.setHeader("Vary", "Accept-Language");
            response.setContentType("application/problem+json");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // The other side has gone, or has its answer already: nobody is left to tell.
            containerLog(e);
        }
    }

    private void containerLog(Exception e) {
        if (getContainer() != null && getContainer().getLogger().isDebugEnabled()) {
            getContainer().getLogger().debug("no error report written", e);
        }
    }
}
