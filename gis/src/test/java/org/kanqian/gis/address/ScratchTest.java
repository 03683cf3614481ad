package org.kanqian.gis.address;

import java.nio.file.*;
import java.util.*;
import org.junit.jupiter.api.Test;
import org.kanqian.gis.layer.*;

class ScratchTest {
    @Test
    void go() throws Exception {
        long t = System.nanoTime();
        LayerSet layers = LayerSet.load(Path.of("../samples/layers"));
        System.out.println("layers " + (System.nanoTime() - t) / 1000000);
        t = System.nanoTime();
        Divisions.packaged();
        System.out.println("divisions " + (System.nanoTime() - t) / 1000000);
        t = System.nanoTime();
        Gazetteer g = Gazetteer.of(layers.layers());
        System.out.println("gazetteer " + (System.nanoTime() - t) / 1000000 + " " + g.size());
        t = System.nanoTime();
        AddressTrial trial = new AddressTrial(g);
        List<AddressTrial.Row> rows = new ArrayList<>();
        rows.addAll(
                trial.fullAddresses(
                        "company", Path.of("../samples/addresses/company-addresses.csv")));
        System.out.println("company " + (System.nanoTime() - t) / 1000000);
        rows.add(trial.coded("messy", Path.of("../samples/addresses/messy-addresses.csv")));
        rows.add(trial.coded("jionlp", Path.of("../samples/addresses/parsed-addresses.csv")));
        rows.addAll(trial.doors("doors", layers.layers()));
        rows.forEach(
                r ->
                        System.out.printf(
                                "%s %s %d %.3f %.3f %s %s%n",
                                r.set(),
                                r.change(),
                                r.n(),
                                r.top1(),
                                r.top5(),
                                r.medianMetres(),
                                r.worstTenthMetres()));
        for (String f : List.of("messy-addresses", "parsed-addresses")) {
            for (String line : Files.readAllLines(Path.of("../samples/addresses/" + f + ".csv"))) {
                int c = line.lastIndexOf(',');
                String a = line.substring(0, c), e = line.substring(c + 1);
                ParsedAddress p = new AddressParser(Divisions.packaged()).parse(a);
                System.out.println(
                        (p.regions().stream()
                                                .anyMatch(
                                                        r ->
                                                                e.startsWith(r)
                                                                        && (e + "")
                                                                                .substring(
                                                                                        r.length())
                                                                                .matches("0*"))
                                        ? "ok "
                                        : "?? ")
                                + e
                                + " "
                                + p);
            }
        }
        Random rnd = new Random(1);
        List<String> all =
                Files.readAllLines(Path.of("../samples/addresses/company-addresses.csv"));
        for (int i = 0; i < 60; i++)
            System.out.println(
                    "## "
                            + all.get(rnd.nextInt(all.size()))
                                    .transform(
                                            a ->
                                                    a
                                                            + " -> "
                                                            + new AddressParser(
                                                                            Divisions.packaged())
                                                                    .parse(a)));
        for (String q :
                List.of(
                        "成都市武",
                        "中关村南",
                        "中关村",
                        "成府路",
                        "成府路10",
                        "成府路999号",
                        "北京市海淀区成府路1号",
                        "北京市海淀区成付路101号",
                        "东升大厦",
                        "海淀区成府路101号3层302",
                        "清华园",
                        "北京大学")) {
            System.out.println("== " + q);
            g.find(q).candidates().stream().limit(6).forEach(x -> System.out.println("   " + x));
        }
        t = System.nanoTime();
        for (int k = 0; k < 3; k++) for (String a : all) g.find(a);
        System.out.println("per query us " + (System.nanoTime() - t) / 1000 / 3 / all.size());
    }
}
