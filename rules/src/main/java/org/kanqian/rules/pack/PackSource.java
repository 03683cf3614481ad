package org.kanqian.rules.pack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the files of a pack are read from: a folder, a checkout, or the packaged jar. */
@FunctionalInterface
public interface PackSource {
    /** Largest file a pack may hold, in bytes. */
    int MAX_FILE_BYTES = 4 * 1024 * 1024;

    /**
     * The bytes of a file.
     *
     * @param path relative, with {@code /}; never leaves the pack
     * @return empty if there is no such file
     * @throws PackException if the file is larger than {@link #MAX_FILE_BYTES}
     */
    Optional<byte[]> read(String path);

    /** A pack in a folder. */
    static PackSource directory(Path root) {
        Path base = root.toAbsolutePath().normalize();
        return path -> {
            Path file = base.resolve(path).normalize();
            if (!file.startsWith(base) || !Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try {
                if (!file.toRealPath().startsWith(base.toRealPath())) {
                    return Optional.empty();
                }
                return Optional.of(bounded(path, Files.newInputStream(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(path, e);
            }
        };
    }

    /** The pack packaged with the product. */
    static PackSource classPath() {
        return path -> {
            InputStream in = PackSource.class.getResourceAsStream("/kanqian/standards/" + path);
            return in == null ? Optional.empty() : Optional.of(bounded(path, in));
        };
    }

    private static byte[] bounded(String path, InputStream stream) {
        try (InputStream in = stream) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw new PackException(
                        java.util.List.of(
                                new PackFault(
                                        path,
                                        0,
                                        0,
                                        new Text(
                                                "文件超过 4 MB，请拆分。",
                                                "The file is larger than 4 MB; split it."))));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
