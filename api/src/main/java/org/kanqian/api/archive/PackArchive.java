package org.kanqian.api.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import tools.jackson.databind.JsonNode;

/** Every standards pack that ever served, file by file, under its hash. */
public final class PackArchive {
    private final Archive archive;

    public PackArchive(Archive archive) {
        this.archive = archive;
    }

    /** A source that remembers what was read from it, so that the very bytes are kept. */
    public static final class Remembering implements PackSource {
        private final PackSource source;
        private final SortedMap<String, byte[]> read = new TreeMap<>();

        public Remembering(PackSource source) {
            this.source = source;
        }

        @Override
        public Optional<byte[]> read(String path) {
            Optional<byte[]> bytes = source.read(path);
            bytes.ifPresent(b -> read.put(path, b));
            return bytes;
        }
    }

    private record Entry(String pack, String name, String version, List<Archive.Kept> files) {}

    private static String path(String hash) {
        if (!hash.matches("sha256:[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a hash: " + hash);
        }
        return "packs/" + hash.substring(hash.indexOf(':') + 1) + ".json";
    }

    /**
     * Keeps a pack, unless it is kept already.
     *
     * @param from what it was read from
     * @throws UncheckedIOException if the disk does not take it
     */
    public void keep(StandardsPack pack, Remembering from) {
        if (archive.read(path(pack.hash())).isPresent()) {
            return;
        }
        try {
            List<Archive.Kept> files = new ArrayList<>();
            for (Map.Entry<String, byte[]> file : from.read.entrySet()) {
                files.add(archive.keep(file.getKey(), new ByteArrayInputStream(file.getValue())));
            }
            archive.write(
                    path(pack.hash()), new Entry(pack.hash(), pack.name(), pack.version(), files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the pack of that hash can be read from; empty if it never served here. */
    public Optional<PackSource> find(String hash) {
        if (!hash.matches("sha256:[0-9a-f]{64}")) {
            return Optional.empty();
        }
        return archive.read(path(hash)).map(this::source);
    }

    private PackSource source(JsonNode entry) {
        Map<String, String> files = new HashMap<>();
        entry.path("files")
                .forEach(
                        f ->
                                files.put(
                                        f.path("name").asString(""),
                                        f.path("content").asString("")));
        return path -> {
            String content = files.get(path);
            if (content == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(Files.readAllBytes(archive.content(content)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
