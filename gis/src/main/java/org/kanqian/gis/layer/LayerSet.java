package org.kanqian.gis.layer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All layers in use, as one immutable snapshot. A kind may have several layers, of different places
 * and days; each covers what it covers, and together they cover the union.
 */
public final class LayerSet {
    private static final int DEEPEST = 4;

    private final List<Layer> layers;
    private final Map<String, List<Layer>> byKind;
    private final TreeSet<LocalDate> changes = new TreeSet<>();

    private LayerSet(List<Layer> layers) {
        this.layers = layers.stream().sorted(Comparator.comparing(Layer::id)).toList();
        this.byKind =
                this.layers.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Layer::kind,
                                        TreeMap::new,
                                        Collectors.toUnmodifiableList()));
        this.layers.forEach(l -> changes.addAll(l.changes()));
    }

    /** A set of these layers. */
    public static LayerSet of(List<Layer> layers) {
        Set<String> ids = new HashSet<>();
        for (Layer layer : layers) {
            if (!ids.add(layer.id())) {
                throw new IllegalArgumentException("layer id used twice: " + layer.id());
            }
        }
        return new LayerSet(layers);
    }

    /** No layers at all: every place is unknown. */
    public static LayerSet empty() {
        return new LayerSet(List.of());
    }

    /**
     * Reads every folder at or below {@code root} that holds a {@code layer.yaml}, in the order of
     * their names. Links are not followed.
     *
     * @throws LayerException if anything at all is wrong; then nothing was loaded
     * @throws UncheckedIOException if files cannot be read for reasons of the machine
     */
    public static LayerSet load(Path root) throws LayerException {
        return load(root, Optional.empty());
    }

    /**
     * As {@link #load(Path)}, with layers that are kept in a database or read from one.
     *
     * @param database for layers that say {@code store: postgis} or {@code postgis:}; without one
     *     both are faults
     * @throws LayerException if anything at all is wrong; then nothing was loaded
     * @throws UncheckedIOException if files or the database cannot be read for reasons of the
     *     machine
     */
    public static LayerSet load(Path root, Optional<LayerDatabase> database) throws LayerException {
        return load(root, database, empty());
    }

    /**
     * As {@link #load(Path, Optional)}, reading only what has changed.
     *
     * @param before layers of the same id and version are taken over from it as they are
     * @throws LayerException if anything at all is wrong; then nothing was loaded
     */
    public static LayerSet load(Path root, Optional<LayerDatabase> database, LayerSet before)
            throws LayerException {
        List<LayerFault> faults = new ArrayList<>();
        List<Layer> layers = new ArrayList<>();
        if (!Files.isDirectory(root)) {
            throw new LayerException(
                    List.of(
                            LayerFault.of(
                                    String.valueOf(root.getFileName()), "不是文件夹", "not a folder")));
        }
        Path from = root.toAbsolutePath();
        try (Stream<Path> files = Files.walk(from, DEEPEST)) {
            List<Path> folders =
                    files.filter(f -> f.endsWith(LayerFiles.DECLARATION))
                            .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                            .map(Path::getParent)
                            .sorted()
                            .toList();
            for (Path folder : folders) {
                LayerReader.read(
                                from.relativize(folder).toString().replace('\\', '/'),
                                LayerFiles.in(folder),
                                database,
                                before::find,
                                faults)
                        .ifPresent(layers::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (faults.isEmpty() && layers.isEmpty()) {
            faults.add(
                    LayerFault.of(
                            String.valueOf(root.getFileName()),
                            "文件夹里没有 layer.yaml",
                            "no layer.yaml in the folder"));
        }
        if (!faults.isEmpty()) {
            throw new LayerException(faults);
        }
        return checked(layers);
    }

    /**
     * A set of these layers, held against each other: what no layer shows by itself, such as
     * coordinates of a phone map under another name, or more than memory holds.
     *
     * @throws LayerException with everything that is wrong
     */
    public static LayerSet checked(List<Layer> layers) throws LayerException {
        List<LayerFault> faults = new ArrayList<>(DatumCheck.check(layers));
        faults.addAll(WholeLayers.check(layers, Runtime.getRuntime().maxMemory()));
        if (!faults.isEmpty()) {
            throw new LayerException(faults);
        }
        return of(layers);
    }

    /**
     * In how many steps these layers have changed by a day: layers whose features say since when
     * and until when they are there are the same on days with the same number.
     */
    public int changesUntil(LocalDate day) {
        return changes.isEmpty() ? 0 : changes.headSet(day, true).size();
    }

    /** These layers as they were on a day; the same set if no feature of theirs is dated. */
    public LayerSet on(LocalDate day) {
        return changes.isEmpty()
                ? this
                : new LayerSet(
                        layers.stream().map(l -> l.changes().isEmpty() ? l : l.on(day)).toList());
    }

    /** The layer of that id. */
    public Optional<Layer> find(String id) {
        return layers.stream().filter(l -> l.id().equals(id)).findFirst();
    }

    private Optional<Layer> find(String id, String version) {
        return find(id).filter(l -> l.version().equals(version));
    }

    /** All layers, in the order of their ids. */
    public List<Layer> layers() {
        return layers;
    }

    /** The layers of one kind; empty if there are none. */
    public List<Layer> layers(String kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** The kinds there are layers of, in name order. */
    public Set<String> kinds() {
        return byKind.keySet();
    }

    /** Content hashes by layer id. */
    public Map<String, String> versions() {
        return layers.stream()
                .collect(Collectors.toMap(Layer::id, Layer::version, (a, b) -> a, TreeMap::new));
    }
}
