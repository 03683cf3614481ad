package org.kanqian.api.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kanqian.api.TestStandards;
import org.kanqian.api.archive.Archive;
import org.kanqian.api.archive.PackArchive;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;

class StandardsWatchTest {
    @TempDir Path folder;
    @TempDir Path data;

    private Serving serving;
    private PackArchive packs;
    private StandardsWatch watch;
    private String first;

    @BeforeEach
    void serveAFolder() throws IOException {
        TestStandards.copyTo(folder);
        serving =
                new Serving(
                        new PreCheckService(
                                RuleBook.compile(StandardsPack.load(PackSource.directory(folder))),
                                new SiteSurveyor(LayerSet.empty()),
                                Signer.passing(),
                                Clock.systemUTC()),
                        Instant.EPOCH);
        packs = new PackArchive(Archive.in(data));
        watch = new StandardsWatch(folder, serving, packs, Clock.systemUTC());
        first = serving.now().pack().hash();
        settle();
    }

    @Test
    void whatHasNotChangedIsLeftAlone() {
        assertThat(serving.now().pack().hash()).isEqualTo(first);
        assertThat(serving.since()).isEqualTo(Instant.EPOCH);
        assertThat(serving.refused()).isEmpty();
    }

    @Test
    void aChangedTextServesOnceItHasStoodStill() throws IOException {
        replace("items/tobacco-retail/item.yaml", "# ", "# 改过。 ");

        watch.look();
        assertThat(serving.now().pack().hash()).as("still moving").isEqualTo(first);
        watch.look();

        assertThat(serving.now().pack().hash()).isNotEqualTo(first);
        assertThat(serving.since()).isAfter(Instant.EPOCH);
    }

    @Test
    void whatServesIsKeptAndCanBeReadAgain() throws IOException {
        replace("items/tobacco-retail/item.yaml", "# ", "# 改过。 ");
        settle();
        String hash = serving.now().pack().hash();
        replace("items/tobacco-retail/item.yaml", "# 改过。 ", "# ");
        settle();

        assertThat(serving.now().pack().hash()).isNotEqualTo(hash);
        assertThat(StandardsPack.load(packs.find(hash).orElseThrow()).hash()).isEqualTo(hash);
    }

    @Test
    void aPackThatBreaksItsOwnCasesIsRefusedUntilItIsMended() throws IOException {
        String file = "items/tobacco-retail/cases.yaml";
        replace(file, "VIOLATED", "MET");
        settle();

        assertThat(serving.now().pack().hash()).isEqualTo(first);
        assertThat(serving.refused()).isNotEmpty().allMatch(why -> why.startsWith(file));

        replace(file, ": MET", ": VIOLATED");
        Files.delete(folder.resolve("laws.yaml"));
        settle();

        assertThat(serving.now().pack().hash()).isEqualTo(first);
        assertThat(serving.refused()).anyMatch(why -> why.contains("laws.yaml"));
    }

    private void settle() {
        watch.look();
        watch.look();
    }

    private void replace(String file, String from, String to) throws IOException {
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replaceFirst(from, to));
    }
}
