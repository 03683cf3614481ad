package org.kanqian.api.layer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.kanqian.api.archive.Archive;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.layer.LayerFiles;
import org.kanqian.gis.layer.ZipNames;
import org.kanqian.rules.pack.Text;

/**
 * A layer as it arrives: a zip with a {@code layer.yaml} and the files it names, written to the
 * disk as it comes and unpacked under names of our own; closing it takes all of it away again.
 */
final class ArrivingLayer implements AutoCloseable {
    /** For the service: as large as a zip of a province's buildings. */
    static final Bounds USUAL = new Bounds(1L << 30, 2L << 30, 50, 200, 10L << 20, 16 << 10, 30);

    private final Path zip;
    private final Path folder;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();

    /**
     * How much is taken.
     *
     * @param arriving bytes of the zip
     * @param unpacked bytes of all it holds, by what is really in it
     * @param entries how many there may be
     * @param ratio how many times its size an entry may unpack to
     * @param small up to so many bytes the ratio does not matter
     * @param bytesPerSecond how fast a sender must be on the whole
     * @param patienceSeconds after so many seconds
     */
    record Bounds(
            long arriving,
            long unpacked,
            int entries,
            long ratio,
            long small,
            long bytesPerSecond,
            long patienceSeconds) {}

    private ArrivingLayer(Path zip, Path folder) {
        this.zip = zip;
        this.folder = folder;
    }

    /**
     * Takes a layer off the wire.
     *
     * @param length as the sender claims it; below zero if it does not say
     * @throws ProblemException 400, 408, 413 or 422 if it is not one we take, 507 if the disk does
     *     not; nothing of it is left then
     */
    static ArrivingLayer receive(InputStream body, long length, Archive archive, Bounds bounds) {
        return receive(body, length, archive, bounds, System::nanoTime);
    }

    static ArrivingLayer receive(
            InputStream body, long length, Archive archive, Bounds bounds, LongSupplier nanos) {
        if (length > bounds.arriving()) {
            throw tooLarge(bounds);
        }
        ArrivingLayer layer = new ArrivingLayer(archive.scratch(), archive.scratch());
        try {
            layer.write(body, bounds, nanos);
            layer.unpack(bounds);
            return layer;
        } catch (IOException e) {
            layer.close();
            throw problem(
                    507,
                    "not-stored",
                    "磁盘没有收下，什么都没有改。请管理员看剩余空间。",
                    "The disk did not take it; nothing has changed. See the space left.");
        } catch (RuntimeException | Error e) {
            layer.close();
            throw e;
        }
    }

