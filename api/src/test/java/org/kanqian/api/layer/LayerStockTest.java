package org.kanqian.api.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kanqian.api.layer.TestZip.SCHOOLS;
import static org.kanqian.api.layer.TestZip.collection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kanqian.api.archive.Archive;
import org.kanqian.api.archive.LayerArchive;
import org.kanqian.api.precheck.FolderWatch;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.precheck.Serving;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerFault;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;

/** What serves over restarts, when machines stop, and when the folder changes. */
class LayerStockTest {
    private static final String NEAR = "116.3212,39.9950";
    private static final String FAR = "116.3100,40.0100";
    private static final RuleBook BOOK =
            RuleBook.compile(StandardsPack.load(PackSource.classPath()));

    @TempDir Path data;
    @TempDir Path folder;

    @BeforeEach
    void aFolder() throws IOException {
        write("haidian/school", NEAR);
    }

    private void write(String id, String... places) throws IOException {
        Path to = Files.createDirectories(folder.resolve(id));
        Files.writeString(to.resolve("layer.yaml"), SCHOOLS);
        Files.writeString(to.resolve("school.geojson"), collection(places));
    }

    private static LayerStock open(Path data, Path folder) throws LayerException {
        Archive archive = Archive.in(data);
        return LayerStock.open(
                folder,
                archive,
                new LayerArchive(archive, Optional.empty()),
                Optional.empty(),
                Clock.systemUTC());
    }

    private static Serving serving(LayerStock stock) {
        return new Serving(
                new PreCheckService(
                        BOOK,
                        new SiteSurveyor(stock.layers()),
                        Signer.passing(),
                        Clock.systemUTC()),
                Instant.EPOCH);
    }

    private static Layer upload(LayerKeeper keeper, Path data, String id, String... places)
            throws LayerException {
        byte[] zip = TestZip.schools(places);
        try (ArrivingLayer layer = TestZip.received(zip, data)) {
            return keeper.put(id, layer.files(), v -> {}, false).layer().orElseThrow();
        }
    }

    private static List<String> places(LayerStock stock, String id) {
        return stock.layers().find(id).map(Layer::features).orElse(List.of()).stream()
                .map(Feature::geometry)
                .map(g -> g.getCoordinate().x + "," + g.getCoordinate().y)
                .toList();
    }

    // Restarts

    @Test
    void anUploadServesAfterARestartWhateverTheFolderSays() throws Exception {
        LayerStock first = open(data, folder);
        upload(new LayerKeeper(first, serving(first)), data, "haidian/school", FAR);
        write("haidian/school", NEAR, "116.3150,40.0050");

        LayerStock again = open(data, folder);

        assertThat(places(again, "haidian/school")).containsExactly("116.31,40.01");
        assertThat(again.state().base().find("haidian/school").orElseThrow().size()).isEqualTo(2);
    }

    @Test
    void aLayerStaysWithdrawnAfterARestart() throws Exception {
        LayerStock first = open(data, folder);
        new LayerKeeper(first, serving(first)).withdraw("haidian/school", v -> {}, false);

        assertThat(open(data, folder).layers().layers()).isEmpty();
    }

    @Test
    void theFoldersOwnVersionGivesTheLayerBackToTheFolder() throws Exception {
        LayerStock first = open(data, folder);
        String own = first.layers().find("haidian/school").orElseThrow().version();
        LayerKeeper keeper = new LayerKeeper(first, serving(first));
        upload(keeper, data, "haidian/school", FAR);
        keeper.restore("haidian/school", own, v -> {}, false);
        write("haidian/school", "116.3150,40.0050");

        LayerStock again = open(data, folder);

        assertThat(places(again, "haidian/school")).containsExactly("116.315,40.005");
        assertThat(again.state().chosen()).isEmpty();
    }

