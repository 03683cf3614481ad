package org.kanqian.api;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be set; nothing must be.
 *
 * @param data folder of the database file and the receipt key
 * @param layers folder of a {@code layers.yaml}
 * @param standards folder of a standards pack; null for the packaged one
 */
@ConfigurationProperties("kanqian")
public record Settings(Path data, Path layers, @Nullable Path standards, @Nullable Db db) {
    /** The database, if it is not the file in {@code data}. */
    public record Db(@Nullable String url, @Nullable String user, @Nullable String password) {}
}
