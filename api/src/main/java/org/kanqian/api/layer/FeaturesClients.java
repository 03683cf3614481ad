package org.kanqian.api.layer;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What GIS programs and browsers expect of a service of features besides its answers. */
@Configuration(proxyBeanMethods = false)
class FeaturesClients implements WebMvcConfigurer {

    /**
     * Everything under {@code /ogc}, and the description of it, comes in one form; it is sent
     * whatever {@code Accept} asks for: GeoJSON to who asks for JSON, JSON to a browser.
     */
    private static final class OneForm implements ContentNegotiationStrategy {
        private final ContentNegotiationStrategy asked = new HeaderContentNegotiationStrategy();

        @Override
        public List<MediaType> resolveMediaTypes(NativeWebRequest request)
                throws HttpMediaTypeNotAcceptableException {
            @Nullable HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
            String path = http == null ? "" : http.getServletPath();
            boolean oneForm =
                    path.equals("/ogc") || path.startsWith("/ogc/") || path.equals("/openapi.json");
            return oneForm ? MEDIA_TYPE_ALL_LIST : asked.resolveMediaTypes(request);
        }
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        configurer.strategies(List.of(new OneForm()));
    }

    /** QGIS reads here, and only here, how many features it may ask for at a time. */
    @Bean
    OpenApiCustomizer limitOfAPage() {
        return api -> {
            IntegerSchema schema = new IntegerSchema();
            schema.minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(ItemsQuery.MOST));
            schema.setDefault(ItemsQuery.USUAL);
            Components components =
                    api.getComponents() == null ? new Components() : api.getComponents();
            api.components(
                    components.addParameters(
                            "limit",
                            new QueryParameter()
                                    .name("limit")
                                    .description("一页几个 / how many on a page")
                                    .schema(schema)));
        };
    }
}
