package org.kanqian.gis.layer;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * Reads points from a CSV table whose first line names its columns. Feature numbers are lines of
 * data, from 0.
 */
final class CsvFile {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final int LONGEST_CELL = 10_000;
    private static final int MOST_COLUMNS = 500;
    private static final int LONGEST_ROW = 1_000_000;

    /**
     * Which columns hold the place.
     *
     * @param x longitude or east
     * @param y latitude or north
     */
    record Columns(String x, String y) {}

    private CsvFile() {}

    static void read(
            Path file,
            Columns columns,
            Optional<Charset> encoding,
            Faults faults,
            RawFeature.Sink sink)
            throws IOException, Faults.TooManyFaults {
        Charset charset = encoding.orElse(StandardCharsets.UTF_8);
        CSVFormat format =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setIgnoreEmptyLines(true)
                        .get();
        try (BufferedReader reader =
                        new BufferedReader(
                                new InputStreamReader(
                                        Files.newInputStream(file),
                                        charset.newDecoder()
                                                .onMalformedInput(CodingErrorAction.REPORT)
                                                .onUnmappableCharacter(CodingErrorAction.REPORT)));
                BoundedRows bounded = new BoundedRows(withoutMark(reader));
                CSVParser parser = CSVParser.parse(bounded, format)) {
            rows(parser, bounded, columns, faults, sink);
        } catch (CharacterCodingException e) {
            notIn(charset, faults);
        } catch (IOException
                | UncheckedIOException
                | IllegalArgumentException
                | IllegalStateException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                notIn(charset, faults);
            } else {
                faults.add("不是合法的 CSV 表格，或者列名重复", "not a CSV table: " + e.getMessage());
            }
        }
    }

    private static void notIn(Charset charset, Faults faults) throws Faults.TooManyFaults {
        faults.add(
                "文字不是 " + charset + " 编码；请在 layer.yaml 写明 encoding，例如 GBK",
                "the text is not " + charset + "; say encoding in layer.yaml, e.g. GBK");
    }

    private static BufferedReader withoutMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    /** Stops a row without an end, as an open quotation mark makes one. */
    private static final class BoundedRows extends FilterReader {
        private int left = LONGEST_ROW;

        BoundedRows(Reader reader) {
            super(reader);
        }

        void next() {
            left = LONGEST_ROW;
        }

        @Override
        public int read() throws IOException {
            spent(1);
            return super.read();
        }

        @Override
        public int read(char[] into, int from, int most) throws IOException {
            int n = super.read(into, from, most);
            spent(Math.max(0, n));
            return n;
        }

        private void spent(int characters) throws IOException {
            left -= characters;
            if (left < 0) {
                throw new IOException(
                        "a row is over a million characters; a quotation mark is open");
            }
        }
    }

    private static void rows(
            CSVParser parser,
            BoundedRows bounded,
            Columns columns,
            Faults faults,
            RawFeature.Sink sink)
            throws Faults.TooManyFaults {
        List<String> names = parser.getHeaderNames();
        for (String column : List.of(columns.x(), columns.y())) {
            if (!names.contains(column)) {
                faults.add(
                        "没有“" + column + "”这一列，表里有：" + String.join("、", new TreeSet<>(names)),
                        "no column “" + column + "”; there are: " + String.join(", ", names));
                return;
            }
        }
        if (names.size() > MOST_COLUMNS) {
            faults.add("超过 500 列", "over 500 columns");
            return;
        }
        int i = 0;
        for (CSVRecord row : parser) {
            bounded.next();
            try {
                if (!row.isConsistent()) {
                    throw new GeometryFault(
                            "这一行有 " + row.size() + " 格，表头有 " + names.size() + " 列",
                            "this row has " + row.size() + " cells, the head has " + names.size());
                }
                Map<String, String> attributes = new LinkedHashMap<>();
                for (String name : names) {
                    String cell = cell(row.get(name), name);
                    if (!cell.isEmpty()) {
                        attributes.put(name, cell);
                    }
                }
                Geometry point =
                        FACTORY.createPoint(
                                new Coordinate(
                                        number(attributes.get(columns.x()), columns.x()),
                                        number(attributes.get(columns.y()), columns.y())));
                sink.accept(new RawFeature(i, attributes.get("id"), point, attributes));
            } catch (GeometryFault e) {
                faults.add(i, e.zh, e.en);
            }
            i++;
        }
    }

    /** A cell a spreadsheet would run as a formula is not data. */
    private static String cell(String text, String column) throws GeometryFault {
        String cell = text.strip();
        if (cell.length() > LONGEST_CELL) {
            throw new GeometryFault("“" + column + "”超过一万字", column + ": over 10,000 characters");
        }
        char first = cell.isEmpty() ? 'x' : cell.charAt(0);
        boolean formula =
                first == '='
                        || first == '@'
                        || ((first == '+' || first == '-') && !cell.matches("[+-][0-9.,eE+\\- ]*"));
        if (formula) {
            throw new GeometryFault(
                    "“" + column + "”里是公式，不是数据；请另存为数值", column + ": a formula, not data");
        }
        return cell;
    }

    private static double number(@Nullable String text, String column) throws GeometryFault {
        if (text == null) {
            throw new GeometryFault("缺少坐标：" + column + " 为空", "no coordinate: " + column);
        }
        if (!text.matches("[+-]?[0-9]{1,9}(\\.[0-9]{1,17})?")) {
            String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
            throw new GeometryFault(
                    "“" + column + "”不是数：" + shown + "（度分秒请换算成小数）",
                    column + ": not a number: " + shown);
        }
        return Double.parseDouble(text);
    }
}
