package org.kanqian.gis.layer;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.SourceCrs;
import org.locationtech.jts.geom.Geometry;

/**
 * Reads one zipped shapefile: {@code .shp} and {@code .dbf}, with {@code .prj} and {@code .cpg} if
 * they are there (ESRI Shapefile Technical Description, 1998). Entries are read into memory by the
 * bytes they really have, never by what they claim, and are never written anywhere.
 */
final class ShapefileZip {
    private static final int MOST_ENTRIES = 200;
    private static final long LARGEST = 512L * 1024 * 1024;
    private static final long LARGEST_RATIO = 200;
    private static final long SMALL = 10L * 1024 * 1024;

    private final SourceCrs declared;
    private final Faults faults;
    private final Map<String, byte[]> parts = new LinkedHashMap<>();

    private ShapefileZip(SourceCrs declared, Faults faults) {
        this.declared = declared;
        this.faults = faults;
    }

    static void read(
            Path file,
            SourceCrs declared,
            Optional<Charset> encoding,
            Faults faults,
            RawFeature.Sink sink)
            throws IOException, Faults.TooManyFaults {
        ShapefileZip reading = new ShapefileZip(declared, faults);
        try (ZipFile zip = openZip(file)) {
            if (!reading.entries(zip)) {
                return;
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            faults.add("不是可读的 zip 文件", "not a readable zip file: " + e.getMessage());
            return;
        }
        reading.features(encoding, sink);
    }

    /** Chinese names inside archives are GBK where the UTF-8 flag is not set. */
    private static ZipFile openZip(Path file) throws IOException {
        return new ZipFile(file.toFile(), Charset.forName("GB18030"));
    }

    private boolean entries(ZipFile zip) throws IOException, Faults.TooManyFaults {
        if (zip.size() > MOST_ENTRIES) {
            faults.add("zip 里的文件超过 200 个", "over 200 entries in the zip");
            return false;
        }
        String base = "";
        for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
            ZipEntry entry = e.nextElement();
            String name = entry.getName().replace('\\', '/');
            if (!ZipNames.safe(name)) {
                faults.add("zip 里的路径不安全：" + shown(name), "an unsafe path: " + shown(name));
                return false;
            }
            String lower = name.toLowerCase(Locale.ROOT);
            if (entry.isDirectory() || lower.startsWith("__macosx/")) {
                continue;
            }
            int dot = lower.lastIndexOf('.');
            String ending = dot < 0 ? "" : lower.substring(dot + 1);
            if (!ending.equals("shp")
                    && !ending.equals("dbf")
                    && !ending.equals("prj")
                    && !ending.equals("cpg")) {
                continue;
            }
            String stem = lower.substring(0, dot);
            if ((!base.isEmpty() && !base.equals(stem)) || parts.containsKey(ending)) {
                faults.add(
                        "一个 zip 里只能有一套 shapefile，这里有 " + shown(base) + " 和 " + shown(stem),
                        "one shapefile to a zip; found " + shown(base) + " and " + shown(stem));
                return false;
            }
            base = stem;
            Optional<byte[]> bytes = bytes(zip, entry);
            if (bytes.isEmpty()) {
                faults.add(
                        "zip 里的 " + shown(name) + " 解开后过大或压缩比异常",
                        shown(name) + " is too large, or inflates beyond reason");
                return false;
            }
            parts.put(ending, bytes.get());
        }
        if (!parts.containsKey("shp") || !parts.containsKey("dbf")) {
            faults.add("zip 里应有 .shp 和 .dbf", "the zip must hold a .shp and a .dbf");
            return false;
        }
        return true;
    }

    private Optional<byte[]> bytes(ZipFile zip, ZipEntry entry) throws IOException {
        long before = parts.values().stream().mapToLong(p -> p.length).sum();
        long compressed = Math.max(1, entry.getCompressedSize());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                boolean bomb = out.size() > SMALL && out.size() / compressed > LARGEST_RATIO;
                if (bomb || before + out.size() > LARGEST) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(out.toByteArray());
    }

    private static String shown(String name) {
        return name.length() > 80 ? name.substring(0, 80) + "…" : name;
    }

    private void features(Optional<Charset> encoding, RawFeature.Sink sink)
            throws Faults.TooManyFaults {
        byte[] shp = parts.getOrDefault("shp", new byte[0]);
        Dbf dbf;
        try {
            dbf =
                    Dbf.of(
                            parts.getOrDefault("dbf", new byte[0]),
                            encoding.or(this::declaredEncoding),
                            faults);
        } catch (GeometryFault e) {
            faults.add("属性表（.dbf）：" + e.zh, "the .dbf: " + e.en);
            return;
        }
        if (shp.length < 100 || ByteBuffer.wrap(shp).getInt(0) != 9994) {
            faults.add(".shp 的文件头不对", "the .shp has no shapefile header");
            return;
        }
        if (!agrees()) {
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(shp);
        int at = 100;
        int i = 0;
        while (at + 8 <= shp.length) {
            in.order(ByteOrder.BIG_ENDIAN);
            long content = in.getInt(at + 4) * 2L;
            if (content < 4 || at + 8 + content > shp.length) {
                faults.add(
                        i, ".shp 的记录被截断或长度不实", "the record is cut short or lies about its length");
                return;
            }
            if (i >= dbf.size()) {
                break;
            }
            record(i, in, at + 8, (int) content, dbf, sink);
            at += 8 + (int) content;
            i++;
        }
        if (i != dbf.size() || at != shp.length) {
            faults.add(
                    ".shp 与 .dbf 的记录数不一致（" + i + " 与 " + dbf.size() + "）",
                    ".shp and .dbf disagree: " + i + " and " + dbf.size() + " records");
        }
    }

    private void record(int i, ByteBuffer in, int at, int length, Dbf dbf, RawFeature.Sink sink)
            throws Faults.TooManyFaults {
        if (dbf.deleted(i)) {
            return;
        }
        String id = null;
        try {
            Map<String, String> attributes = dbf.row(i);
            id = attributes.get("id");
            Geometry geometry = ShpGeometry.read(in, at, length);
            sink.accept(new RawFeature(i, id, geometry, attributes));
        } catch (GeometryFault e) {
            faults.add(i, (id == null ? "" : id + "：") + e.zh, e.en);
        }
    }

    private boolean agrees() throws Faults.TooManyFaults {
        byte @Nullable [] prj = parts.get("prj");
        if (prj == null || prj.length > 64 * 1024) {
            return true;
        }
        Optional<String> stated = declared.contradicts(new String(prj, StandardCharsets.UTF_8));
        if (stated.isPresent()) {
            faults.add(
                    ".prj 写的坐标系是 " + stated.get() + "，layer.yaml 写的是 " + declared.name(),
                    "the .prj says "
                            + stated.get()
                            + ", layer.yaml says "
                            + declared.name()
                            + "; one of them is wrong");
            return false;
        }
        return true;
    }

    private Optional<Charset> declaredEncoding() {
        byte @Nullable [] cpg = parts.get("cpg");
        return cpg == null || cpg.length > 100
                ? Optional.empty()
                : Encodings.named(new String(cpg, StandardCharsets.US_ASCII).strip());
    }
}
