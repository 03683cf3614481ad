package org.kanqian.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.account.OfficerKey;
import org.kanqian.api.archive.Archive;
import org.kanqian.api.archive.LayerArchive;
import org.kanqian.api.archive.OldLayers;
import org.kanqian.api.archive.PackArchive;
import org.kanqian.api.layer.LayerKeeper;
import org.kanqian.api.layer.LayerStock;
import org.kanqian.api.precheck.FolderWatch;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.precheck.Serving;
import org.kanqian.api.precheck.StandardsWatch;
import org.kanqian.api.problem.Languages;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.api.problem.ProblemValve;
import org.kanqian.api.problem.QueryParameters;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.LayerDatabase;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.Text;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AbstractLocaleResolver;
import tools.jackson.databind.JsonNode;

/** The parts of the service and how they stand together. */
@SpringBootApplication
@EnableConfigurationProperties(Settings.class)
class Service implements WebMvcConfigurer {
    private static final int LOOK_SECONDS = 2;

    /** Addresses under OGC API – Features, which has its own say on some statuses. */
    private static final String FEATURES = "/ogc/**";

    static {
        SpringDocUtils.getConfig()
                .replaceWithSchema(Text.class, new StringSchema())
                .replaceWithSchema(JsonNode.class, new ObjectSchema());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new QueryParameters(ProblemException::invalid))
                .excludePathPatterns(FEATURES);
        registry.addInterceptor(new QueryParameters(ProblemException::parameters))
                .addPathPatterns(FEATURES);
    }

    /** Chinese time, wherever the machine stands: the day a law begins is a day in China. */
    @Bean
    Clock clock() {
        return Clock.system(ZoneId.of("Asia/Shanghai"));
    }

    @Bean
    Signer signer(Settings settings) {
        Path given = settings.receiptKeyFile();
        return given == null ? Signer.in(settings.dataFolder()) : Signer.of(given);
    }

    @Bean
    OfficerKey officerKey(Settings settings) {
        return OfficerKey.of(settings.officerKey());
    }

    @Bean
    Archive archive(Settings settings) {
        return Archive.in(settings.archiveFolder());
    }

    @Bean
    PackArchive packArchive(Archive archive) {
        return new PackArchive(archive);
    }

    @Bean
    LayerArchive layerArchive(Settings settings, Archive archive, DataSource database) {
        return new LayerArchive(archive, layerDatabase(settings, database));
    }

    @Bean
    OldLayers oldLayers(LayerArchive layers) {
        return new OldLayers(layers);
    }

    private static Optional<LayerDatabase> layerDatabase(Settings settings, DataSource database) {
        Settings.Db db = settings.db();
        return db != null && db.postgresql()
                ? Optional.of(new LayerDatabase(database))
                : Optional.empty();
    }

    @Bean
    FolderWatch layerWatch(Settings settings, ObjectProvider<LayerKeeper> keeper) {
        FolderWatch watch =
                new FolderWatch(settings.layerFolder(), () -> keeper.getObject().reload());
        watch.known(); // before the folder is read, so that nothing written meanwhile is missed
        return watch;
    }

    @Bean
    @DependsOnDatabaseInitialization
    LayerStock layerStock(
            Settings settings,
            Archive archive,
            LayerArchive versions,
            FolderWatch layerWatch,
            DataSource database,
            Clock clock)
            throws LayerException {
        return LayerStock.open(
                settings.layerFolder(),
                archive,
                versions,
                layerDatabase(settings, database),
                clock);
    }

    @Bean
    LayerKeeper layerKeeper(LayerStock stock, Serving serving) {
        return new LayerKeeper(stock, serving);
    }

    @Bean
    Serving serving(
            Settings settings, LayerStock layers, PackArchive packs, Signer signer, Clock clock) {
        PackArchive.Remembering source =
                new PackArchive.Remembering(source(settings.standardsFolder()));
        StandardsPack pack = StandardsPack.load(source);
        packs.keep(pack, source);
        return new Serving(
                new PreCheckService(
                        RuleBook.compile(pack), new SiteSurveyor(layers.layers()), signer, clock),
                clock.instant());
    }

    /** Folders are watched; packaged standards do not change. Neither waits for the other. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService watches(
            Settings settings,
            Serving serving,
            PackArchive packs,
            FolderWatch layerWatch,
            LayerKeeper keeper,
            Clock clock) {
        ScheduledExecutorService timer =
                Executors.newScheduledThreadPool(
                        2,
                        work -> {
                            Thread thread = new Thread(work, "folder-watch");
                            thread.setDaemon(true);
                            return thread;
                        });
        timer.scheduleWithFixedDelay(
                layerWatch::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        Path folder = settings.standardsFolder();
        if (folder != null) {
            StandardsWatch watch = new StandardsWatch(folder, serving, packs, clock);
            timer.scheduleWithFixedDelay(watch::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        }
        return timer;
    }

    private static PackSource source(@Nullable Path standards) {
        return standards == null ? PackSource.classPath() : PackSource.directory(standards);
    }

    /**
     * For the command line: no archive, nothing to change.
     *
     * @param database for layers that are kept in PostGIS or read from it
     */
    static PreCheckService service(
            @Nullable Path standards,
            Path layers,
            Optional<LayerDatabase> database,
            Signer signer,
            Clock clock)
            throws LayerException {
        return new PreCheckService(
                RuleBook.compile(StandardsPack.load(source(standards))),
                new SiteSurveyor(LayerSet.load(layers, database)),
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

    /** Ids of features contain slashes, which clients send as %2F. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slashesInIds() {
        return factory ->
                factory.addConnectorCustomizers(
                        connector ->
                                connector.setEncodedSolidusHandling(
                                        EncodedSolidusHandling.PASS_THROUGH.getValue()));
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
                .servers(List.of(new Server().url("/")));
    }

    /** Every call may end in a problem. */
    @Bean
    OpenApiCustomizer problems() {
        return api -> {
            Schema<?> problem =
                    new ObjectSchema()
                            .description("RFC 9457")
                            .addProperty("type", new StringSchema())
                            .addProperty("title", new StringSchema())
                            .addProperty("status", new IntegerSchema())
                            .addProperty("detail", new StringSchema())
                            .addProperty("errors", new ArraySchema().items(fault()));
            api.getComponents().addSchemas("Problem", problem);
            Content content =
                    new Content()
                            .addMediaType(
                                    "application/problem+json",
                                    new MediaType()
                                            .schema(
                                                    new Schema<>()
                                                            .$ref("#/components/schemas/Problem")));
            api.getPaths()
                    .values()
                    .forEach(
                            path ->
                                    path.readOperations()
                                            .forEach(
                                                    o ->
                                                            o.getResponses()
                                                                    .addApiResponse(
                                                                            "4XX",
                                                                            new ApiResponse()
                                                                                    .description(
                                                                                            "请求有误 / The request is wrong")
                                                                                    .content(
                                                                                            content))));
        };
    }

    private static Schema<?> fault() {
        return new ObjectSchema()
                .addProperty("pointer", new StringSchema().description("JSON pointer, RFC 6901"))
                .addProperty("detail", new StringSchema())
                .addProperty("zh", new StringSchema())
                .addProperty("en", new StringSchema())
                .addProperty("file", new StringSchema().description("上传的文件 / file sent"))
                .addProperty("feature", new IntegerSchema().description("文件里第几个要素，从 0 起"))
                .addProperty("id", new StringSchema().description("要素编号 / id of the feature"));
    }
}
