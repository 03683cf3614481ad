package org.kanqian.rules.pack;

import java.util.Locale;
import java.util.Objects;

/** A text people read: Chinese always, English where somebody has written it. */
public record Text(String zh, String en) {
    public Text {
        Objects.requireNonNull(zh, "zh");
        Objects.requireNonNull(en, "en");
    }

    /** This text with {@code {name}} filled in. */
    public Text with(String name, Text value) {
        String mark = "{" + name + "}";
        return new Text(zh.replace(mark, value.zh()), en.replace(mark, value.en()));
    }

    /** The English text if asked for and there is one, else the Chinese. */
    public String in(Locale locale) {
        return "en".equals(locale.getLanguage()) && !en.isEmpty() ? en : zh;
    }
}
