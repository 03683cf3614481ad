package org.kanqian.api.precheck;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.kanqian.api.archive.PackArchive;
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
    private final PackArchive packs;
    private final Clock clock;
    private final FolderWatch watch;

    /**
     * Watches a folder of standards.
     *
     * @param packs keeps every pack before it serves
     */
    public StandardsWatch(Path folder, Serving serving, PackArchive packs, Clock clock) {
        this.folder = folder;
        this.serving = serving;
        this.packs = packs;
        this.clock = clock;
        this.watch = new FolderWatch(folder, this::reload);
    }

    /** Looks once. */
    public void look() {
        watch.look();
    }

    private void reload() {
        long start = System.nanoTime();
        try {
            RuleBook before = serving.now().book();
            PackArchive.Remembering files =
                    new PackArchive.Remembering(PackSource.directory(folder));
            StandardsPack pack = StandardsPack.load(files, before.pack());
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
            packs.keep(pack, files);
            serving.serve(book, clock.instant());
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
}
