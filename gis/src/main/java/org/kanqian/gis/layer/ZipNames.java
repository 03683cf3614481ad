package org.kanqian.gis.layer;

/** Names of entries in archives somebody sent. */
public final class ZipNames {
    private ZipNames() {}

    /**
     * Whether a name stays within the folder it is unpacked in.
     *
     * @param name with {@code /} between folders
     */
    public static boolean safe(String name) {
        return !name.startsWith("/")
                && !name.contains(":")
                && !name.matches("(?s)(.*/)?\\.\\.(/.*)?");
    }
}
