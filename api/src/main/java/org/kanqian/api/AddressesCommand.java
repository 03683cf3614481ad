package org.kanqian.api;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.address.AddressTrial;
import org.kanqian.gis.address.Gazetteer;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How well addresses are found, on addresses whose place is known. */
@Command(
        name = "addresses",
        description = {
            "地址查得准不准：真实地址原样和改写后的准确率 / How well addresses are found",
            "FILE.csv 的列 / columns: address,expected_adcode 或 / or address,lon,lat (CGCS2000)"
        },
        mixinStandardHelpOptions = true)
final class AddressesCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 65;
    private static final int NO_INPUT = 66;
    private static final int BAD_SETTING = 78;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE.csv",
            description =
                    "默认用 samples/addresses 和图层里的门牌 / default: the samples and the layers' doors")
    @Nullable Path file;

    @Option(names = "--layers", description = "图层文件夹 / folder of layers")
    Path layers = Path.of(Kanqian.home(), "samples/layers");

    @Option(names = "--samples", description = "样例地址文件夹 / folder of the sample addresses")
    Path samples = Path.of(Kanqian.home(), "samples/addresses");

    @Option(
            names = "--learning",
            description = "改用调试用的那一半，并列出没找到的 / the half to learn from, and what was missed")
    boolean learning;

    @Option(
            names = "--drawn",
            description =
                    "各抽多少个街道、村居，默认 ${DEFAULT-VALUE} / how many towns and villages are drawn,"
                            + " ${DEFAULT-VALUE} unless stated")
    int drawn = 1_000;

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    private final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

    @Override
    public Integer call() {
        CheckCommand.logToStderr();
        try {
            LayerSet set = LayerSet.load(layers);
            Gazetteer gazetteer = Gazetteer.of(set.layers());
            AddressTrial trial =
                    learning
                            ? new AddressTrial(gazetteer, this::missed)
                            : new AddressTrial(gazetteer);
            List<AddressTrial.Row> rows =
                    file == null ? packaged(trial, set) : List.of(given(trial, file));
            table(rows);
            return 0;
        } catch (LayerException e) {
            err.println(e.getMessage());
            return BAD_SETTING;
        } catch (IllegalArgumentException e) {
            err.println(
                    "要有列 address,expected_adcode 或 address,lon,lat，经纬度是数 / the columns are"
                            + " address,expected_adcode or address,lon,lat, degrees are numbers");
            return BAD_INPUT;
        } catch (IOException e) {
            err.println("读不了 / cannot read " + e.getMessage());
            return NO_INPUT;
        }
    }

    private void missed(String change, AddressTrial.Known known) {
        out.println(change + "\t" + known.region() + "\t" + known.address());
    }

    private List<AddressTrial.Row> packaged(AddressTrial trial, LayerSet set) throws IOException {
        AddressTrial.Half half = learning ? AddressTrial.Half.LEARNING : AddressTrial.Half.HELD_OUT;
        List<AddressTrial.Row> rows =
                new ArrayList<>(
                        trial.fullAddresses(
                                "企业地址 company",
                                samples.resolve("company-addresses.csv"),
                                Integer.MAX_VALUE));
        rows.add(trial.coded("快递地址 messy", samples.resolve("messy-addresses.csv")));
        rows.add(trial.coded("拆分用例 parsed", samples.resolve("parsed-addresses.csv")));
        Path company = samples.resolve("company-addresses.csv");
        rows.addAll(trial.drawn("街道乡镇 towns", company, Optional.empty(), half, drawn));
        rows.addAll(
                trial.drawn(
                        "村居 villages",
                        company,
                        Optional.of(samples.resolve("villages-chengdu-xian.tsv")),
                        half,
                        drawn));
        rows.addAll(trial.doors("门牌 doors", set.layers()));
        rows.addAll(trial.names("名称 names", set.layers(), false));
        rows.addAll(trial.names("道路 roads", set.layers(), true));
        return rows;
    }

    private static AddressTrial.Row given(AddressTrial trial, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new java.nio.file.NoSuchFileException(file.toString());
        }
        String name = String.valueOf(file.getFileName());
        return AddressTrial.hasColumn(file, "expected_adcode")
                ? trial.coded(name, file)
                : trial.placed(name, file);
    }

    private void table(List<AddressTrial.Row> rows) {
        out.println("有区划代码的：候选在该区划内为对，距离量到该区划中心；有坐标的、门牌：门牌或楼级候选相距 100 米以内为对。");
        out.println("误导：说成唯一一处，却是别处。街道、村居取自区划名录，接上真实地址的后半截，随机抽一半从未看过的。");
        out.println(
                "Right: a candidate within the expected division (metres to its centre); for places"
                        + " and doors, a door or building within 100 m; for roads, the road.");
        out.println(
                "Misled: said to be one place and is another. Towns and villages are those of the"
                        + " register with the ends of real addresses, from the half never looked at.");
        out.println();
        out.println(
                CheckCommand.pad("数据 set", 20)
                        + CheckCommand.pad("改写 change", 26)
                        + "     n   top-1   top-5    误导   中位 m   90% m");
        for (AddressTrial.Row r : rows) {
            out.printf(
                    "%s%s%6d  %5.1f%%  %5.1f%%  %5.1f%%  %s  %s%n",
                    CheckCommand.pad(r.set(), 20),
                    CheckCommand.pad(r.change(), 26),
                    r.n(),
                    100 * r.top1(),
                    100 * r.top5(),
                    100 * r.misled(),
                    metres(r.medianMetres()),
                    metres(r.worstTenthMetres()));
        }
    }

    private static String metres(OptionalDouble metres) {
        return metres.isPresent() ? "%7.0f".formatted(metres.getAsDouble()) : "      -";
    }
}
