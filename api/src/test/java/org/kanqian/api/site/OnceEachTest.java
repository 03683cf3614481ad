package org.kanqian.api.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kanqian.api.problem.ProblemException;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OnceEachTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger worked = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void fiftyWhoAskForOneAnswerAtOnceAreGivenTheSameOne() {
        OnceEach<Object> once = new OnceEach<>(4, 0);
        CountDownLatch all = new CountDownLatch(50);
        List<CompletableFuture<Object>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            asked.add(
                    CompletableFuture.supplyAsync(
                            () -> {
                                all.countDown();
                                return once.get("a", () -> work(all));
                            },
                            threads));
        }

        List<Object> answers = asked.stream().map(CompletableFuture::join).distinct().toList();

        assertThat(answers).hasSize(1);
        assertThat(worked).hasValue(1);
    }

    @Test
    void whoWouldWaitBehindTooManyIsToldToComeBack() throws Exception {
        OnceEach<Object> once = new OnceEach<>(4, 0);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Object> first =
                CompletableFuture.supplyAsync(
                        () ->
                                once.get(
                                        "a",
                                        () -> {
                                            begun.countDown();
                                            return work(end);
                                        }),
                        threads);
        begun.await();

        assertThatThrownBy(() -> once.get("b", Object::new))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(503));

        end.countDown();
        assertThat(once.get("a", Object::new)).isSameAs(first.join());
        assertThat(once.get("b", () -> "b")).isEqualTo("b");
    }

    @Test
    void aFailureIsToldAndNotKept() {
        OnceEach<Object> once = new OnceEach<>(4, 4);

        assertThatThrownBy(
                        () ->
                                once.get(
                                        "a",
                                        () -> {
                                            throw new IllegalStateException("once");
                                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(once.get("a", () -> "well")).isEqualTo("well");
    }

    @Test
    void theOldestIsForgotten() {
        OnceEach<Object> once = new OnceEach<>(2, 4);
        for (String key : List.of("a", "b", "c", "a")) {
            once.get(key, worked::incrementAndGet);
        }

        assertThat(worked).hasValue(4);
    }

    private Object work(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        worked.incrementAndGet();
        return new Object();
    }
}
