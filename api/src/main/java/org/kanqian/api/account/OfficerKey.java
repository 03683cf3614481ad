package org.kanqian.api.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.rules.pack.Text;

/**
 * The key without which nothing that serves can be changed over HTTP. Only its hash is kept, and it
 * is never logged.
 */
public final class OfficerKey {
    /** Shorter ones could be guessed. */
    private static final int SHORTEST = 16;

    private static final String SCHEME = "Bearer ";

    private final Optional<byte[]> hash;

    private OfficerKey(Optional<byte[]> hash) {
        this.hash = hash;
    }

    /**
     * @param key as it was set; null or blank where nothing is to be changed over HTTP
     * @throws IllegalArgumentException if it is too short
     */
    public static OfficerKey of(@Nullable String key) {
        if (key == null || key.isBlank()) {
            return new OfficerKey(Optional.empty());
        }
        if (key.strip().length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "KANQIAN_OFFICER_KEY 至少要 16 个字符 / takes at least 16 characters");
        }
        return new OfficerKey(Optional.of(sha256(key.strip())));
    }

    /**
     * @param authorization the header of that name
     * @throws ProblemException 403 where nothing may be changed over HTTP, 401 without the key
     */
    public void require(@Nullable String authorization) {
        if (hash.isEmpty()) {
            throw refused(
                    403,
                    "writing-off",
                    "没有打开",
                    "Switched off",
                    "这里没有设置管理员密钥。要打开，请在启动前设置环境变量 KANQIAN_OFFICER_KEY（至少 16 个字符）。",
                    "No officer key is set here. To switch this on, set KANQIAN_OFFICER_KEY (at least 16"
                            + " characters) before the service starts.");
        }
        boolean given =
                authorization != null
                        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String key = given ? String.valueOf(authorization).substring(SCHEME.length()).strip() : "";
        // Hashes have one length, so that the time this takes tells nothing of the key.
        if (!MessageDigest.isEqual(sha256(key), hash.get()) || !given) {
            throw refused(
                    401,
                    "officer-key-wanted",
                    "需要管理员密钥",
                    "The officer key is wanted",
                    "请求头要有 Authorization: Bearer 加管理员密钥。",
                    "Send the header Authorization: Bearer and the officer key.");
        }
    }

    private static ProblemException refused(
            int status, String type, String zh, String en, String detailZh, String detailEn) {
        return new ProblemException(
                new Problem(
                        status, type, new Text(zh, en), new Text(detailZh, detailEn), List.of()));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
