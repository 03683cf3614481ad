package org.kanqian.gis.layer;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing wrong with a layer, or one that was mended while it was read.
 *
 * @param file the file it is in, relative to the folder that was loaded
 * @param feature index of the feature in that file, from 0; empty if it is not about one
 * @param id what the file calls that feature; empty if it has no id or none was read yet
 * @param zh what is wrong and how to mend it, in Chinese
 * @param en the same in English
 */
public record LayerFault(
        String file, OptionalInt feature, Optional<String> id, String zh, String en) {
    public LayerFault {
        requireNonNull(file, "file");
        requireNonNull(feature, "feature");
        requireNonNull(id, "id");
        requireNonNull(zh, "zh");
        requireNonNull(en, "en");
    }

    /** A fault that is not about one feature. */
    public static LayerFault of(String file, String zh, String en) {
        return new LayerFault(file, OptionalInt.empty(), Optional.empty(), zh, en);
    }

    @Override
    public String toString() {
        String index = feature.isPresent() ? " #" + feature.getAsInt() : "";
        return file + index + id.map(i -> " " + i).orElse("") + "：" + zh + " / " + en;
    }
}
