package org.kanqian.gis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the CSV files under {@code oracle/}: first line the names, no quoted fields. */
public final class Oracle {
    private Oracle() {}

    public static List<Map<String, String>> rows(String file) {
        try (InputStream in = Oracle.class.getResourceAsStream("/oracle/" + file)) {
            List<String> lines =
                    new String(
                                    Objects.requireNonNull(in, file).readAllBytes(),
                                    StandardCharsets.UTF_8)
                            .lines()
                            .toList();
            String[] names = lines.get(0).split(",", -1);
            List<Map<String, String>> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.split(",", -1);
                if (fields.length != names.length) {
                    continue;
                }
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < names.length; i++) {
                    row.put(names[i], fields[i]);
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
