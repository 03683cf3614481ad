package org.kanqian.gis.layer;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files one layer is read from, by the names its declaration gives them: a folder, or an
 * archive that keeps them under other names. They must not change while a layer is read.
 */
@FunctionalInterface
public interface LayerFiles {
    /** What a declaration is called. */
    String DECLARATION = "layer.yaml";

    /**
     * The file of that name.
     *
     * @param name a plain name without any path
     * @return a regular file; empty if there is none
     */
    Optional<Path> find(String name);

    /** Whether a text may be the name of a layer's file: letters, digits, {@code _ . -} only. */
    static boolean plain(String name) {
        return name.matches("[\\p{L}\\p{N}_.-]{1,200}") && !name.startsWith(".");
    }

    /** The files in a folder; links are not followed. */
    static LayerFiles in(Path folder) {
        return name ->
                Optional.of(name)
                        .filter(LayerFiles::plain)
                        .map(folder::resolve)
                        .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS));
    }
}
