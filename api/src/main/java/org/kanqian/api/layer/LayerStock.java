package org.kanqian.api.layer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.archive.Archive;
import org.kanqian.api.archive.LayerArchive;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerDatabase;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerFault;
import org.kanqian.gis.layer.LayerFiles;
import org.kanqian.gis.layer.LayerSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The layers that are to serve: those of the folder, and over them what was uploaded or withdrawn
 * under the same id. What was chosen over the folder is one small file, replaced whole: that is the
 * moment an upload counts.
 *
 * <p>Not safe to share; {@link LayerKeeper} lets one change at a time in.
 */
public final class LayerStock {
    private static final Logger LOG = LoggerFactory.getLogger(LayerStock.class);
    private static final String CHOSEN = "chosen.json";

    private final Path folder;
    private final Archive archive;
    private final LayerArchive versions;
    private final Optional<LayerDatabase> database;
    private final Clock clock;
    private volatile State state;

    /**
     * What an officer chose over the folder for one id.
     *
     * @param version null where the layer was withdrawn
     */
    record Chosen(@Nullable String version, Instant since) {}

    /**
     * One consistent whole.
     *
     * @param base what the folder holds
     * @param chosen what was chosen over it, by id
     * @param uploaded those of the chosen versions that could be read, by id
     * @param lost what is wrong with those that could not; their ids serve nothing
     * @param layers what serves of all this
     */
    record State(
            LayerSet base,
            SortedMap<String, Chosen> chosen,
            SortedMap<String, Layer> uploaded,
            List<LayerFault> lost,
            LayerSet layers) {
        State {
            chosen = Collections.unmodifiableSortedMap(new TreeMap<>(chosen));
            uploaded = Collections.unmodifiableSortedMap(new TreeMap<>(uploaded));
            lost = List.copyOf(lost);
        }

        static State of(
                LayerSet base,
                SortedMap<String, Chosen> chosen,
                SortedMap<String, Layer> uploaded,
                List<LayerFault> lost)
                throws LayerException {
            List<Layer> all = new ArrayList<>(uploaded.values());
            base.layers().stream().filter(l -> !chosen.containsKey(l.id())).forEach(all::add);
            return new State(base, chosen, uploaded, lost, LayerSet.checked(all));
        }

        /** With another folder. */
        State on(LayerSet next) throws LayerException {
            return of(next, chosen, uploaded, lost);
        }

        /**
         * With a layer in place of the one of that id. The very version of the folder gives the id
         * back to the folder.
         */
        State with(Layer layer, Instant now) throws LayerException {
            SortedMap<String, Chosen> nextChosen = new TreeMap<>(chosen);
            SortedMap<String, Layer> nextUploaded = new TreeMap<>(uploaded);
            boolean folders =
                    base.find(layer.id())
                            .filter(l -> l.version().equals(layer.version()))
                            .isPresent();
            if (folders) {
                nextChosen.remove(layer.id());
                nextUploaded.remove(layer.id());
            } else {
                nextChosen.put(layer.id(), new Chosen(layer.version(), now));
                nextUploaded.put(layer.id(), layer);
            }
            return of(base, nextChosen, nextUploaded, without(layer.id()));
        }

        /** Without the layer of that id. */
        State without(String id, Instant now) throws LayerException {
            SortedMap<String, Chosen> nextChosen = new TreeMap<>(chosen);
            SortedMap<String, Layer> nextUploaded = new TreeMap<>(uploaded);
            nextChosen.put(id, new Chosen(null, now));
            nextUploaded.remove(id);
            return of(base, nextChosen, nextUploaded, without(id));
        }

        private List<LayerFault> without(String id) {
            return lost.stream().filter(f -> !LayerStock.of(f, id)).toList();
        }
    }

    private LayerStock(
            Path folder,
            Archive archive,
            LayerArchive versions,
            Optional<LayerDatabase> database,
            Clock clock,
            State state) {
        this.folder = folder;
        this.archive = archive;
        this.versions = versions;
        this.database = database;
        this.clock = clock;
        this.state = state;
    }

    /**
     * Reads the folder and what was chosen over it. A folder with a fault stops the start. A chosen
     * version that can no longer be read does not: its id serves nothing, neither that version nor
     * an older one, and the fault is told.
     *
     * @throws LayerException if anything is wrong with the folder
     */
    public static LayerStock open(
            Path folder,
            Archive archive,
            LayerArchive versions,
            Optional<LayerDatabase> database,
            Clock clock)
            throws LayerException {
        LayerSet base = LayerSet.load(folder, database);
        SortedMap<String, Chosen> chosen = chosen(archive);
        SortedMap<String, Layer> uploaded = new TreeMap<>();
        List<LayerFault> lost = new ArrayList<>();
        chosen.forEach(
                (id, choice) -> {
                    if (choice.version() != null) {
                        read(versions, id, choice.version(), lost)
                                .ifPresent(layer -> uploaded.put(id, layer));
                    }
                });
        State state = first(base, chosen, uploaded, lost);
        LayerStock stock = new LayerStock(folder, archive, versions, database, clock, state);
        stock.keep(state);
        state.lost().forEach(fault -> LOG.error("an uploaded layer cannot serve: {}", fault));
        return stock;
    }

