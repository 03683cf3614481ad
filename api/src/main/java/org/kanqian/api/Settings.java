package org.kanqian.api;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be set; nothing must be. Paths are text here: Spring would read {@code ../layers} as a
 * resource.
 *
 * @param data folder of the database file and the receipt key
 * @param layers folder of a {@code layers.yaml}
 * @param standards folder of a standards pack; null for the packaged one
 */
@ConfigurationProperties("kanqian")
public record Settings(String data, String layers, @Nullable String standards, @Nullable Db db) {
    /** Folder of the database file and the receipt key. */
    Path dataFolder() {
        return Path.of(data);
    }

    /** Folder of a {@code layers.yaml}. */
    Path layerFolder() {
        return Path.of(layers);
    }

    /** Folder of a standards pack; null for the packaged one. */
    @Nullable Path standardsFolder() {
        return standards == null || standards.isBlank() ? null : Path.of(standards);
    }

    /** The database, if it is not the file in {@code data}. */
    public record Db(@Nullable String url, @Nullable String user, @Nullable String password) {}
}
