package org.kanqian.gis.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.measure.RoadGraph.Corners;
import org.kanqian.gis.measure.RoadGraph.Stretch;
import org.kanqian.rules.fact.Position;
import org.locationtech.jts.algorithm.LineIntersector;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.Puntal;
import org.locationtech.jts.operation.distance.DistanceOp;

/**
 * The roads people may walk on, as a graph. Lines meet where they share a vertex, as in
 * OpenStreetMap: a bridge does not meet the road below. A road with the attribute {@code walk: no}
 * is left out; one-way streets are not, since they bind vehicles.
 *
 * <p>Barriers are not walked across, neither by a road (unless it says {@code bridge} or {@code
 * tunnel}) nor on the way from a place to a road, except at passages and gates. A road with {@code
 * cross: marked} has two sides that only marked crossings join, where a layer of crossings claims
 * to be complete; elsewhere it may be crossed anywhere. Nothing else is assumed.
 *
 * <p>Built once, then only read; safe to share.
 */
public final class WalkingNetwork {
    /** How far from a road a site or a goal may lie, metres. */
    public static final double SNAP = 150;

    /** Longest walk looked for, metres. */
    public static final double LONGEST = 5_000;

    /** A road that comes this near to an outline comes up to it, metres. */
    private static final double AT_THE_WALL = 15;

    /** How far beyond a line its other side is, metres. */
    private static final double STEP = 0.1;

    private static final int MOST_SIDES = 8;

    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final RoadGraph roads;
    private final ShortestWays ways;
    private final Obstacles obstacles;
    private final boolean sides;

    private WalkingNetwork(RoadGraph roads, Obstacles obstacles) {
        this.roads = roads;
        this.ways = new ShortestWays(roads.graph);
        this.obstacles = obstacles;
        this.sides = !roads.corners.isEmpty();
    }

    /** The network of these layers, every road free to be crossed. */
    public static WalkingNetwork of(List<Layer> roads) {
        return of(roads, List.of(), List.of(), List.of());
    }

    /**
     * The network of these layers.
     *
     * @param crossings marked crossings
     * @param barriers walls, fences and guard rails, and the passages through them
     * @param gates gates of anything, which are passages too
     */
    public static WalkingNetwork of(
            List<Layer> roads, List<Layer> crossings, List<Layer> barriers, List<Layer> gates) {
        Obstacles obstacles = new Obstacles(barriers, gates);
        return new WalkingNetwork(new RoadGraph(roads, crossings, obstacles), obstacles);
    }

    /** Places where roads begin, end, bend or meet, CGCS2000 degrees. Not to be changed. */
    public List<Coordinate> nodes() {
        return List.copyOf(roads.nodes);
    }

    /** The shortest walks from an exact point to each of some goals, in their order. */
    public List<Optional<Walk>> walks(Coordinate from, List<Coordinate> goals) {
        Departure departure = from(FACTORY.createPoint(from), 0);
        return goals.stream().map(c -> departure.to(FACTORY.createPoint(c))).toList();
    }

    /**
     * Where walks begin.
     *
     * @param place a point, or the outline a walk may leave at its nearest place to a road;
     *     CGCS2000 degrees
     * @param error how far from the truth {@code place} may lie, metres: within it of a wall or of
     *     a road that has two sides, it may stand on the other side
     */
    public Departure from(Geometry place, double error) {
        return new Departure(place, error);
    }

    /**
     * Walks from one place. They share the searches over the roads, and these go only as far as the
     * goals asked for: ask for the near ones first. For one thread.
     */
    public final class Departure {
        private final LocalFrame frame;
        private final Starts starts;
        private final Map<Integer, ShortestWays.Search> searches = new HashMap<>();

        private Departure(Geometry place, double error) {
            Coordinate centre = place.getEnvelopeInternal().centre();
            this.frame = LocalFrame.at(new LonLat(centre.x, centre.y));
            this.starts = starts(frame, place, error);
        }

