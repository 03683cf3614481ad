package org.kanqian.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.StringSchema;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.apache.catalina.core.StandardHost;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.problem.Languages;
import org.kanqian.api.problem.ProblemValve;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.Text;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AbstractLocaleResolver;

/** The parts of the service and how they stand together. */
@SpringBootApplication
@EnableConfigurationProperties(Settings.class)
class Service {
    static {
        SpringDocUtils.getConfig().replaceWithSchema(Text.class, new StringSchema());
    }

    /** Chinese time, wherever the machine stands: the day a law begins is a day in China. */
    @Bean
    Clock clock() {
        return Clock.system(ZoneId.of("Asia/Shanghai"));
    }

    @Bean
    Signer signer(Settings settings) {
        return Signer.in(settings.dataFolder());
    }

    @Bean
    PreCheckService preCheckService(Settings settings, Signer signer, Clock clock)
            throws LayerException {
        return service(settings.standardsFolder(), settings.layerFolder(), signer, clock);
    }

    /** As the service and the command line both build it. */
    static PreCheckService service(
            @Nullable Path standards, Path layers, Signer signer, Clock clock)
            throws LayerException {
        PackSource source =
                standards == null ? PackSource.classPath() : PackSource.directory(standards);
        return new PreCheckService(
                RuleBook.compile(StandardsPack.load(source)),
                new SiteSurveyor(LayerSet.load(layers)),
                signer,
                clock);
    }

    @Bean
    LocaleResolver localeResolver() {
        return new AbstractLocaleResolver() {
            @Override
            public Locale resolveLocale(HttpServletRequest request) {
                return Languages.preferred(request.getHeader("Accept-Language"));
            }

            @Override
            public void setLocale(
                    HttpServletRequest request,
                    @Nullable HttpServletResponse response,
                    @Nullable Locale locale) {
                throw new UnsupportedOperationException("the language is the reader's to choose");
            }
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTheContainer() {
        return factory ->
                factory.addContextCustomizers(
                        context -> {
                            if (context.getParent() instanceof StandardHost host) {
                                host.setErrorReportValveClass(ProblemValve.class.getName());
                            }
                        });
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("勘前 Kanqian")
                                .version("v1")
                                .description(
                                        "租店、装修、踏勘之前，先查地址和平面图够不够办证的条件。/ Checks premises"
                                                + " against what a licence asks.")
                                .license(new License().name("Apache-2.0")))
                .servers(List.of());
    }
}
