package org.kanqian.rules.pack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A standards pack (标准包), read and checked whole. Immutable. */
public final class StandardsPack {
    private final String name;
    private final String version;
    private final String hash;
    private final Map<String, LegalSource> laws;
    private final Map<String, FactDefinition> facts;
    private final Map<String, FactDefinition> factsByLabel;
    private final String sentences;
    private final Map<String, ApprovalItem> items;
    private final List<WorkedCase> cases;

    StandardsPack(
            String name,
            String version,
            String hash,
            Map<String, LegalSource> laws,
            Map<String, FactDefinition> facts,
            String sentences,
            Map<String, ApprovalItem> items,
            List<WorkedCase> cases) {
        this.name = name;
        this.version = version;
        this.hash = hash;
        this.laws = Map.copyOf(laws);
        this.facts = java.util.Collections.unmodifiableMap(new TreeMap<>(facts));
        Map<String, FactDefinition> byLabel = new TreeMap<>();
        facts.values().forEach(f -> byLabel.put(f.label(), f));
        this.factsByLabel = Map.copyOf(byLabel);
        this.sentences = sentences;
        this.items = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(items));
        this.cases = List.copyOf(cases);
    }

    /**
     * Reads a pack.
     *
     * @throws PackException with every fault found, if there is any
     */
    public static StandardsPack load(PackSource source) {
        return new PackReader(source).read();
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

    /** The fact of that name. */
    public Optional<FactDefinition> fact(String factName) {
        return Optional.ofNullable(facts.get(factName));
    }

    /** The fact rule sentences call {@code label}. */
    public Optional<FactDefinition> factByLabel(String label) {
        return Optional.ofNullable(factsByLabel.get(label));
    }

    /** Text of {@code vocabulary/sentences.dsl}. */
    public String sentences() {
        return sentences;
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
        return cases;
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
