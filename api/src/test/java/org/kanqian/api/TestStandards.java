package org.kanqian.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The standards of this product, where a test may change them. */
public final class TestStandards {
    private TestStandards() {}

    public static void copyTo(Path folder) throws IOException {
        Path packaged = Path.of("../standards");
        try (Stream<Path> files = Files.walk(packaged)) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.(yaml|dslr|csv|xlsx)"))
                            .filter(f -> !f.startsWith(packaged.resolve("target")))
                            .toList()) {
                Path to = folder.resolve(packaged.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(to.getParent()));
                Files.copy(file, to);
            }
        }
    }
}
