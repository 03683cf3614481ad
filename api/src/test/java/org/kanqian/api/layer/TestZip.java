package org.kanqian.api.layer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.kanqian.api.archive.Archive;

/** Layers as officers send them. */
final class TestZip {
    static final String KEY = "a-key-for-tests-only";
    static final String AUTHORIZATION = "Bearer " + KEY;

    /** A declaration of schools that is right. */
    static final String SCHOOLS =
            """
            kind: school
            title: 学校
            file: school.geojson
            crs: WGS84
            source: test
            licence: CC0-1.0
            surveyed: '2026-11-22'
            max_age_days: 36500
            accuracy_m: 1
            coverage: {bbox: [116.308, 39.990, 116.332, 40.012]}
            """;

    private TestZip() {}

    static byte[] of(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] of(String yaml, String file, String data) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("layer.yaml", utf8(yaml));
        files.put(file, utf8(data));
        return of(files);
    }

    /** Schools at these places. */
    static byte[] schools(String... positions) {
        return of(SCHOOLS, "school.geojson", collection(positions));
    }

    static String collection(String... positions) {
        StringBuilder features = new StringBuilder();
        for (int i = 0; i < positions.length; i++) {
            features.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"Feature\",\"id\":\"s")
                    .append(i)
                    .append("\",\"properties\":{\"name\":\"学校 ")
                    .append(i)
                    .append("\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[")
                    .append(positions[i])
                    .append("]}}");
        }
        return "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}";
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As it comes off the wire. */
    static ArrivingLayer received(byte[] zip, Path data) {
        return ArrivingLayer.receive(
                new ByteArrayInputStream(zip), zip.length, Archive.in(data), ArrivingLayer.USUAL);
    }

    /** A folder's files as a zip. */
    static byte[] folder(Path folder) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.sorted().toList()) {
                files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
        }
        return of(files);
    }

    static Map<String, String> unzipped(byte[] zip) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