        /**
         * The shortest walk to a goal. One drawn as a point is reached from the nearest road; one
         * with an outline from every road that comes up to it.
         *
         * @param goal CGCS2000 degrees
         * @return empty where no road is within {@link #SNAP} of either end, or no walk up to
         *     {@link #LONGEST} joins them. That a network knows no walk does not mean there is
         *     none.
         */
        public Optional<Walk> to(Geometry goal) {
            if (starts.snaps.isEmpty()) {
                return Optional.empty();
            }
            List<Snap> ends = ends(frame, goal);
            @Nullable Walk best = null;
            double most = starts.all ? 0 : Double.POSITIVE_INFINITY;
            for (Snap start : starts.snaps) {
                @Nullable Walk shortest = null;
                for (Snap end : ends) {
                    @Nullable Walk walk = walk(frame, start, end, this::search);
                    if (walk != null && (shortest == null || walk.metres() < shortest.metres())) {
                        shortest = walk;
                    }
                }
                most =
                        Math.max(
                                most,
                                shortest == null ? Double.POSITIVE_INFINITY : shortest.metres());
                if (shortest != null && (best == null || shortest.metres() < best.metres())) {
                    best = shortest;
                }
            }
            return best == null
                    ? Optional.empty()
                    : Optional.of(new Walk(best.metres(), most, best.path()));
        }

        private ShortestWays.Search search(int node) {
            return searches.computeIfAbsent(node, n -> ways.from(n, LONGEST));
        }
    }

    private @Nullable Walk walk(
            LocalFrame frame, Snap start, Snap end, IntFunction<ShortestWays.Search> searches) {
        double shortest = Double.POSITIVE_INFINITY;
        ShortestWays.@Nullable Search via = null;
        int last = 0;
        if (end.stretch.equals(start.stretch) && start.corner < 0 && end.corner < 0) {
            shortest = start.place.distance(end.place);
        }
        for (int first : start.nodes()) {
            ShortestWays.Search from = searches.apply(first);
            for (int node : end.nodes()) {
                double metres = start.along(first) + from.metres(node) + end.along(node);
                if (metres < shortest) {
                    shortest = metres;
                    via = from;
                    last = node;
                }
            }
        }
        double metres = start.off + shortest + end.off;
        if (!(metres <= LONGEST)) {
            return null;
        }
        List<Position> path = new ArrayList<>();
        path.add(position(frame, start.given));
        path.add(position(frame, start.place));
        if (via != null) {
            for (int node : via.path(last)) {
                Coordinate at = roads.nodes.get(node);
                path.add(new Position(at.x, at.y));
            }
        }
        path.add(position(frame, end.place));
        path.add(position(frame, end.given));
        return new Walk(metres, metres, path);
    }

    private static Position position(LocalFrame frame, Coordinate metres) {
        LonLat place = frame.toDegrees(metres);
        return new Position(place.lon(), place.lat());
    }

    /**
     * Where a walk may begin: at the nearest road, and from wherever the place may truly lie.
     *
     * @param all whether a road is known from everywhere it may lie
     */
    private record Starts(List<Snap> snaps, boolean all) {}

    private Starts starts(LocalFrame frame, Geometry from, double error) {
        @Nullable Snap own = snap(frame, from);
        if (own == null) {
            return new Starts(List.of(), false);
        }
        List<Snap> starts = new ArrayList<>(List.of(own));
        if (!(from instanceof Puntal) || error <= 0) {
            return new Starts(starts, true);
        }
        Coordinate given = from.getCoordinate();
        List<Coordinate> lines = new ArrayList<>(obstacles.near(given, error));
        for (Object found : roads.marked.query(frame.degreesWithin(new Envelope(given), error))) {
            Coordinate at = Obstacles.closest((LineSegment) found, given);
            if (Obstacles.metres(at, given) <= error) {
                lines.add(at);
            }
        }
        boolean all = lines.size() <= MOST_SIDES;
        for (Coordinate line : lines.subList(0, Math.min(lines.size(), MOST_SIDES))) {
            double metres = Obstacles.metres(line, given);
            if (metres > 0) {
                double beyond = 1 + STEP / metres;
                Coordinate other =
                        new Coordinate(
                                given.x + (line.x - given.x) * beyond,
                                given.y + (line.y - given.y) * beyond);
                @Nullable Snap there = snap(frame, FACTORY.createPoint(other));
                if (there == null) {
                    all = false;
                } else if (starts.stream().noneMatch(there::sameRoad)) {
                    starts.add(there);
                }
            }
        }
        return new Starts(starts, all);
    }

    private List<Snap> ends(LocalFrame frame, Geometry goal) {
        if (goal instanceof Puntal) {
            @Nullable Snap end = snap(frame, goal);
            return end == null ? List.of() : List.of(end);
        }
        return candidates(frame, goal, AT_THE_WALL);
    }

