package org.kanqian.api;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be set; nothing must be. Paths are text here: Spring would read {@code ../layers} as a
 * resource.
 *
 * @param data folder of the database file and the receipt key
 * @param layers folder of the layers
 * @param standards folder of a standards pack; null for the packaged one
 * @param receiptKey file of the private key receipts are signed with (Ed25519, PKCS #8 in PEM), so
 *     that several servers sign alike; null for one made and kept in {@code data}
 * @param officerKey the key without which nothing that serves can be changed over HTTP, at least 16
 *     characters; null or blank where nothing is to be
 */
@ConfigurationProperties(prefix = "kanqian", ignoreUnknownFields = false)
public record Settings(
        String data,
        String layers,
        @Nullable String standards,
        @Nullable String receiptKey,
        @Nullable String officerKey,
        @Nullable Db db) {
    /** Folder of the database file and the receipt key. */
    Path dataFolder() {
        return Path.of(data);
    }

    /** Folder of the layers. */
    Path layerFolder() {
        return Path.of(layers);
    }

    /** Where what served is kept. */
    Path archiveFolder() {
        return dataFolder().resolve("archive");
    }

    /** Folder of a standards pack; null for the packaged one. */
    @Nullable Path standardsFolder() {
        return path(standards);
    }

    /** File of the private key; null for the one in {@link #dataFolder()}. */
    @Nullable Path receiptKeyFile() {
        return path(receiptKey);
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null || text.isBlank() ? null : Path.of(text);
    }

    /** The database, if it is not the file in {@code data}. */
    public record Db(@Nullable String url, @Nullable String user, @Nullable String password) {
        /** Whether it is PostgreSQL, where layers can be kept too. */
        boolean postgresql() {
            return url != null && url.startsWith("jdbc:postgresql:");
        }
    }

    /** Without the keys and the password: this may end up in a log. */
    @Override
    public String toString() {
        return "Settings[data=" + data + ", layers=" + layers + ", standards=" + standards + "]";
    }
}
