package org.kanqian.api.site;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kanqian.gis.survey.Ground;
import org.kanqian.rules.engine.Inquiry;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.pack.Severity;
import org.kanqian.rules.pack.Stage;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Status;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.operation.union.UnaryUnionOp;

/**
 * A district cut into parts by what its siting points say there (可选址范围).
 *
 * <p>The district is split along every line at which a fact could pass a limit; what is left is
 * judged, part by part, by the rules themselves, on facts known only as far as they are the same
 * for every site of the part. So a part is {@code ELIGIBLE} or {@code EXCLUDED} only where a
 * pre-check at any of its places says so too.
 *
 * @param area the whole district, metres of the ground's frame
 * @param parts do not overlap and together fill the district, slivers aside
 * @param toAnswer facts no map of areas can tell that siting points ask for, in name order
 * @param tooMuch facts of which there is more on the map than is drawn, in name order; they are
 *     sure nowhere
 */
record EligibleArea(Geometry area, List<Part> parts, List<String> toAnswer, List<String> tooMuch) {

    /** What may be said of a part of the district. */
    enum Standing {
        /** No siting point the map decides is violated. */
        ELIGIBLE,
        /** A veto point is violated at every place in it. */
        EXCLUDED,
        /** Within the errors, outside a layer, or a point that something else would cure. */
        UNSURE
    }

    /**
     * @param findings the points that make it so; none where it is eligible
     * @param missing the facts that are not sure there
     * @param border whether it lies too near the district's border to tell whose law holds
     */
    record Part(
            Standing standing,
            Geometry geometry,
            List<Finding> findings,
            List<String> missing,
            boolean border) {}

    /** A fact the district is cut by, and the limit it is compared with if it is a distance. */
    private record Cut(String fact, Optional<BigDecimal> limit) {}

    /**
     * @param facts what is the same for every site of it
     */
    private record Cell(Geometry geometry, Map<String, FactValue> facts) {}

    /** How many parts are cut at most; beyond it the rest stays as it is, and unsure. */
    private static final int MOST_CELLS = 5_000;

    /** What is smaller, square metres, or narrower, metres, is left out. */
    private static final double LEAST_AREA = 0.5;

    private static final double LEAST_WIDTH = 0.1;

    static EligibleArea of(
            RuleBook book,
            Ground ground,
            String item,
            Optional<String> variant,
            String region,
            LocalDate asOf) {
        Judging judging = new Judging(book, item, variant, Optional.of(region), asOf);
        List<Finding> siting = judging.siting(Map.of());
        Set<Cut> cuts = new LinkedHashSet<>();
        Set<String> toAnswer = new TreeSet<>();
        for (Finding finding : siting) {
            for (Finding.Because because : finding.because()) {
                String fact = because.fact();
                if (Ground.measured(fact)) {
                    finding.limits().stream()
                            .filter(l -> l.unit().equals("m"))
                            .forEach(l -> cuts.add(new Cut(fact, Optional.of(l.value()))));
                } else if (Ground.drawn(fact)) {
                    cuts.add(new Cut(fact, Optional.empty()));
                }
                if (!Ground.measured(fact) && !fact.startsWith("site.inside.")) {
                    toAnswer.add(fact);
                }
            }
        }
        Geometry inner = ground.withinBorder();
        List<Cell> cells = List.of(new Cell(inner, Map.of()));
        Set<String> tooMuch = new TreeSet<>();
        for (Cut cut : cuts) {
            List<Ground.Tell> tells =
                    cells.size() > MOST_CELLS
                            ? List.of()
                            : cut.limit().isPresent()
                                    ? ground.below(cut.fact(), cut.limit().get())
                                    : ground.tells(cut.fact());
            if (tells.isEmpty()) {
                tooMuch.add(cut.fact());
            } else {
                cells = split(cells, cut.fact(), tells);
            }
        }
        Set<String> drawn = new TreeSet<>();
        cuts.forEach(cut -> drawn.add(cut.fact()));
        List<Part> parts = new ArrayList<>();
        for (Cell cell : cells) {
            parts.add(judging.part(cell, drawn));
        }
        Geometry border = overlay(ground.area(), inner, OverlayNG.DIFFERENCE);
        if (!border.isEmpty()) {
            parts.add(new Part(Standing.UNSURE, border, List.of(), List.of(), true));
        }
        return new EligibleArea(
                ground.area(), merged(parts), List.copyOf(toAnswer), List.copyOf(tooMuch));
    }

    private static List<Cell> split(List<Cell> cells, String fact, List<Ground.Tell> tells) {
        List<Cell> next = new ArrayList<>();
        for (Cell cell : cells) {
            Geometry rest = cell.geometry();
            for (Ground.Tell tell : tells) {
                boolean apart =
                        rest.isEmpty()
                                || !rest.getEnvelopeInternal()
                                        .intersects(tell.where().getEnvelopeInternal());
                Geometry in =
                        apart ? tell.where() : overlay(rest, tell.where(), OverlayNG.INTERSECTION);
                if (!apart && !in.isEmpty()) {
                    Map<String, FactValue> facts = new TreeMap<>(cell.facts());
                    facts.merge(fact, tell.value(), EligibleArea::both);
                    next.add(new Cell(in, facts));
                    rest = overlay(rest, tell.where(), OverlayNG.DIFFERENCE);
                }
            }
            if (!rest.isEmpty()) {
                next.add(new Cell(rest, cell.facts()));
            }
        }
        return next;
    }

