package org.kanqian.gis.plan.drawing;

import java.awt.geom.Path2D;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.OTFParser;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeCollection;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;

/**
 * A font with Chinese characters, read from a file of this machine. Keeps the file open as long as
 * it is in use; reading one of the large collections takes a second or two, so read it once.
 */
public final class CjkFont {
    /** File names looked for, the best first. */
    private static final List<String> KNOWN =
            List.of(
                    "NotoSansCJK-Regular.ttc",
                    "NotoSansCJKsc-Regular.otf",
                    "NotoSansSC-Regular.otf",
                    "NotoSansSC-Regular.ttf",
                    "SourceHanSansSC-Regular.otf",
                    "SourceHanSansCN-Regular.otf",
                    "wqy-microhei.ttc",
                    "DroidSansFallbackFull.ttf",
                    "DroidSansFallback.ttf",
                    "msyh.ttc",
                    "simhei.ttf");

    private static final int DEEPEST = 6;

    private final TrueTypeFont font;
    private final CmapLookup characters;

    private CjkFont(TrueTypeFont font) throws IOException {
        this.font = font;
        this.characters = font.getUnicodeCmapLookup();
    }

    /** No usable font was found. */
    public static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String zh;

        MissingException(String zh, String en) {
            super(en);
            this.zh = zh;
        }

        /** What is missing and how to mend it, Chinese; {@link #getMessage} has the English. */
        public String zh() {
            return zh;
        }
    }

    /**
     * The best known font among those the system has installed.
     *
     * @throws MissingException if there is none, or none that can be read
     */
    public static CjkFont installed() throws MissingException {
        for (Path file : candidates()) {
            Optional<CjkFont> font = read(file);
            if (font.isPresent()) {
                return font.get();
            }
        }
        throw new MissingException(
                "这台机器上没有中文字体，画不了 PDF。请安装 fonts-noto-cjk（apt-get install fonts-noto-cjk），或改要 SVG。",
                "No Chinese font is installed here, so no PDF can be drawn. Install fonts-noto-cjk"
                        + " (apt-get install fonts-noto-cjk), or ask for SVG.");
    }

    private static List<Path> candidates() {
        String home = System.getProperty("user.home", ".");
        List<Path> folders =
                List.of(
                        Path.of("/usr/share/fonts"),
                        Path.of("/usr/local/share/fonts"),
                        Path.of(home, ".fonts"),
                        Path.of(home, ".local/share/fonts"),
                        Path.of("/Library/Fonts"),
                        Path.of("C:/Windows/Fonts"));
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files =
                    Files.find(
                            folder,
                            DEEPEST,
                            (f, a) -> KNOWN.contains(String.valueOf(f.getFileName())))) {
                files.forEach(found::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                continue; // A folder nobody may read holds no font for us.
            }
        }
        found.sort(
                java.util.Comparator.comparingInt(
                                (Path f) -> KNOWN.indexOf(String.valueOf(f.getFileName())))
                        .thenComparing(Path::toString));
        return found;
    }

    private static Optional<CjkFont> read(Path file) {
        try {
            return Optional.of(new CjkFont(open(file.toFile())));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // The next file may be whole.
        }
    }

    private static TrueTypeFont open(File file) throws IOException {
        String name = file.getName();
        if (name.endsWith(".otf")) {
            return new OTFParser().parse(new RandomAccessReadBufferedFile(file));
        }
        if (name.endsWith(".ttf")) {
            return new TTFParser().parse(new RandomAccessReadBufferedFile(file));
        }
        TrueTypeCollection collection = new TrueTypeCollection(file);
        for (String simplified : List.of("NotoSansCJKsc-Regular", "WenQuanYiMicroHei")) {
            TrueTypeFont font = collection.getFontByName(simplified);
            if (font != null) {
                return font;
            }
        }
        throw new IOException("no simplified Chinese font in " + name);
    }

    /** Number of a character's glyph; 0 where the font has none, which is drawn as a box. */
    int glyph(int character) {
        return characters.getGlyphId(character);
    }

    /** How far the pen moves on, in thousandths of an em. */
    double advance(int glyph) throws IOException {
        return font.getAdvanceWidth(glyph) * 1000.0 / font.getUnitsPerEm();
    }

    /** A glyph's outline, in font units, y up. */
    Path2D outline(int glyph) throws IOException {
        if (font instanceof OpenTypeFont cff && cff.isPostScript()) {
            return cff.getCFF().getFont().getType2CharString(glyph).getPath();
        }
        var drawn = font.getGlyph().getGlyph(glyph);
        return drawn == null ? new Path2D.Double() : drawn.getPath();
    }

    double unitsPerEm() throws IOException {
        return font.getUnitsPerEm();
    }
}