    private void write(InputStream body, Bounds bounds, LongSupplier nanos) throws IOException {
        long start = nanos.getAsLong();
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(zip)) {
            for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
                size += n;
                if (size > bounds.arriving()) {
                    throw tooLarge(bounds);
                }
                out.write(buffer, 0, n);
                long seconds = (nanos.getAsLong() - start) / 1_000_000_000;
                if (seconds > bounds.patienceSeconds()
                        && size / seconds < bounds.bytesPerSecond()) {
                    throw problem(
                            408,
                            "too-slow",
                            "传得太慢，没有收完。请换一个网络再传，或者让管理员放进图层文件夹。",
                            "The upload is too slow and was given up. Use a better line, or have it"
                                    + " put into the layer folder.");
                }
            }
        }
    }

    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw problem(
                    400,
                    "unreadable-body",
                    "请求体没有收完整，请再传一次。",
                    "The body did not arrive whole; send it again.");
        }
    }

    /** Chinese names inside archives are GBK where the UTF-8 flag is not set. */
    private void unpack(Bounds bounds) throws IOException {
        try (ZipFile open = new ZipFile(zip.toFile(), Charset.forName("GB18030"))) {
            if (open.size() > bounds.entries()) {
                throw refused(
                        "zip 里的文件超过 " + bounds.entries() + " 个",
                        "over " + bounds.entries() + " entries in the zip");
            }
            List<? extends ZipEntry> entries = Collections.list(open.entries());
            String below = declaration(entries);
            Files.createDirectory(folder);
            long left = bounds.unpacked();
            for (ZipEntry entry : entries) {
                Optional<String> name = name(entry, below);
                if (name.isEmpty()) {
                    continue;
                }
                Path to = folder.resolve(String.valueOf(files.size()));
                left -= unpack(open, entry, to, left, bounds);
                if (files.put(name.get(), to) != null) {
                    throw refused(
                            "zip 里有两个 " + shown(name.get()),
                            shown(name.get()) + " is in the zip twice");
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw refused(
                    "不是可读的 zip 文件：请把 layer.yaml 和数据文件打成一个 zip",
                    "not a readable zip: put layer.yaml and the data file into one zip");
        }
    }

    /** The folder inside the zip that holds the declaration; empty for none. */
    private static String declaration(List<? extends ZipEntry> entries) {
        List<String> found = new ArrayList<>();
        for (ZipEntry entry : entries) {
            String name = entry.getName().replace('\\', '/');
            if (!ZipNames.safe(name)) {
                throw refused("zip 里的路径不安全：" + shown(name), "an unsafe path: " + shown(name));
            }
            boolean declares =
                    name.equals(LayerFiles.DECLARATION)
                            || name.endsWith("/" + LayerFiles.DECLARATION);
            if (declares && !meta(name)) {
                found.add(name);
            }
        }
        if (found.size() != 1) {
            throw refused(
                    "zip 里要有且只有一个 layer.yaml，这里有 " + found.size() + " 个",
                    "the zip must hold one layer.yaml; this one holds " + found.size());
        }
        String only = found.get(0);
        return only.substring(0, only.length() - LayerFiles.DECLARATION.length());
    }

    private static boolean meta(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("__macosx/")
                || lower.endsWith(".ds_store")
                || lower.endsWith("thumbs.db");
    }

    /** What an entry is called beside the declaration; what cannot be a layer's file is left. */
    private Optional<String> name(ZipEntry entry, String below) {
        String name = entry.getName().replace('\\', '/');
        if (entry.isDirectory() || name.endsWith("/") || meta(name)) {
            return Optional.empty();
        }
        String plain = name.startsWith(below) ? name.substring(below.length()) : "";
        if (!LayerFiles.plain(plain)) {
            ignored.add(shown(name));
            return Optional.empty();
        }
        return Optional.of(plain);
    }

    private static long unpack(ZipFile zip, ZipEntry entry, Path to, long left, Bounds bounds)
            throws IOException {
        long compressed = Math.max(1, entry.getCompressedSize());
        long size = 0;
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(to)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                boolean bomb = size > bounds.small() && size / compressed > bounds.ratio();
                if (bomb || size > left) {
                    throw refused(
                            "zip 里的 " + shown(entry.getName()) + " 解开后过大或压缩比异常",
                            shown(entry.getName()) + " is too large, or inflates beyond reason");
                }
                out.write(buffer, 0, n);
            }
        }
        return size;
    }

    /** Its files by the names in the zip. */
    LayerFiles files() {
        return name -> Optional.ofNullable(files.get(name));
    }

    /** What was in the zip and cannot be a layer's file. */
    List<String> ignored() {
        return ignored;
    }

    private static String shown(String name) {
        return Fault.shown(name);
    }

    private static ProblemException tooLarge(Bounds bounds) {
        String most = (bounds.arriving() >> 20) + " MB";
        return problem(
                413,
                "body-too-large",
                "上传超过 " + most + "。请让管理员放进图层文件夹，或拆成几个图层。",
                "The upload is over " + most + ". Have it put into the layer folder, or split it.");
    }

    private static ProblemException refused(String zh, String en) {
        return ProblemException.invalid(List.of(new Fault("", zh + "。", en + ".")));
    }

    private static ProblemException problem(int status, String type, String zh, String en) {
        return new ProblemException(
                new Problem(
                        status,
                        type,
                        new Text("上传没有收下", "The upload was not taken"),
                        new Text(zh, en),
                        List.of()));
    }

    @Override
    public void close() {
        try {
            Archive.delete(zip);
            Archive.delete(folder);
        } catch (IOException e) {
            // The next start clears it away.
        }
    }
}
