package org.kanqian.rules.pack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.Measure;

/** A standards pack (标准包), read and checked whole. Immutable. */
public final class StandardsPack {
    private final String name;
    private final String version;
    private final String hash;
    private final Map<String, LegalSource> laws;
    private final Map<String, FactDefinition> facts;
    private final Map<String, FactDefinition> factsByName;
    private final Map<String, FactDefinition> factsByLabel;
    private final Map<String, Measure> measures;
    private final Map<String, ApprovalItem> items;
    private final Map<String, List<WorkedCase>> cases;
    private final List<Bundle> bundles;
    private final Map<String, String> hashes;
    private final Map<String, Set<String>> filesOf;

    StandardsPack(
            String name,
            String version,
            String hash,
            Map<String, LegalSource> laws,
            Map<String, FactDefinition> facts,
            Map<String, ApprovalItem> items,
            Map<String, List<WorkedCase>> cases,
            List<Bundle> bundles,
            Map<String, String> hashes,
            Map<String, Set<String>> filesOf) {
        this.name = name;
        this.version = version;
        this.hash = hash;
        this.laws = Map.copyOf(laws);
        this.facts = java.util.Collections.unmodifiableMap(new TreeMap<>(facts));
        this.factsByName = Map.copyOf(facts);
        Map<String, FactDefinition> byLabel = new TreeMap<>();
        facts.values().forEach(f -> byLabel.put(f.label(), f));
        this.factsByLabel = Map.copyOf(byLabel);
        Map<String, Measure> ways = new TreeMap<>();
        facts.values().forEach(f -> f.measure().ifPresent(m -> ways.put(f.name(), m)));
        this.measures = Map.copyOf(ways);
        this.items = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(items));
        this.cases = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(cases));
        this.bundles = List.copyOf(bundles);
        this.hashes = Map.copyOf(hashes);
        this.filesOf = Map.copyOf(filesOf);
    }

    /**
     * Reads a pack.
     *
     * @throws PackException with every fault found, if there is any
     */
    public static StandardsPack load(PackSource source) {
        return new PackReader(source, Optional.empty()).read();
    }

    /**
     * Reads a pack of which {@code before} is an earlier state; items whose files are the same are
     * taken over as they are.
     *
     * @throws PackException as {@link #load(PackSource)}
     */
    public static StandardsPack load(PackSource source, StandardsPack before) {
        return new PackReader(source, Optional.of(before)).read();
    }

    /** Whether both packs have the same facts, so that the same rules mean the same. */
    public boolean speaksLike(StandardsPack other) {
        return (facts == other.facts || facts.equals(other.facts));
    }

    /** Name of the pack. */
    public String name() {
        return name;
    }

    /** Its own version text. */
    public String version() {
        return version;
    }

    /** {@code sha256:…} over every file of the pack, path and bytes. */
    public String hash() {
        return hash;
    }

    /** The legal source of that id. */
    public Optional<LegalSource> law(String id) {
        return Optional.ofNullable(laws.get(id));
    }

    /** Every fact a rule may read, by name. */
    public Collection<FactDefinition> facts() {
        return facts.values();
    }

    /** How distances are taken, by the name of the fact. */
    public Map<String, Measure> measures() {
        return measures;
    }

    /** The fact of that name. */
    public Optional<FactDefinition> fact(String factName) {
        return Optional.ofNullable(factsByName.get(factName));
    }

    /** The fact rule sentences call {@code label}. */
    public Optional<FactDefinition> factByLabel(String label) {
        return Optional.ofNullable(factsByLabel.get(label));
    }

    /** Every item, in the order of {@code pack.yaml}. */
    public Collection<ApprovalItem> items() {
        return items.values();
    }

    /** The item of that id. */
    public Optional<ApprovalItem> item(String id) {
        return Optional.ofNullable(items.get(id));
    }

    /** Every worked case of every item. */
    public List<WorkedCase> cases() {
        return cases.values().stream().flatMap(List::stream).toList();
    }

    /** The worked cases of one item. */
    public List<WorkedCase> casesOf(String item) {
        return cases.getOrDefault(item, List.of());
    }

    /** What undertakings need several items together. */
    public List<Bundle> bundles() {
        return bundles;
    }

    /** Every legal source by id. */
    public Map<String, LegalSource> laws() {
        return laws;
    }

    /** Whether this pack was read from the same bytes in that file. */
    boolean says(String path, byte @Nullable [] bytes) {
        return bytes != null && sha256(bytes).equals(hashes.get(path));
    }

    /** The files an item was read from; {@code common} stands for all of {@code common/}. */
    Set<String> filesOf(String item) {
        return filesOf.getOrDefault(item, Set.of());
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hash(SortedMap<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach(
                    (path, bytes) -> {
                        digest.update(
                                (path + "\0" + bytes.length + "\0")
                                        .getBytes(StandardCharsets.UTF_8));
                        digest.update(bytes);
                    });
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