    @Test
    void anUploadThatCanNoLongerBeReadServesNothingNeitherItselfNorAnOlderOne() throws Exception {
        LayerStock first = open(data, folder);
        upload(new LayerKeeper(first, serving(first)), data, "haidian/school", FAR);
        LayerArchive.About about =
                first.versions()
                        .find(first.layers().find("haidian/school").orElseThrow().version())
                        .orElseThrow();
        Path damaged = data.resolve("content").resolve(about.files().get(1).content());
        Files.writeString(damaged, collection(NEAR));

        LayerStock again = open(data, folder);

        assertThat(again.layers().find("haidian/school")).isEmpty();
        assertThat(new LayerKeeper(again, serving(again)).refused())
                .extracting(LayerFault::zh)
                .anyMatch(zh -> zh.contains("文件变了"));
    }

    @Test
    void aFaultyFolderStopsTheStart() throws Exception {
        write("haidian/other", "0,0");

        assertThatThrownBy(() -> open(data, folder)).isInstanceOf(LayerException.class);
    }

    @Test
    void filesAreKeptOnceHoweverManyVersionsHaveThem() throws Exception {
        LayerStock stock = open(data, folder);
        LayerKeeper keeper = new LayerKeeper(stock, serving(stock));
        for (int i = 0; i < 3; i++) {
            upload(keeper, data, "haidian/school", FAR);
            upload(keeper, data, "haidian/school", NEAR);
        }

        try (Stream<Path> files = Files.list(data.resolve("content"))) {
            assertThat(files).hasSize(3); // one declaration, two sets of places
        }
        assertThat(stock.versions().history("haidian/school")).hasSize(7);
    }

    @Test
    void aJournalTornInTheMiddleOfALineIsReadOn() throws Exception {
        LayerStock first = open(data, folder);
        Files.writeString(
                data.resolve("layers.jsonl"),
                Files.readString(data.resolve("layers.jsonl")) + "{\"since\":\"20");

        LayerStock again = open(data, folder);
        upload(new LayerKeeper(again, serving(again)), data, "haidian/school", FAR);

        assertThat(again.versions().history("haidian/school")).hasSize(2);
        assertThat(first.versions().history("haidian/school")).hasSize(2);
    }

    // Machines that stop

    /** Uploads one version after the other and says each that counts, until it is killed. */
    public static final class Uploading {
        private Uploading() {}

        public static void main(String[] args) throws LayerException {
            Path data = Path.of(args[0]);
            LayerStock stock = open(data, Path.of(args[1]));
            LayerKeeper keeper = new LayerKeeper(stock, serving(stock));
            for (int i = Integer.parseInt(args[2]); ; i++) {
                String place = String.format(java.util.Locale.ROOT, "116.31,40.%06d", i + 1);
                byte[] zip = TestZip.schools(place);
                System.out.println("sending " + i);
                try (ArrivingLayer layer = TestZip.received(zip, data)) {
                    keeper.put("haidian/school", layer.files(), v -> {}, false);
                }
                System.out.println("serves " + i);
            }
        }
    }

