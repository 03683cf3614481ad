package org.kanqian.rules.pack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * The cells of a {@code .csv} or {@code .xlsx} file as plain text. A cell is data: formulas,
 * macros, links to other files and embedded objects are refused, and size is bounded.
 */
final class Sheet {
    static final int MAX_BYTES = 512 * 1024;
    static final int MAX_ROWS = 1_000;
    static final int MAX_COLUMNS = 30;
    private static final int MAX_CELL = 500;
    private static final long MAX_UNZIPPED = 8L * 1024 * 1024;
    private static final Pattern ACTIVE =
            Pattern.compile(
                    "(?i).*(vbaProject|/externalLinks/|/embeddings/|/activeX/|/connections"
                            + "|/queryTables/|/customUI|/ctrlProps/|/macrosheets/|/dialogsheets/).*");

    static {
        // Of one process: no workbook of ours is large, and none unpacks to a hundred times itself.
        ZipSecureFile.setMinInflateRatio(0.01);
        ZipSecureFile.setMaxEntrySize(MAX_UNZIPPED);
        ZipSecureFile.setMaxFileCount(200);
    }

    private final String file;
    private final List<PackFault> faults;
    private final List<List<String>> rows = new ArrayList<>();

    private Sheet(String file, List<PackFault> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** The rows, empty ones included, so that row n of the file is element n − 1. */
    static List<List<String>> read(String file, byte[] bytes, List<PackFault> faults) {
        Sheet sheet = new Sheet(file, faults);
        if (bytes.length > MAX_BYTES) {
            sheet.fault(0, 0, "表格超过 512 KB，请拆分。", "The table is larger than 512 KB; split it.");
        } else if (file.endsWith(".csv")) {
            sheet.csv(bytes);
        } else {
            sheet.xlsx(bytes);
        }
        return sheet.rows;
    }

    private void csv(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            fault(
                    0,
                    0,
                    "文件不是 UTF-8 编码：在表格软件里另存为“CSV UTF-8（逗号分隔）”。",
                    "The file is not UTF-8; save it as CSV UTF-8.");
            return;
        }
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        try (var parser = CSVFormat.RFC4180.parse(new StringReader(text))) {
            for (CSVRecord record : parser) {
                List<String> cells = new ArrayList<>();
                for (String cell : record) {
                    cells.add(plain(rows.size() + 1, cells.size() + 1, cell));
                    if (cells.size() > MAX_COLUMNS) {
                        break;
                    }
                }
                if (!add(cells)) {
                    return;
                }
            }
        } catch (IOException | IllegalStateException | java.io.UncheckedIOException e) {
            fault(rows.size() + 1, 0, "不是有效的 CSV（检查引号）。", "Not valid CSV (check the quotes).");
        }
    }

    private void xlsx(byte[] bytes) {
        try (OPCPackage zip = OPCPackage.open(new ByteArrayInputStream(bytes))) {
            for (PackagePart part : zip.getParts()) {
                if (ACTIVE.matcher(part.getPartName().getName()).matches()
                        || part.getContentType().contains("macroEnabled")) {
                    fault(
                            0,
                            0,
                            "工作簿里有宏、外部链接或嵌入对象（" + part.getPartName().getName() + "），不接受。",
                            "The workbook holds macros, links or embedded objects.");
                    return;
                }
            }
            try (XSSFWorkbook workbook = new XSSFWorkbook(zip)) {
                if (workbook.getNumberOfSheets() != 1) {
                    fault(0, 0, "工作簿只能有一张工作表。", "The workbook must hold exactly one sheet.");
                    return;
                }
                cells(workbook.getSheetAt(0));
            }
        } catch (Exception e) {
            // POI throws whatever the file makes it throw; none of it is more than "not readable".
            rows.clear();
            fault(
                    0,
                    0,
                    "不是可读的 .xlsx 文件，或压缩异常。",
                    "Not a readable .xlsx file: " + e.getClass().getSimpleName());
        }
    }

    private void cells(XSSFSheet sheet) {
        if (!sheet.getMergedRegions().isEmpty()) {
            var merged = sheet.getMergedRegions().get(0);
            fault(
                    merged.getFirstRow() + 1,
                    merged.getFirstColumn() + 1,
                    "不要合并单元格：每一行每一列各写各的。",
                    "Do not merge cells; write each out.");
            return;
        }
        for (Row row : sheet) {
            while (rows.size() < row.getRowNum() && rows.size() <= MAX_ROWS) {
                rows.add(List.of());
            }
            List<String> cells = new ArrayList<>();
            for (Cell cell : row) {
                while (cells.size() < cell.getColumnIndex() && cells.size() <= MAX_COLUMNS) {
                    cells.add("");
                }
                cells.add(text(cell));
            }
            if (!add(cells)) {
                return;
            }
        }
    }

    private String text(Cell cell) {
        int row = cell.getRowIndex() + 1;
        int column = cell.getColumnIndex() + 1;
        switch (cell.getCellType()) {
            case STRING:
                return plain(row, column, cell.getStringCellValue());
            case NUMERIC:
                return DateUtil.isCellDateFormatted(cell)
                        ? cell.getLocalDateTimeCellValue().toLocalDate().toString()
                        : number(cell.getNumericCellValue());
            case BOOLEAN:
                return cell.getBooleanCellValue() ? "是" : "否";
            case FORMULA:
                fault(row, column, "单元格里是公式，请改写成数值。", "The cell holds a formula; write the value.");
                return "";
            case ERROR:
                fault(row, column, "单元格是错误值。", "The cell holds an error value.");
                return "";
            default:
                return "";
        }
    }

    private static String number(double value) {
        return Optional.of(value)
                .filter(Double::isFinite)
                .map(v -> new BigDecimal(Double.toString(v)).stripTrailingZeros().toPlainString())
                .orElse("");
    }

    private String plain(int row, int column, String cell) {
        String text = cell.strip();
        if (text.length() > MAX_CELL) {
            fault(row, column, "单元格内容过长。", "Too much in one cell.");
            return "";
        }
        if (!text.isEmpty() && "=+@\t".indexOf(text.charAt(0)) >= 0) {
            fault(row, column, "单元格里是公式，请改写成数值。", "The cell holds a formula; write the value.");
            return "";
        }
        return text;
    }

    private boolean add(List<String> cells) {
        if (rows.size() >= MAX_ROWS) {
            fault(rows.size() + 1, 0, "表格超过 1000 行。", "More than 1000 rows.");
            return false;
        }
        if (cells.size() > MAX_COLUMNS) {
            fault(rows.size() + 1, MAX_COLUMNS + 1, "表格超过 30 列。", "More than 30 columns.");
            return false;
        }
        rows.add(cells);
        return true;
    }

    private void fault(int row, int column, String zh, String en) {
        faults.add(new PackFault(file, row, column, new Text(zh, en)));
    }
}
