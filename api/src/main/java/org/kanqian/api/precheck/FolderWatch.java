package org.kanqian.api.precheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Notices that something was written in a folder, once it has stood still from one look to the
 * next, so that half-copied files are not tried.
 */
public final class FolderWatch {
    private static final int DEEPEST = 6;
    private static final int MOST_FILES = 10_000;

    private final Path folder;
    private final Runnable changed;
    private String seen = "";
    private String tried = "";

    /**
     * @param changed called from {@link #look} for every change; the first look is one
     */
    public FolderWatch(Path folder, Runnable changed) {
        this.folder = folder;
        this.changed = changed;
    }

    /** Takes what is there now for known: only what is written after this is a change. */
    public synchronized void known() {
        seen = state();
        tried = seen;
    }

    /** Looks once. */
    public synchronized void look() {
        String found = state();
        boolean still = found.equals(seen);
        seen = found;
        if (still && !found.equals(tried)) {
            tried = found;
            changed.run();
        }
    }

    /** Names, sizes and times of all files: enough to see that something was written. */
    private String state() {
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST_FILES)
                    .map(FolderWatch::state)
                    .collect(Collectors.joining("\n"));
        } catch (IOException | UncheckedIOException e) {
            return "unreadable";
        }
    }

    private static String state(Path file) {
        try {
            return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return file + " gone";
        }
    }
}
