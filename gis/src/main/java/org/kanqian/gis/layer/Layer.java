package org.kanqian.gis.layer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.kanqian.gis.crs.Datum;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * A kind of thing on the map, over an area within which the layer claims to hold all of them.
 * Immutable and safe to share; the index is built before anybody sees the layer.
 */
public final class Layer {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final Declaration declaration;
    private final String version;
    private final Geometry coverage;
    private final FeatureIndex index;
    private final List<LayerFault> repairs;
    private final Origin origin;

    /**
     * Where a layer was read from.
     *
     * @param files by name, in the order the version counts them; only the declaration and a
     *     coverage for what comes from a table; none for what was not read from files
     * @param table whether the features come from a table
     */
    record Origin(Map<String, Path> files, boolean table) {
        Origin {
            files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        }
    }

    /**
     * @param version {@code sha256:} and the hash of everything it was read from
     * @param coverage where it claims to be complete; polygons in CGCS2000 degrees
     */
    Layer(
            Declaration declaration,
            String version,
            Geometry coverage,
            FeatureIndex index,
            List<LayerFault> repairs,
            Origin origin) {
        this.declaration = declaration;
        this.version = version;
        this.coverage = coverage;
        this.index = index;
        this.repairs = List.copyOf(repairs);
        this.origin = origin;
    }

    /**
     * A layer that was not read from files: for callers that bring their own data.
     *
     * @param coverage polygons in CGCS2000 degrees
     */
    public static Layer of(
            Declaration declaration, String version, Geometry coverage, List<Feature> features) {
        return new Layer(
                declaration,
                version,
                coverage.copy(),
                new TreeIndex(features),
                List.of(),
                new Origin(Map.of(), false));
    }

    /**
     * Reads one layer by itself, as somebody sent it: it may not name a table.
     *
     * @param id what it is to be called
     * @throws LayerException with all its faults
     * @throws UncheckedIOException if files or the database cannot be read for reasons of the
     *     machine
     */
    public static Layer read(String id, LayerFiles files, Optional<LayerDatabase> database)
            throws LayerException {
        return need(faults -> LayerReader.sent(id, files, database, faults));
    }

    /**
     * Reads one layer as it once served.
     *
     * @param files as they were then
     * @param version as it was then
     * @throws LayerException if that version is not to be had from them any more
     * @throws UncheckedIOException as {@link #read}
     */
    public static Layer kept(
            String id, LayerFiles files, String version, Optional<LayerDatabase> database)
            throws LayerException {
        return need(faults -> LayerReader.kept(id, files, version, database, faults));
    }

    @FunctionalInterface
    private interface Reading {
        Optional<Layer> into(List<LayerFault> faults) throws IOException;
    }

