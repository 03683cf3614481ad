package org.kanqian.gis.layer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The attribute table of a shapefile (dBASE III). Every number of its header is held against the
 * bytes that are there.
 */
final class Dbf {
    private static final int MOST_FIELDS = 255;

    /** The language driver byte of code page 936. */
    private static final int GBK_DRIVER = 0x4D;

    private final byte[] bytes;
    private final int first;
    private final int recordLength;
    private final int records;
    private final List<Column> columns;
    private final Charset charset;

    private record Column(String name, char type, int at, int length) {}

    private Dbf(
            byte[] bytes,
            int first,
            int recordLength,
            int records,
            List<Column> columns,
            Charset charset) {
        this.bytes = bytes;
        this.first = first;
        this.recordLength = recordLength;
        this.records = records;
        this.columns = columns;
        this.charset = charset;
    }

    /**
     * @param encoding as the {@code .cpg} or the declaration has it; without it the language driver
     *     decides, else UTF-8 if the whole table is, which is told
     */
    static Dbf of(byte[] bytes, Optional<Charset> encoding, Faults faults) throws GeometryFault {
        if (bytes.length < 33) {
            throw new GeometryFault("文件头被截断", "header cut short");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long records = in.getInt(4) & 0xFFFFFFFFL;
        int first = in.getShort(8) & 0xFFFF;
        int recordLength = in.getShort(10) & 0xFFFF;
        if (first < 33 || first > bytes.length || recordLength < 1) {
            throw new GeometryFault("文件头的长度不实", "the header lies about its length");
        }
        if (first + records * recordLength > bytes.length) {
            throw new GeometryFault(
                    "文件头说有 " + records + " 条记录，文件里放不下",
                    "the header claims " + records + " records, more than the file holds");
        }
        Charset names =
                encoding.orElse(
                        (bytes[29] & 0xFF) == GBK_DRIVER
                                ? Charset.forName("GB18030")
                                : StandardCharsets.UTF_8);
        List<Column> columns = new ArrayList<>();
        int at = 1;
        for (int field = 32; field + 32 <= first && bytes[field] != 0x0D; field += 32) {
            int end = field;
            while (end < field + 11 && bytes[end] != 0) {
                end++;
            }
            int length = bytes[field + 16] & 0xFF;
            String name = decoded(bytes, field, end - field, names);
            columns.add(new Column(name.strip(), (char) bytes[field + 11], at, length));
            at += length;
            if (columns.size() > MOST_FIELDS) {
                throw new GeometryFault("超过 255 个字段", "over 255 fields");
            }
        }
        if (at != recordLength) {
            throw new GeometryFault(
                    "各字段长度之和 " + at + " 与记录长度 " + recordLength + " 不符",
                    "the fields take " + at + " bytes, a record " + recordLength);
        }
        Dbf table = new Dbf(bytes, first, recordLength, (int) records, columns, names);
        if (encoding.isEmpty() && names.equals(StandardCharsets.UTF_8) && !table.ascii()) {
            for (int i = 0; i < table.records; i++) {
                table.row(i);
            }
            faults.mended("没有 .cpg，文字都是合法的 UTF-8，按 UTF-8 读", "no .cpg; read as UTF-8, which it is");
        }
        return table;
    }

    private boolean ascii() {
        for (int i = first; i < bytes.length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(byte[] bytes, int from, int length, Charset charset)
            throws GeometryFault {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new GeometryFault(
                    "文字不是 " + charset + " 编码；请在 layer.yaml 写明 encoding，例如 GBK",
                    "the text is not " + charset + "; say encoding in layer.yaml, e.g. GBK");
        }
    }

    int size() {
        return records;
    }

    boolean deleted(int record) {
        return bytes[first + record * recordLength] == '*';
    }

    /** The values of a record by column, without those that are empty. */
    Map<String, String> row(int record) throws GeometryFault {
        Map<String, String> row = new LinkedHashMap<>();
        int start = first + record * recordLength;
        for (Column column : columns) {
            @Nullable String value = value(column, start + column.at());
            if (value != null) {
                row.put(column.name(), value);
            }
        }
        return row;
    }

    private @Nullable String value(Column column, int from) throws GeometryFault {
        int length = column.length();
        while (length > 0 && (bytes[from + length - 1] == ' ' || bytes[from + length - 1] == 0)) {
            length--;
        }
        if (length == 0 || column.type() == 'M' || column.type() == 'B' || column.type() == 'G') {
            return null;
        }
        String text = decoded(bytes, from, length, charset).strip();
        return text.isEmpty() || (column.type() != 'C' && text.startsWith("*")) ? null : text;
    }
}
