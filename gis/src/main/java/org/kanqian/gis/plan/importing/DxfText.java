package org.kanqian.gis.plan.importing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kanqian.gis.plan.importing.ImportNote.Kind;

/** Bytes of a DXF file into words: its code page, its escapes, the formatting of MTEXT. */
final class DxfText {
    /** Since R2007 (AC1021) files are UTF-8 whatever {@code $DWGCODEPAGE} says. */
    private static final String FIRST_UTF8 = "AC1021";

    private static final int LONGEST = 4_000;
    private static final Pattern UNICODE = Pattern.compile("\\\\[Uu]\\+([0-9A-Fa-f]{4})");
    private static final Pattern MULTIBYTE = Pattern.compile("\\\\M\\+5([0-9A-Fa-f]{4})");

    /** MTEXT codes that end at a semicolon: font, height, colour, tracking, alignment, … */
    private static final Pattern FORMAT = Pattern.compile("\\\\[ACFfHQTWpc][^;\\\\]{0,100};");

    private static final Pattern STACK = Pattern.compile("\\\\S([^;]{0,100});");
    private static final Pattern TOGGLE = Pattern.compile("\\\\[LlOoKkNX]");

    private final Notes notes;
    private Charset declared = StandardCharsets.UTF_8;
    private String page = "";
    private String version = "";

    DxfText(Notes notes) {
        this.notes = notes;
    }

    void version(String acadver) {
        version = acadver;
        settle();
    }

    void codePage(String name) {
        page = name;
        settle();
    }

    private void settle() {
        declared =
                version.compareTo(FIRST_UTF8) >= 0
                        ? StandardCharsets.UTF_8
                        : charset(page).orElse(Charset.forName("GB18030"));
    }

    private static Optional<Charset> charset(String page) {
        String name = page.toUpperCase(Locale.ROOT);
        return switch (name) {
            case "ANSI_936", "GB2312", "GBK" -> Optional.of(Charset.forName("GB18030"));
            case "ANSI_950", "BIG5" -> Optional.of(Charset.forName("Big5"));
            case "ANSI_932" -> Optional.of(Charset.forName("windows-31j"));
            case "ANSI_949" -> Optional.of(Charset.forName("x-windows-949"));
            case "UTF-8", "UTF8", "ANSI_65001" -> Optional.of(StandardCharsets.UTF_8);
            default ->
                    name.matches("ANSI_125[0-8]")
                            ? Optional.of(Charset.forName("windows-" + name.substring(5)))
                            : Optional.empty();
        };
    }

    /** A name or plain text; {@code raw} holds one byte a character. */
    String decode(String raw) {
        String bytes = raw.length() > LONGEST ? raw.substring(0, LONGEST) : raw;
        if (bytes.chars().allMatch(c -> c < 0x80)) {
            return unescape(bytes);
        }
        byte[] octets = bytes.getBytes(StandardCharsets.ISO_8859_1);
        Charset gbk = Charset.forName("GB18030");
        boolean western = declared.name().startsWith("windows-125");
        Optional<String> said = strictly(octets, declared);
        Optional<String> utf8 = strictly(octets, StandardCharsets.UTF_8);
        if (said.isPresent() && !western && !declared.equals(gbk)) {
            return unescape(said.get());
        }
        // Chinese takes three bytes in UTF-8; two that happen to fit are more likely one of GBK
        if (utf8.isPresent() && utf8.get().chars().anyMatch(c -> c >= 0x800)) {
            other("UTF-8");
            return unescape(utf8.get());
        }
        if (declared.equals(gbk) && said.isPresent()) {
            return unescape(said.get());
        }
        if (pairs(octets)) {
            Optional<String> chinese = strictly(octets, gbk);
            if (chinese.isPresent()) {
                other("GBK");
                return unescape(chinese.get());
            }
        }
        if (said.isPresent()) {
            return unescape(said.get());
        }
        notes.count(
                Kind.LEFT_OUT,
                "$DWGCODEPAGE",
                n -> n + " 处文字的编码认不出，其中的字可能有误。请另存为 2007 或更新版本的 DXF。",
                n -> n + " texts are in no encoding that fits; save as DXF 2007 or later.");
        return unescape(new String(octets, declared));
    }

    private void other(String name) {
        if (!declared.name().equals(name)) {
            notes.count(
                    Kind.GUESSED,
                    "$DWGCODEPAGE " + page,
                    n -> n + " 处文字不符合文件写明的编码，按 " + name + " 读。",
                    n -> n + " texts are not in the declared encoding; read as " + name + ".");
        }
    }

    /** All bytes beyond ASCII come in pairs of the two-byte range of GB 2312. */
    private static boolean pairs(byte[] octets) {
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] < 0) {
                boolean pair =
                        i + 1 < octets.length
                                && (octets[i] & 0xFF) >= 0xA1
                                && (octets[i + 1] & 0xFF) >= 0xA1;
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static Optional<String> strictly(byte[] octets, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(octets))
                            .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String unescape(String text) {
        String unicode =
                UNICODE.matcher(text)
                        .replaceAll(
                                m ->
                                        Matcher.quoteReplacement(
                                                "" + (char) Integer.parseInt(m.group(1), 16)));
        return MULTIBYTE
                .matcher(unicode)
                .replaceAll(
                        m -> {
                            int pair = Integer.parseInt(m.group(1), 16);
                            byte[] two = {(byte) (pair >> 8), (byte) pair};
                            return Matcher.quoteReplacement(
                                    new String(two, Charset.forName("GB18030")));
                        });
    }

    /** The words of a TEXT: without {@code %%u} and the like. */
    static String plain(String text) {
        return text.replaceAll("%%[uUoOkK]", "")
                .replaceAll("%%[dD]", "°")
                .replaceAll("%%[pP]", "±")
                .replaceAll("%%[cC]", "⌀")
                .strip();
    }

    /** The words of an MTEXT: without its formatting, lines apart. */
    static String formatted(String text) {
        String words = text.replace("\\\\", "\u0001").replace("\\P", "\n").replace("\\~", " ");
        words = FORMAT.matcher(words).replaceAll("");
        words = STACK.matcher(words).replaceAll(m -> Matcher.quoteReplacement(m.group(1)));
        words = TOGGLE.matcher(words).replaceAll("");
        words = words.replaceAll("(?<!\\\\)[{}]", "").replace("\\{", "{").replace("\\}", "}");
        return plain(words.replace('\u0001', '\\'));
    }
}