    /** The nearest place on a road that nothing stands before, in metres of {@code frame}. */
    private @Nullable Snap snap(LocalFrame frame, Geometry degrees) {
        @Nullable Snap best = null;
        for (Snap snap : candidates(frame, degrees, SNAP)) {
            if ((best == null || snap.off < best.off) && !cut(frame, snap)) {
                best = snap;
            }
        }
        return best;
    }

    private List<Snap> candidates(LocalFrame frame, Geometry degrees, double within) {
        Geometry metres = frame.toMetres(degrees);
        @Nullable Coordinate point = degrees instanceof Puntal ? metres.getCoordinate() : null;
        List<Snap> candidates = new ArrayList<>();
        for (Object found :
                roads.stretches.query(frame.degreesWithin(degrees.getEnvelopeInternal(), within))) {
            Stretch stretch = (Stretch) found;
            Coordinate a = roads.nodes.get(stretch.from());
            Coordinate b = roads.nodes.get(stretch.to());
            LineSegment line = new LineSegment(frame.toMetres(a.x, a.y), frame.toMetres(b.x, b.y));
            Coordinate given = point;
            Coordinate place;
            if (given == null) {
                Coordinate[] ends = DistanceOp.nearestPoints(metres, line.toGeometry(FACTORY));
                given = ends[0];
                place = ends[1];
            } else {
                place = line.closestPoint(given);
            }
            double off = place.distance(given);
            if (off <= within) {
                add(candidates, new Snap(stretch, line, given, place, off, -1));
            }
        }
        return candidates;
    }

    /** Keeps a place on the side of a road it lies on; at a vertex, in its corner. */
    private void add(List<Snap> candidates, Snap snap) {
        if (sides) {
            LineSegment line = snap.line;
            int end = snap.place.equals2D(line.p0) ? snap.stretch.from() : -1;
            end = snap.place.equals2D(line.p1) ? snap.stretch.to() : end;
            @Nullable Corners around = end < 0 ? null : roads.corners.get(roads.nodes.get(end));
            if (around != null && snap.off > 0) {
                double direction =
                        Math.atan2(snap.given.y - snap.place.y, snap.given.x - snap.place.x);
                candidates.add(snap.inCorner(around.at(direction)));
                return;
            }
            int side = Orientation.index(line.p0, line.p1, snap.given);
            if (snap.stretch.side() != 0 && side != 0 && side != snap.stretch.side()) {
                return;
            }
        }
        candidates.add(snap);
    }

    /** Whether a wall, or a road that may not be crossed there, lies before the road. */
    private boolean cut(LocalFrame frame, Snap snap) {
        if (obstacles.none() && !sides) {
            return false;
        }
        LonLat from = frame.toDegrees(snap.given);
        LonLat to = frame.toDegrees(snap.place);
        Coordinate a = new Coordinate(from.lon(), from.lat());
        Coordinate b = new Coordinate(to.lon(), to.lat());
        if (snap.off > 0 && obstacles.between(a, b)) {
            return true;
        }
        if (!sides || snap.off == 0) {
            return false;
        }
        LineIntersector meet = new RobustLineIntersector();
        for (Object found : roads.marked.query(new Envelope(a, b))) {
            LineSegment road = (LineSegment) found;
            meet.computeIntersection(a, b, road.p0, road.p1);
            if (meet.hasIntersection() && Obstacles.metres(meet.getIntersection(0), b) > STEP) {
                return true;
            }
        }
        return false;
    }

    /**
     * A place on a road.
     *
     * @param given where the way to the road begins
     * @param corner the node it is at, where it is at a vertex of roads with sides; else −1
     */
    private record Snap(
            Stretch stretch,
            LineSegment line,
            Coordinate given,
            Coordinate place,
            double off,
            int corner) {

        private Snap inCorner(int node) {
            return new Snap(stretch, line, given, place, off, node);
        }

        private boolean sameRoad(Snap other) {
            return corner == other.corner && stretch.equals(other.stretch);
        }

        private List<Integer> nodes() {
            return corner < 0 ? List.of(stretch.from(), stretch.to()) : List.of(corner);
        }

        /** From the place on the road to a node of its stretch. */
        private double along(int node) {
            return corner >= 0 ? 0 : place.distance(node == stretch.from() ? line.p0 : line.p1);
        }
    }
}
