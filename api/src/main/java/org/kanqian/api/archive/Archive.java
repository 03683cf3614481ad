package org.kanqian.api.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.kanqian.api.receipt.CanonicalJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A folder of files that are kept once, by what is in them, and of small records that name them.
 * Nothing in it is ever changed or deleted; a file is there whole or not at all, whenever the
 * machine stops: it is written elsewhere, forced to the disk and then renamed.
 *
 * <pre>
 * content/&lt;sha256&gt;        the bytes of a file
 * layers/&lt;sha256&gt;.json    which files a version of a layer has; so for packs/
 * arriving/               what is being written or checked; emptied at every start
 * </pre>
 */
public final class Archive {
    private final Path folder;

    private Archive(Path folder) {
        this.folder = folder;
    }

    /** A file that is kept: its name among its fellows and the hash of its bytes. */
    public record Kept(String name, String content, long size) {}

    /**
     * The archive in a folder, which is made if it is not there. What an earlier run left half-done
     * is cleared away.
     *
     * @throws UncheckedIOException if the folder cannot be written
     */
    public static Archive in(Path folder) {
        Archive archive = new Archive(folder);
        try {
            delete(archive.arriving());
            for (String part : List.of("content", "layers", "packs", "arriving")) {
                Files.createDirectories(folder.resolve(part));
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path arriving() {
        return folder.resolve("arriving");
    }

    /** A new path on the same disk for something that is not sure to stay. */
    public Path scratch() {
        return arriving().resolve(UUID.randomUUID().toString());
    }

    /** Takes away a file or folder made at {@link #scratch}. */
    public static void delete(Path scratch) throws IOException {
        if (!Files.exists(scratch)) {
            return;
        }
        Files.walkFileTree(
                scratch,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, java.io.@org.jspecify.annotations.Nullable IOException e)
                            throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** Keeps a file under the hash of its bytes. */
    public Kept keep(String name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return keep(name, in);
        }
    }

    /** Keeps bytes under their hash. */
    public Kept keep(String name, InputStream bytes) throws IOException {
        Path written = scratch();
        MessageDigest digest = sha256();
        try {
            long size;
            try (FileChannel out =
                    FileChannel.open(
                            written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream to = Channels.newOutputStream(out);
                size = new DigestInputStream(bytes, digest).transferTo(to);
                out.force(true);
            }
            String hash = HexFormat.of().formatHex(digest.digest());
            Path kept = content(hash);
            if (!Files.isRegularFile(kept) || Files.size(kept) != size) {
                move(written, kept);
            }
            return new Kept(name, hash, size);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Where the bytes of that hash are. */
    public Path content(String hash) {
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a hash: " + hash);
        }
        return folder.resolve("content").resolve(hash);
    }

    /**
     * Writes a record, in place of an earlier one of that name.
     *
     * @param path below the archive, e.g. {@code layers/<hash>.json}
     */
    public void write(String path, Object record) throws IOException {
        Path written = scratch();
        try {
            try (FileChannel out =
                    FileChannel.open(
                            written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                write(out, CanonicalJson.inOrder(record));
                out.force(true);
            }
            move(written, folder.resolve(path));
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** A record; empty if there is none of that name or it cannot be read. */
    public Optional<JsonNode> read(String path) {
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(CanonicalJson.read(Files.readString(file)));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** Whether there is a record of that name, readable or not. */
    public boolean has(String path) {
        return Files.exists(folder.resolve(path));
    }

    /** Adds one line to a journal. */
    public void append(String path, Object entry) throws IOException {
        Path journal = folder.resolve(path);
        boolean fresh = !Files.exists(journal);
        // A line that was being written when the machine stopped must not spoil the next.
        boolean torn = !fresh && Files.size(journal) > 0 && lastByte(journal) != '\n';
        try (FileChannel out =
                FileChannel.open(
                        journal,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            write(out, (torn ? "\n" : "") + CanonicalJson.inOrder(entry) + "\n");
            out.force(true);
        }
        if (fresh) {
            force(folder);
        }
    }

    private static int lastByte(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            in.read(last, in.size() - 1);
            return last.get(0);
        }
    }

    /** The lines of a journal; one that was torn when the machine stopped is passed over. */
    public List<JsonNode> lines(String path) {
        Path journal = folder.resolve(path);
        if (!Files.isRegularFile(journal)) {
            return List.of();
        }
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<String> text = Files.lines(journal, StandardCharsets.UTF_8)) {
            text.forEach(
                    line -> {
                        try {
                            lines.add(CanonicalJson.read(line));
                        } catch (JacksonException e) {
                            // Torn; what it told is told again at the start after it.
                        }
                    });
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(FileChannel out, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
        Path parent = to.getParent();
        if (parent != null) {
            force(parent);
        }
    }

    /** Makes a rename last; systems that cannot open folders make it last by themselves. */
    private static void force(Path directory) {
        try (FileChannel open = FileChannel.open(directory, StandardOpenOption.READ)) {
            open.force(true);
        } catch (IOException e) {
            // Windows: a folder cannot be opened.
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
