package org.kanqian.api.precheck;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.problem.ProblemException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Files pre-checks and finds them again. A record is written once and never changed. */
@Repository
public class PreCheckStore {
    private final JdbcClient jdbc;

    PreCheckStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is filed of one pre-check: request and answer in canonical JSON. */
    public record Filed(String id, String request, String answer) {}

    /**
     * Files an answer.
     *
     * @param key the sender's idempotency key, if it gave one
     * @throws DuplicateKeyException if the key is taken
     */
    void file(
            PreCheckAnswer answer, String request, String json, @Nullable String key, Instant now) {
        PreCheckAnswer.Place place = answer.site().resolved();
        jdbc.sql(
                        """
                        insert into pre_check (id, created, idempotency_key, as_of, verdict, region,
                          site, pack, layers, request, answer)
                        values (:id, :created, :key, :asOf, :verdict, :region,
                          cast(:site as geometry), :pack, :layers, :request, :answer)
                        """)
                .param("id", answer.id())
                .param("created", now.atOffset(ZoneOffset.UTC))
                .param("key", key)
                .param("asOf", answer.asOf())
                .param("verdict", answer.verdict().name())
                .param("region", answer.region())
                .param(
                        "site",
                        place == null
                                ? null
                                : "SRID=4490;POINT(" + place.lon() + " " + place.lat() + ")")
                .param("pack", answer.receipt().pack())
                .param("layers", answer.receipt().layers().toString())
                .param("request", request)
                .param("answer", json)
                .update();
    }

    /** The record of that id. */
    Optional<Filed> find(String id) {
        return find("id", id);
    }

    /**
     * The record of that id.
     *
     * @throws ProblemException 404 if there is none
     */
    Filed need(String id) {
        return find(id).orElseThrow(
                        () ->
                                ProblemException.notFound(
                                        "没有这个编号的检查记录。", "There is no pre-check of that id."));
    }

    /** The record filed under that idempotency key. */
    Optional<Filed> findByKey(String key) {
        return find("idempotency_key", key);
    }

    private Optional<Filed> find(String column, String value) {
        return jdbc.sql("select id, request, answer from pre_check where " + column + " = :value")
                .param("value", value)
                .query(
                        (row, n) ->
                                new Filed(
                                        row.getString("id"),
                                        row.getString("request"),
                                        row.getString("answer")))
                .optional();
    }
}