    private static Optional<Layer> read(
            LayerArchive versions, String id, String version, List<LayerFault> lost) {
        try {
            return Optional.of(versions.load(id, version));
        } catch (LayerException e) {
            lost.addAll(e.faults());
        } catch (RuntimeException e) {
            lost.add(LayerFault.of(id, "读不出 " + version, version + " cannot be read: " + e));
        }
        return Optional.empty();
    }

    /** Uploads that no longer go together with the folder are lost rather than the start. */
    private static State first(
            LayerSet base,
            SortedMap<String, Chosen> chosen,
            SortedMap<String, Layer> uploaded,
            List<LayerFault> lost)
            throws LayerException {
        try {
            return State.of(base, chosen, uploaded, lost);
        } catch (LayerException e) {
            Set<String> faulty =
                    uploaded.keySet().stream()
                            .filter(id -> e.faults().stream().anyMatch(f -> of(f, id)))
                            .collect(Collectors.toSet());
            if (faulty.isEmpty()) {
                throw e;
            }
            lost.addAll(e.faults());
            uploaded.keySet().removeAll(faulty);
            return first(base, chosen, uploaded, lost);
        }
    }

    private static boolean of(LayerFault fault, String id) {
        return fault.file().equals(id) || fault.file().startsWith(id + "/");
    }

    private static SortedMap<String, Chosen> chosen(Archive archive) {
        SortedMap<String, Chosen> chosen = new TreeMap<>();
        Optional<JsonNode> file = archive.read(CHOSEN);
        if (file.isEmpty() && archive.has(CHOSEN)) {
            // Written whole or not at all, so somebody else wrote into it.
            throw new IllegalStateException(
                    "数据文件夹里的 " + CHOSEN + " 坏了，请从备份恢复 / is damaged: restore it from a backup");
        }
        file.ifPresent(
                all ->
                        all.properties()
                                .forEach(
                                        e ->
                                                chosen.put(
                                                        e.getKey(),
                                                        new Chosen(
                                                                e.getValue()
                                                                                .path("version")
                                                                                .isString()
                                                                        ? e.getValue()
                                                                                .path("version")
                                                                                .asString()
                                                                        : null,
                                                                Instant.parse(
                                                                        e.getValue()
                                                                                .path("since")
                                                                                .asString())))));
        return chosen;
    }

    /** What is to serve. */
    public LayerSet layers() {
        return state.layers();
    }

    State state() {
        return state;
    }

    LayerArchive versions() {
        return versions;
    }

    Instant now() {
        return clock.instant();
    }

    /** What the folder holds now; only what changed in it is read. */
    State reread() throws LayerException {
        return state.on(LayerSet.load(folder, database, state.base()));
    }

    /** A layer that arrived, read and judged by itself. */
    Layer read(String id, LayerFiles files) throws LayerException {
        return Layer.read(id, files, database);
    }

    /**
     * Makes a state the one that is to serve, now and after a restart.
     *
     * @throws LayerException if the files changed meanwhile
     * @throws UncheckedIOException if the disk does not take it; then the old state holds
     */
    void commit(State next) throws LayerException {
        for (Layer layer : next.layers().layers()) {
            versions.keep(layer);
        }
        if (!next.chosen().equals(state.chosen())) {
            try {
                archive.write(CHOSEN, next.chosen());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        State before = state;
        state = next;
        note(before.layers(), next);
    }

    private void keep(State first) throws LayerException {
        for (Layer layer : first.layers().layers()) {
            versions.keep(layer);
        }
        note(LayerSet.empty(), first);
    }

    /** Tells the journal what changed. It counts for nothing else, and a start catches up on it. */
    private void note(LayerSet before, State next) {
        Instant now = clock.instant();
        Map<String, String> old = before.versions();
        try {
            for (Layer layer : next.layers().layers()) {
                if (!layer.version().equals(old.get(layer.id()))) {
                    LayerArchive.By by =
                            next.uploaded().containsKey(layer.id())
                                    ? LayerArchive.By.UPLOAD
                                    : LayerArchive.By.FOLDER;
                    versions.note(new LayerArchive.Served(now, layer.id(), layer.version(), by));
                }
            }
            for (String id : versions.ids()) {
                if (next.layers().find(id).isEmpty()) {
                    versions.note(
                            new LayerArchive.Served(now, id, null, LayerArchive.By.WITHDRAWN));
                }
            }
        } catch (UncheckedIOException e) {
            LOG.error("the journal of layers was not written; the next start does it", e);
        }
    }
}
