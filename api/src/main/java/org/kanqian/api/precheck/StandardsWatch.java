package org.kanqian.api.precheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kanqian.rules.authoring.WorkedCases;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.PackException;
import org.kanqian.rules.pack.PackFault;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the folder of standards has changed, compiles what has, and swaps it in whole. A
 * pack that does not read, does not compile or breaks one of its own worked cases leaves the old
 * one serving and says so.
 */
public final class StandardsWatch {
    private static final Logger LOG = LoggerFactory.getLogger(StandardsWatch.class);
    private static final int MOST_SAID = 50;

    private final Path folder;
    private final Serving serving;
    private final Clock clock;
    private String seen = "";
    private String tried = "";

    /** Watches a folder of standards. */
    public StandardsWatch(Path folder, Serving serving, Clock clock) {
        this.folder = folder;
        this.serving = serving;
        this.clock = clock;
    }

    /**
     * Looks once. What has changed is taken when it has stood still from one look to the next, so
     * that half-copied files are not tried.
     */
    public synchronized void look() {
        String found = state();
        boolean still = found.equals(seen);
        seen = found;
        if (still && !found.equals(tried)) {
            tried = found;
            reload();
        }
    }

    private void reload() {
        long start = System.nanoTime();
        try {
            RuleBook before = serving.now().book();
            StandardsPack pack = StandardsPack.load(PackSource.directory(folder), before.pack());
            if (pack.hash().equals(before.pack().hash())) {
                serving.refuse(List.of());
                return;
            }
            RuleBook book = before.next(pack);
            List<String> broken =
                    book.changedSince(before).stream()
                            .flatMap(i -> WorkedCases.run(book, pack.casesOf(i)).stream())
                            .map(WorkedCases.Failure::toString)
                            .limit(MOST_SAID)
                            .toList();
            if (!broken.isEmpty()) {
                refuse(broken);
                return;
            }
            serving.swap(serving.now().with(book), clock.instant());
            LOG.info(
                    "standards {} serve after {} ms",
                    pack.hash(),
                    (System.nanoTime() - start) / 1_000_000);
        } catch (PackException e) {
            refuse(e.faults().stream().map(PackFault::toString).limit(MOST_SAID).toList());
        } catch (RuntimeException e) {
            // Whatever is wrong with the folder, the old pack serves on and the watch lives.
            refuse(List.of(String.valueOf(e)));
        }
    }

    private void refuse(List<String> why) {
        serving.refuse(why);
        LOG.warn("changed standards are not taken, the old ones go on: {}", why.get(0));
    }

    /** Names, sizes and times of all files: enough to see that something was written. */
    private String state() {
        try (Stream<Path> files = Files.walk(folder, 6)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .limit(10_000)
                    .map(StandardsWatch::state)
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
