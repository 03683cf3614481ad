package org.kanqian.gis.layer;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Encodings attribute tables come in, by the names files give them. */
final class Encodings {
    private static final Charset GB = Charset.forName("GB18030");
    private static final Map<String, Charset> BY_NAME =
            Map.of(
                    "UTF-8", StandardCharsets.UTF_8,
                    "UTF8", StandardCharsets.UTF_8,
                    "65001", StandardCharsets.UTF_8,
                    "GBK", GB,
                    "GB2312", GB,
                    "GB18030", GB,
                    "936", GB,
                    "CP936", GB,
                    "ANSI 936", GB,
                    "ANSI_936", GB);

    private Encodings() {}

    /** The encoding of that name; empty if it is none of UTF-8 and GBK with its relatives. */
    static Optional<Charset> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.strip().toUpperCase(Locale.ROOT)));
    }
}
