package org.kanqian.gis.layer;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * One thing wrong with a layer.
 *
 * @param file the file it is in, relative to the folder that was loaded
 * @param feature index of the feature in that file, from 0; empty if it is not about one
 * @param zh what is wrong and how to mend it, in Chinese
 * @param en the same in English
 */
public record LayerFault(String file, OptionalInt feature, String zh, String en) {
    public LayerFault {
        requireNonNull(file, "file");
        requireNonNull(feature, "feature");
        requireNonNull(zh, "zh");
        requireNonNull(en, "en");
    }

    @Override
    public String toString() {
        String where = file + (feature.isPresent() ? " #" + feature.getAsInt() : "");
        return where + "：" + zh + " / " + en;
    }
}