    /** Killed at any moment, it serves the last upload that counted, or the one then arriving. */
    @Test
    void aMachineThatStopsAtAnyMomentServesAWholeVersionAfterwards() throws Exception {
        int sent = 0;
        for (int round = 0; round < 4; round++) {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Uploading.class.getName(),
                                    data.toString(),
                                    folder.toString(),
                                    String.valueOf(sent))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            int served = -1;
            int last = sent;
            try (BufferedReader said =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8))) {
                int enough = sent + 5 + 3 * round;
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    String[] words = line.split(" ", -1);
                    if (words[0].equals("serves")) {
                        served = Integer.parseInt(words[1]);
                    } else if (words[0].equals("sending")) {
                        last = Integer.parseInt(words[1]);
                        if (last == enough) {
                            process.toHandle().destroyForcibly(); // what it said stays readable
                        }
                    }
                }
            }
            process.waitFor();

            LayerStock after = open(data, folder);

            assertThat(served).as("it got as far as serving").isNotNegative();
            assertThat(places(after, "haidian/school"))
                    .hasSize(1)
                    .first()
                    .isIn(place(served), place(served + 1), place(last));
            assertThat(after.state().lost()).isEmpty();
            try (Stream<Path> files = Files.list(data.resolve("arriving"))) {
                assertThat(files).isEmpty();
            }
            sent = last + 1;
        }
    }

    private static String place(int i) {
        return 116.31 + "," + (40 + (i + 1) / 1_000_000.0);
    }

    /** A disk that takes nothing more: here a folder in the place of the file. */
    @Test
    void whatIsNotStoredDoesNotServe() throws Exception {
        LayerStock stock = open(data, folder);
        Serving serving = serving(stock);
        LayerKeeper keeper = new LayerKeeper(stock, serving);
        Files.createDirectories(data.resolve("chosen.json/in-the-way"));

        assertThatThrownBy(() -> upload(keeper, data, "haidian/school", FAR))
                .hasMessageContaining("not-stored")
                .hasCauseInstanceOf(UncheckedIOException.class);

        assertThat(places(stock, "haidian/school")).containsExactly("116.3212,39.995");
        assertThat(serving.now().surveyor().layers()).isSameAs(stock.layers());
    }

    // The folder changes

    @Test
    void aChangedFolderServesOnceItHasStoodStillAndOnlyWhatChangedIsRead() throws Exception {
        write("haidian/more", FAR);
        LayerStock stock = open(data, folder);
        Serving serving = serving(stock);
        FolderWatch watch = watch(stock, serving);
        Layer untouched = stock.layers().find("haidian/school").orElseThrow();

        write("haidian/more", FAR, "116.3150,40.0050");
        watch.look();
        assertThat(serving.now().surveyor().layers().find("haidian/more").orElseThrow().size())
                .as("still moving")
                .isEqualTo(1);
        watch.look();

        assertThat(serving.now().surveyor().layers().find("haidian/more").orElseThrow().size())
                .isEqualTo(2);
        assertThat(serving.now().surveyor().layers().find("haidian/school"))
                .containsSame(untouched);
        assertThat(stock.versions().history("haidian/more")).hasSize(2);
    }

    @Test
    void aFaultyFolderIsRefusedAndTheOldLayersServeOnUntilItIsMended() throws Exception {
        LayerStock stock = open(data, folder);
        Serving serving = serving(stock);
        LayerKeeper keeper = new LayerKeeper(stock, serving);
        FolderWatch watch = watch(keeper);

        write("haidian/school", NEAR, "0,0");
        settle(watch);

        assertThat(keeper.refused()).hasSize(1);
        assertThat(keeper.refused().get(0).file()).isEqualTo("haidian/school/school.geojson");
        assertThat(keeper.refused().get(0).id()).hasValue("s1");
        assertThat(serving.now().surveyor().layers().find("haidian/school").orElseThrow().size())
                .isEqualTo(1);

        write("haidian/school", NEAR, FAR);
        settle(watch);

        assertThat(keeper.refused()).isEmpty();
        assertThat(serving.now().surveyor().layers().find("haidian/school").orElseThrow().size())
                .isEqualTo(2);
    }

    @Test
    void aLayerTakenOutOfTheFolderIsWithdrawn() throws Exception {
        write("haidian/more", FAR);
        LayerStock stock = open(data, folder);
        Serving serving = serving(stock);
        FolderWatch watch = watch(stock, serving);

        Files.delete(folder.resolve("haidian/more/layer.yaml"));
        settle(watch);

        assertThat(serving.now().surveyor().layers().find("haidian/more")).isEmpty();
        assertThat(stock.versions().history("haidian/more").get(1).by())
                .isEqualTo(LayerArchive.By.WITHDRAWN);
    }

    @Test
    void standardsAndLayersDoNotOverwriteEachOther() throws Exception {
        LayerStock stock = open(data, folder);
        Serving serving = serving(stock);
        LayerKeeper keeper = new LayerKeeper(stock, serving);
        RuleBook before = serving.now().book();

        upload(keeper, data, "haidian/school", FAR);

        assertThat(serving.now().book()).isSameAs(before);
        assertThat(serving.now().surveyor().layers()).isSameAs(stock.layers());
        assertThat(serving.since()).isEqualTo(Instant.EPOCH);
    }

    private FolderWatch watch(LayerStock stock, Serving serving) {
        return watch(new LayerKeeper(stock, serving));
    }

    private FolderWatch watch(LayerKeeper keeper) {
        FolderWatch watch = new FolderWatch(folder, keeper::reload);
        watch.known();
        return watch;
    }

    private static void settle(FolderWatch watch) {
        watch.look();
        watch.look();
    }
}