    /** Two things that hold of one distance: the closer bounds of both. */
    private static FactValue both(FactValue a, FactValue b) {
        if (!(a instanceof FactValue.Missing m) || !(b instanceof FactValue.Missing n)) {
            return b;
        }
        BigDecimal low =
                m.low() == null || (n.low() != null && n.low().compareTo(m.low()) > 0)
                        ? n.low()
                        : m.low();
        BigDecimal high =
                m.high() == null || (n.high() != null && n.high().compareTo(m.high()) < 0)
                        ? n.high()
                        : m.high();
        return new FactValue.Missing(m.why(), m.detail(), low, high, m.seen());
    }

    /** Areas only: where two parts merely touch, they do not meet. */
    private static Geometry overlay(Geometry a, Geometry b, int operation) {
        Geometry result = OverlayNGRobust.overlay(a, b, operation);
        List<Geometry> areas = new ArrayList<>();
        for (int i = 0; i < result.getNumGeometries(); i++) {
            if (result.getGeometryN(i).getDimension() == 2) {
                areas.add(result.getGeometryN(i));
            }
        }
        return areas.size() == result.getNumGeometries()
                ? result
                : a.getFactory().buildGeometry(areas);
    }

    /** Parts of which the same is said, as one. */
    private static List<Part> merged(List<Part> parts) {
        Map<String, List<Part>> alike = new TreeMap<>();
        for (Part part : parts) {
            String said =
                    part.standing().ordinal()
                            + part.findings().stream().map(f -> f.point().id()).toList().toString()
                            + part.missing()
                            + part.border();
            alike.computeIfAbsent(said, s -> new ArrayList<>()).add(part);
        }
        List<Part> merged = new ArrayList<>();
        for (List<Part> same : alike.values()) {
            Part first = same.get(0);
            Geometry all = UnaryUnionOp.union(same.stream().map(Part::geometry).toList());
            Geometry broad = broad(all == null ? first.geometry() : all);
            if (!broad.isEmpty()) {
                merged.add(
                        new Part(
                                first.standing(),
                                broad,
                                first.findings(),
                                first.missing(),
                                first.border()));
            }
        }
        return Collections.unmodifiableList(merged);
    }

    /** Without slivers: nothing is opened on a strip narrower than a hand. */
    private static Geometry broad(Geometry areas) {
        List<Geometry> broad = new ArrayList<>();
        for (int i = 0; i < areas.getNumGeometries(); i++) {
            Geometry one = areas.getGeometryN(i);
            if (one.getArea() > LEAST_AREA && one.getArea() > LEAST_WIDTH / 2 * one.getLength()) {
                broad.add(one);
            }
        }
        return broad.size() == areas.getNumGeometries()
                ? areas
                : areas.getFactory().buildGeometry(broad);
    }

    private record Judging(
            RuleBook book,
            String item,
            Optional<String> variant,
            Optional<String> region,
            LocalDate asOf) {

        List<Finding> siting(Map<String, FactValue> facts) {
            return book
                    .judge(
                            new Inquiry(
                                    List.of(new Inquiry.ItemInquiry(item, variant)),
                                    FactSheet.of(facts),
                                    region,
                                    asOf,
                                    0))
                    .items()
                    .get(0)
                    .findings()
                    .stream()
                    .filter(f -> f.point().stage() == Stage.SITING)
                    .toList();
        }

        /**
         * @param cuts the facts the district was cut by; one whose limit hangs on an answer is not
         *     among them, and that answer is to be asked for
         */
        Part part(Cell cell, Set<String> cuts) {
            List<Finding> vetoed = new ArrayList<>();
            List<Finding> unsure = new ArrayList<>();
            Set<String> missing = new TreeSet<>();
            Map<String, FactValue> facts = cell.facts();
            for (Finding finding : siting(facts)) {
                List<String> drawn =
                        finding.because().stream()
                                .map(Finding.Because::fact)
                                .filter(cuts::contains)
                                .toList();
                if (drawn.isEmpty()) {
                    continue;
                }
                if (finding.status() == Status.VIOLATED) {
                    (finding.point().severity() == Severity.VETO ? vetoed : unsure).add(finding);
                } else if (finding.status() == Status.MARGINAL
                        || (finding.status() == Status.UNKNOWN && !settled(drawn, facts))) {
                    unsure.add(finding);
                    drawn.stream().filter(f -> !settled(List.of(f), facts)).forEach(missing::add);
                }
            }
            if (!vetoed.isEmpty()) {
                return new Part(Standing.EXCLUDED, cell.geometry(), vetoed, List.of(), false);
            }
            return unsure.isEmpty()
                    ? new Part(Standing.ELIGIBLE, cell.geometry(), List.of(), List.of(), false)
                    : new Part(
                            Standing.UNSURE, cell.geometry(), unsure, List.copyOf(missing), false);
        }

        /** Whether everything is known of these facts that a map can tell. */
        private static boolean settled(List<String> drawn, Map<String, FactValue> facts) {
            return drawn.stream().allMatch(facts::containsKey);
        }
    }
}
