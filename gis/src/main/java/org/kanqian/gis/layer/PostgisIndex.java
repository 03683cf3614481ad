package org.kanqian.gis.layer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Features in a table of PostGIS that never changes once it is seen; {@link LayerDatabase} makes
 * it. A database that does not answer is an {@link UncheckedIOException}, never a shorter answer.
 */
final class PostgisIndex implements FeatureIndex {
    private static final int AT_ONCE = 1_000;

    /** A query that takes longer is stopped: answers are waited for. */
    private static final int LONGEST_SECONDS = 30;

    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};
    private static final String SELECT =
            "select id, ST_AsBinary(geometry), attributes::text from %s ";

    private final DataSource database;
    private final int size;
    private final boolean areas;
    private final String meeting;
    private final String few;
    private final String nearest;
    private final String page;
    private final String table;

    /**
     * @param table as SQL names it; made by {@link LayerDatabase}, never taken from outside
     */
    PostgisIndex(DataSource database, String table, int size, boolean areas) {
        String select = SELECT.formatted(table);
        this.database = database;
        this.table = table;
        this.size = size;
        this.areas = areas;
        this.meeting = select + "where geometry && ST_MakeEnvelope(?, ?, ?, ?, 4490) order by n";
        // The bound is inside: with it beside "order by", the planner may walk all numbers.
        this.few =
                SELECT.formatted(
                                "(select * from "
                                        + table
                                        + " where geometry && ST_MakeEnvelope(?, ?, ?, ?, 4490)"
                                        + " limit ?) few")
                        + "order by n";
        // Ordered by distance and number at once, the planner would not use the index.
        this.nearest =
                SELECT.formatted(
                                "(select * from "
                                        + table
                                        + " order by geometry <-> ST_GeomFromWKB(?, 4490)"
                                        + " fetch first row with ties) nearest")
                        + "order by n limit 1";
        this.page = select + "where n >= ? order by n limit ?";
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean hasAreas() {
        return areas;
    }

    @Override
    public List<Feature> meeting(Envelope degrees) {
        return meeting(degrees, meeting, Integer.MAX_VALUE, query -> {});
    }

    @Override
    public List<Feature> meeting(Envelope degrees, int most) {
        return meeting(degrees, few, most, query -> query.setInt(5, most));
    }

    private List<Feature> meeting(Envelope degrees, String sql, int most, Asking bound) {
        if (degrees.isNull()) {
            return List.of();
        }
        List<Feature> found =
                find(
                        sql,
                        query -> {
                            query.setDouble(1, degrees.getMinX());
                            query.setDouble(2, degrees.getMinY());
                            query.setDouble(3, degrees.getMaxX());
                            query.setDouble(4, degrees.getMaxY());
                            bound.with(query);
                        });
        if (found.size() < most) {
            // PostGIS keeps boxes as floats, rounded outwards: a metre or so too large here.
            found.removeIf(f -> !f.geometry().getEnvelopeInternal().intersects(degrees));
        }
        return Collections.unmodifiableList(found);
    }

    @Override
    public Optional<Feature> nearestInDegrees(Geometry degrees) {
        return find(nearest, query -> query.setBytes(1, wkb(degrees))).stream().findFirst();
    }

    @Override
    public List<Feature> page(int first, int most) {
        return Collections.unmodifiableList(
                find(
                        page,
                        query -> {
                            query.setInt(1, first);
                            query.setInt(2, most);
                        }));
    }

    @Override
    public Optional<Feature> byId(String id) {
        try (Connection connection = database.getConnection()) {
            return byId(connection, table, id);
        } catch (SQLException e) {
            throw unanswered(e);
        }
    }

    @Override
    public void forEach(Consumer<Feature> sink) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false); // otherwise the driver fetches all rows at once
            try {
                forEach(connection, table, sink);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw unanswered(e);
        }
    }

    static Optional<Feature> byId(Connection connection, String table, String id)
            throws SQLException {
        if (id.indexOf('\0') >= 0) {
            return Optional.empty(); // PostgreSQL has no such text
        }
        return find(
                        connection,
                        SELECT.formatted(table) + "where id = ?",
                        query -> query.setString(1, id))
                .stream()
                .findFirst();
    }

    /** Through a cursor, so that few features are in memory at a time; within a transaction. */
    static void forEach(Connection connection, String table, Consumer<Feature> sink)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(SELECT.formatted(table) + "order by n")) {
            query.setFetchSize(AT_ONCE);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    sink.accept(feature(rows));
                }
            }
        }
    }

    @FunctionalInterface
    private interface Asking {
        void with(PreparedStatement query) throws SQLException;
    }

    private List<Feature> find(String sql, Asking asking) {
        try (Connection connection = database.getConnection()) {
            return find(connection, sql, asking);
        } catch (SQLException e) {
            throw unanswered(e);
        }
    }

    private static List<Feature> find(Connection connection, String sql, Asking asking)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setQueryTimeout(LONGEST_SECONDS);
            asking.with(query);
            List<Feature> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(feature(rows));
                }
            }
            return found;
        }
    }

    private static Feature feature(ResultSet row) throws SQLException {
        String id = row.getString(1);
        try {
            return new Feature(
                    id,
                    new WKBReader(FACTORY).read(row.getBytes(2)),
                    JSON.readValue(row.getString(3), ATTRIBUTES));
        } catch (ParseException | JacksonException e) {
            throw new SQLException("feature " + id + " is damaged", e);
        }
    }

    static byte[] wkb(Geometry geometry) {
        return new WKBWriter().write(geometry);
    }

    static String json(Map<String, String> attributes) {
        return JSON.writeValueAsString(attributes);
    }

    static UncheckedIOException unanswered(SQLException e) {
        // Of a batch, the first says the whole statement with its values, the next what is wrong.
        SQLException said = e.getNextException() == null ? e : e.getNextException();
        String message = "图层数据库没有应答 / the layer database did not answer: " + said.getMessage();
        return new UncheckedIOException(message, new IOException(message, e));
    }
}
