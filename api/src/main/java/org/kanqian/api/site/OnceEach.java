package org.kanqian.api.site;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.rules.pack.Text;

/**
 * Answers that take seconds of a processor: each is worked out once however many ask for it at
 * once, one after the other, and the last few are kept.
 */
final class OnceEach<T> {
    private final int mostWaiting;
    private final Semaphore turn = new Semaphore(1, true);
    private final Map<String, CompletableFuture<T>> running = new ConcurrentHashMap<>();
    private final Map<String, T> kept;

    /**
     * @param mostKept how many answers are kept
     * @param mostWaiting how many different ones may wait for their turn
     */
    OnceEach(int mostKept, int mostWaiting) {
        this.mostWaiting = mostWaiting;
        this.kept =
                Collections.synchronizedMap(
                        new LinkedHashMap<>(16, 0.75f, true) {
                            private static final long serialVersionUID = 1L;

                            @Override
                            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                                return size() > mostKept;
                            }
                        });
    }

    /**
     * The answer of that key.
     *
     * @throws ProblemException 503 if too many others wait for their turn already, and whatever the
     *     work throws
     */
    T get(String key, Supplier<T> work) {
        @Nullable T known = kept.get(key);
        if (known != null) {
            return known;
        }
        CompletableFuture<T> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<T> others = running.putIfAbsent(key, mine);
        if (others != null) {
            return result(others);
        }
        try {
            // It may have been finished between the two looks.
            @Nullable T finished = kept.get(key);
            mine.complete(finished == null ? inTurn(key, work) : finished);
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
        } finally {
            running.remove(key, mine);
        }
        return result(mine);
    }

    private T inTurn(String key, Supplier<T> work) {
        if (!turn.tryAcquire()) {
            if (turn.getQueueLength() >= mostWaiting) {
                throw busy();
            }
            turn.acquireUninterruptibly();
        }
        try {
            T answer = work.get();
            kept.put(key, answer);
            return answer;
        } finally {
            turn.release();
        }
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        }
    }

    private static ProblemException busy() {
        return new ProblemException(
                new Problem(
                        503,
                        "busy",
                        new Text("正忙", "Busy"),
                        new Text(
                                "前面还有别的地图在画，请过一会儿再试。",
                                "Other maps are being drawn; please try again a little later."),
                        List.of()));
    }
}