    private static Layer need(Reading reading) throws LayerException {
        List<LayerFault> faults = new ArrayList<>();
        try {
            return reading.into(faults).orElseThrow(() -> new LayerException(faults));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The files it was read from by their names, in the order its version counts them; for a layer
     * of a table only its declaration and, if it has one, its coverage.
     */
    public Map<String, Path> files() {
        return origin.files();
    }

    /** Whether its features come from a table and not from {@link #files}. */
    public boolean ofTable() {
        return origin.table();
    }

    /**
     * The version a layer has that is read from these files alone.
     *
     * @param files by name, in the order of {@link #files}
     */
    public static String version(Map<String, Path> files) {
        try {
            return LayerReader.version(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The days on which its features come or are gone, by their {@code since} and {@code until};
     * empty if it has no such dates, and for a layer that is kept in a database.
     */
    SortedSet<LocalDate> changes() {
        return index instanceof TreeIndex
                ? DatedIndex.changes(index)
                : Collections.emptySortedSet();
    }

    /** This layer with the features that were there on a day. */
    Layer on(LocalDate day) {
        return new Layer(
                declaration, version, coverage, new DatedIndex(index, day), repairs, origin);
    }

    /** Unique in its set: the folder it was read from, e.g. {@code haidian/school}. */
    public String id() {
        return declaration.id();
    }

    /** What its features are, e.g. {@code school}. */
    public String kind() {
        return declaration.kind();
    }

    /** Its name for readers, in Chinese. */
    public String title() {
        return declaration.title();
    }

    /** {@code sha256:} and the hash over the declaration and the data, byte for byte. */
    public String version() {
        return version;
    }

    /** Where the data comes from. */
    public String source() {
        return declaration.source();
    }

    /** Under which licence it may be used, with the notice it asks for. */
    public String licence() {
        return declaration.licence();
    }

    /** The day the data shows. */
    public LocalDate surveyed() {
        return declaration.surveyed();
    }

    /** For how many days after {@link #surveyed} it may be relied on. */
    public int maxAgeDays() {
        return declaration.maxAgeDays();
    }

    /** Whether it is invented data for demonstrations. */
    public boolean demonstration() {
        return declaration.demonstration();
    }

    /** How far an outline may be from the truth, metres, the conversion of its datum included. */
    public double accuracyMetres() {
        return declaration.accuracyMetres() + declaration.crs().errorMetres();
    }

    /**
     * How much nearer than a feature drawn as a point the edge of the real thing may be, metres; 0
     * if points stand for points.
     */
    public double pointExtentMetres() {
        return declaration.pointExtentMetres();
    }

    /** Where it claims to be complete; polygons in CGCS2000 degrees. Do not change it. */
    public Geometry coverage() {
        return coverage;
    }

    /** Whether its file claims degrees of CGCS2000 or WGS 84, as files of phone maps often do. */
    boolean claimsDegrees() {
        return declaration
                .crs()
                .degrees()
                .filter(d -> d == Datum.CGCS2000 || d == Datum.WGS84)
                .isPresent();
    }

    /** What was mended while it was read; empty if it was in order. */
    public List<LayerFault> repairs() {
        return repairs;
    }

    /** How many features it has. */
    public int size() {
        return index.size();
    }

    /** Whether any feature is an area. */
    public boolean hasAreas() {
        return index.hasAreas();
    }

    /** Some features in the order of the file, from number {@code first}, at most {@code most}. */
    public List<Feature> page(int first, int most) {
        return index.page(first, most);
    }

    /** All features in the order of the file; for layers that fit in memory. */
    public List<Feature> features() {
        return index.page(0, index.size());
    }

    /** The feature of that id. */
    public Optional<Feature> byId(String id) {
        return index.byId(id);
    }

    /** Hands over all features in the order of the file, one at a time. */
    public void forEach(Consumer<Feature> sink) {
        index.forEach(sink);
    }

    /** Whether it is too old to be relied on on {@code day}. */
    public boolean staleOn(LocalDate day) {
        return surveyed().plusDays(maxAgeDays()).isBefore(day);
    }

    /** Features whose box meets a box of CGCS2000 degrees, in the order of the file. */
    public List<Feature> meeting(Envelope degrees) {
        return index.meeting(degrees);
    }

    /** As {@link #meeting(Envelope)}, but no more than {@code most} of them. */
    public List<Feature> meeting(Envelope degrees, int most) {
        return index.meeting(degrees, most);
    }

    /**
     * The feature that comes nearest in plain degrees: near the nearest in metres, and a bound for
     * it.
     *
     * @param degrees any geometry in CGCS2000 degrees
     * @return empty if the layer has no features
     */
    public Optional<Feature> nearestInDegrees(Geometry degrees) {
        return index.nearestInDegrees(degrees);
    }

    /** Whether a place, in CGCS2000 degrees, lies where the layer claims to be complete. */
    public boolean covers(double lon, double lat) {
        return coverage.getEnvelopeInternal().covers(lon, lat)
                && coverage.covers(FACTORY.createPoint(new Coordinate(lon, lat)));
    }

    @Override
    public String toString() {
        return id() + "@" + version;
    }
}
