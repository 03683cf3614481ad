package org.kanqian.api.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerDatabase;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerFault;
import org.kanqian.gis.layer.LayerFiles;
import tools.jackson.databind.JsonNode;

/**
 * Every version of a layer that ever served: its files, under its hash, and a journal of which
 * layer served which version since when. What a table held is kept in the database.
 */
public final class LayerArchive {
    private static final String JOURNAL = "layers.jsonl";

    private final Archive archive;
    private final Optional<LayerDatabase> database;

    public LayerArchive(Archive archive, Optional<LayerDatabase> database) {
        this.archive = archive;
        this.database = database;
    }

    /** How a version came to serve, or that the layer was withdrawn. */
    public enum By {
        FOLDER,
        UPLOAD,
        WITHDRAWN
    }

    /**
     * One line of the journal.
     *
     * @param version null where the layer was withdrawn
     */
    public record Served(Instant since, String id, @Nullable String version, By by) {}

    /**
     * What is known of a version without reading it.
     *
     * @param table whether its features come from a table, so that only the database has them
     */
    public record About(
            String version,
            String kind,
            String title,
            String source,
            String licence,
            LocalDate surveyed,
            int maxAgeDays,
            int features,
            boolean table,
            List<Archive.Kept> files) {}

    private static boolean isVersion(String version) {
        return version.matches("sha256:[0-9a-f]{64}");
    }

    private static String path(String version) {
        return "layers/" + version.substring(version.indexOf(':') + 1) + ".json";
    }

    /**
     * Keeps a version, unless it is kept already.
     *
     * @throws LayerException if the files are no longer those the layer was read from
     * @throws UncheckedIOException if the disk or the database does not take it
     */
    public void keep(Layer layer) throws LayerException {
        if (find(layer.version()).isPresent()) {
            return;
        }
        try {
            List<Archive.Kept> files = new ArrayList<>();
            for (Map.Entry<String, Path> file : layer.files().entrySet()) {
                files.add(archive.keep(file.getKey(), file.getValue()));
            }
            if (layer.ofTable()) {
                database.orElseThrow(() -> new IllegalStateException("a table, and no database"))
                        .store(layer.version(), layer.features());
            } else if (!Layer.version(named(files)).equals(layer.version())) {
                throw new LayerException(
                        List.of(
                                LayerFault.of(
                                        layer.id(),
                                        "读的时候文件变了；请再试一次",
                                        "changed while it was read; try again")));
            }
            archive.write(
                    path(layer.version()),
                    new About(
                            layer.version(),
                            layer.kind(),
                            layer.title(),
                            layer.source(),
                            layer.licence(),
                            layer.surveyed(),
                            layer.maxAgeDays(),
                            layer.size(),
                            layer.ofTable(),
                            files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Path> named(List<Archive.Kept> files) {
        Map<String, Path> named = new LinkedHashMap<>();
        files.forEach(f -> named.put(f.name(), archive.content(f.content())));
        return named;
    }

    /** What is known of a version; empty if it never served here. */
    public Optional<About> find(String version) {
        return isVersion(version)
                ? archive.read(path(version)).map(LayerArchive::about)
                : Optional.empty();
    }

    private static About about(JsonNode entry) {
        List<Archive.Kept> files = new ArrayList<>();
        entry.path("files")
                .forEach(
                        f ->
                                files.add(
                                        new Archive.Kept(
                                                f.path("name").asString(),
                                                f.path("content").asString(),
                                                f.path("size").asLong())));
        return new About(
                entry.path("version").asString(),
                entry.path("kind").asString(),
                entry.path("title").asString(),
                entry.path("source").asString(),
                entry.path("licence").asString(),
                LocalDate.parse(entry.path("surveyed").asString()),
                entry.path("maxAgeDays").asInt(),
                entry.path("features").asInt(),
                entry.path("table").asBoolean(),
                files);
    }

    /**
     * Reads a version as it served.
     *
     * @param id what it is to be called
     * @throws LayerException if it is not kept, or what is kept no longer gives it
     * @throws UncheckedIOException if the disk or the database does not answer
     */
    public Layer load(String id, String version) throws LayerException {
        Optional<About> about = find(version);
        if (about.isEmpty()) {
            throw new LayerException(
                    List.of(
                            LayerFault.of(
                                    id,
                                    "档案里没有 " + version,
                                    "the archive does not hold " + version)));
        }
        Map<String, Path> files = named(about.get().files());
        LayerFiles kept = name -> Optional.ofNullable(files.get(name)).filter(Files::isRegularFile);
        return Layer.kept(id, kept, version, database);
    }

    /** Writes the files of a version as a zip, as they were handed over. */
    public void zip(About version, OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Archive.Kept file : version.files()) {
                ZipEntry entry = new ZipEntry(file.name());
                entry.setTime(0);
                zip.putNextEntry(entry);
                Files.copy(archive.content(file.content()), zip);
                zip.closeEntry();
            }
        }
    }

    /** Notes that from now on a layer serves that version; what is noted already is not again. */
    public void note(Served served) {
        List<Served> before = history(served.id());
        boolean noted =
                !before.isEmpty()
                        && java.util.Objects.equals(
                                before.get(before.size() - 1).version(), served.version());
        if (!noted) {
            try {
                archive.append(JOURNAL, served);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Which versions a layer served, the first one first. */
    public List<Served> history(String id) {
        return archive.lines(JOURNAL).stream()
                .filter(e -> e.path("id").asString("").equals(id))
                .map(
                        e ->
                                new Served(
                                        Instant.parse(e.path("since").asString()),
                                        id,
                                        e.path("version").isString()
                                                ? e.path("version").asString()
                                                : null,
                                        By.valueOf(e.path("by").asString())))
                .toList();
    }

    /** The layers that ever served. */
    public List<String> ids() {
        return archive.lines(JOURNAL).stream()
                .map(e -> e.path("id").asString(""))
                .distinct()
                .toList();
    }
}
