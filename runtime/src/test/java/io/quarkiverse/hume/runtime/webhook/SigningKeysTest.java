package io.quarkiverse.hume.runtime.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.runtime.webhook.SigningKeys.Keys;

/** How often the credentials provider is called, and the effect on genuine and forged webhooks. */
class SigningKeysTest {

    private static final Duration INTERVAL = SigningKeys.INTERVAL;

    private long now = Long.MAX_VALUE - 10_000_000_000L;
    private final List<Task> tasks = new ArrayList<>();
    private final AtomicInteger questions = new AtomicInteger();
    private String key = "first";
    private Optional<List<String>> known = Optional.empty();
    private Supplier<CompletionStage<List<String>>> provider = () -> {
        questions.incrementAndGet();
        known = Optional.of(List.of(key));
        return CompletableFuture.completedFuture(List.of(key));
    };
    private final SigningKeys keys = new SigningKeys(null, () -> known, () -> provider.get(),
            (delay, task) -> tasks.add(new Task(now + delay.toNanos(), task)), () -> now);

    private record Task(long at, Runnable action) {
    }

    private void pass(Duration time) {
        long end = now + time.toNanos();
        while (true) {
            Optional<Task> due = tasks.stream().filter(task -> task.at - end <= 0)
                    .min((a, b) -> Long.compare(a.at - now, b.at - now));
            if (due.isEmpty()) {
                break;
            }
            tasks.remove(due.get());
            now = Math.max(now - end, due.get().at - end) + end;
            due.get().action.run();
        }
        now = end;
    }

    /** As the handler does it: with the current keys, then with newer ones as long as there may be any. */
    private CompletableFuture<Boolean> webhook(String signedWith) {
        long arrivedAt = now;
        CompletableFuture<Boolean> verified = new CompletableFuture<>();
        keys.current().whenComplete((current, failure) -> verify(current, failure, signedWith, arrivedAt, verified));
        return verified;
    }

    private void verify(Keys current, Throwable failure, String signedWith, long arrivedAt,
            CompletableFuture<Boolean> verified) {
        if (failure != null) {
            verified.completeExceptionally(failure);
        } else if (current.values().contains(signedWith)) {
            verified.complete(true);
        } else {
            keys.newer(current, arrivedAt).whenComplete((newer, unknown) -> {
                if (unknown == null && newer.isEmpty()) {
                    verified.complete(false);
                } else {
                    verify(unknown == null ? newer.get() : null, unknown, signedWith, arrivedAt, verified);
                }
            });
        }
    }

    @Test
    void genuine_oneQuestionPerInterval() {
        for (int i = 0; i < 600; i++) {
            assertThat(webhook("first").join()).isTrue();
            pass(Duration.ofMillis(100));
        }
        assertThat(questions).hasValue(12);
    }

    @Test
    void replacedKey_isAcceptedAtOnceIfTheProviderWasNotCalledRecently() {
        assertThat(webhook("first").join()).isTrue();
        pass(INTERVAL);
        key = "second";
        assertThat(webhook("second").join()).isTrue();
        pass(Duration.ofMillis(1));
        CompletableFuture<Boolean> former = webhook("first");
        assertThat(former).as("it might be signed with a third key").isNotDone();
        pass(INTERVAL);
        assertThat(former).isCompletedWithValue(false);
        assertThat(questions).hasValue(3);
    }

    @Test
    void replacedKey_providerCalledJustBefore_waitsForTheNextCall() {
        assertThat(webhook("first").join()).isTrue();
        key = "second";
        pass(Duration.ofSeconds(1));
        CompletableFuture<Boolean> webhook = webhook("second");
        pass(Duration.ofSeconds(4).minusNanos(1));
        assertThat(webhook).isNotDone();
        pass(Duration.ofNanos(1));
        assertThat(webhook).isCompletedWithValue(true);
        assertThat(questions).hasValue(2);
    }

    @Test
    void formerKey_isAcceptedForOneIntervalAtMost() {
        assertThat(webhook("first").join()).isTrue();
        key = "second";
        pass(INTERVAL.minusNanos(1));
        assertThat(webhook("first").join()).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(webhook("first")).isCompletedWithValue(false);
    }

    @Test
    void fiveHundredForgeries_inSequence_fewProviderCallsAndQuickRejections() {
        assertThat(webhook("first").join()).isTrue();
        long begin = now;
        for (int i = 0; i < 500; i++) {
            CompletableFuture<Boolean> forgery = webhook("forged");
            while (!forgery.isDone()) {
                pass(Duration.ofMillis(100));
            }
            assertThat(forgery.join()).isFalse();
        }
        assertThat(questions.get()).isLessThanOrEqualTo(4);
        assertThat(Duration.ofNanos(now - begin)).isLessThanOrEqualTo(INTERVAL.multipliedBy(3));
    }

    @Test
    void fiveHundredForgeries_atOnce_twoProviderCalls() {
        List<CompletableFuture<Boolean>> forgeries = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            forgeries.add(webhook("forged"));
            now++;
        }
        assertThat(webhook("first").join()).as("a genuine one among them").isTrue();
        pass(INTERVAL);
        assertThat(forgeries).allSatisfy(forgery -> assertThat(forgery).isCompletedWithValue(false));
        assertThat(questions).hasValue(2);
    }

    @Test
    void replacedKey_whileForgeriesContinue_isKnownWithinAnInterval() {
        webhook("first").join();
        for (int i = 0; i < 300; i++) {
            webhook("forged");
            pass(Duration.ofMillis(100));
        }
        key = "second";
        long replaced = now;
        while (!webhook("second").getNow(false)) {
            assertThat(webhook("first").getNow(true)).isNotNull();
            webhook("forged");
            pass(Duration.ofMillis(100));
            assertThat(Duration.ofNanos(now - replaced)).isLessThanOrEqualTo(INTERVAL);
        }
        assertThat(questions.get()).isLessThanOrEqualTo(9);
    }

    @Test
    void afterAnAttack_webhooksWaitForAReplacedKeyAgain() {
        for (int i = 0; i < 50; i++) {
            webhook("forged");
            pass(Duration.ofSeconds(1));
        }
        pass(Duration.ofMinutes(1));
        assertThat(webhook("first").join()).isTrue();
        pass(Duration.ofMillis(1));
        key = "second";
        CompletableFuture<Boolean> webhook = webhook("second");
        assertThat(webhook).isNotDone();
        pass(INTERVAL);
        assertThat(webhook).isCompletedWithValue(true);
    }

    @Test
    void providerFails_knownKeysCountOn() {
        webhook("first").join();
        provider = () -> {
            questions.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("down"));
        };
        for (int i = 0; i < 60; i++) {
            pass(Duration.ofSeconds(1));
            assertThat(webhook("first").join()).isTrue();
            assertThat(webhook("forged").isCompletedExceptionally() || !webhook("forged").isDone()).isTrue();
        }
        assertThat(questions.get()).isLessThanOrEqualTo(13);
    }

    @Test
    void providerFails_nothingKnown_failsWithoutAskingAgainAtOnce() {
        var working = provider;
        provider = () -> {
            questions.incrementAndGet();
            throw new IllegalStateException("down");
        };
        for (int i = 0; i < 100; i++) {
            assertThat(webhook("first")).isCompletedExceptionally();
        }
        assertThat(questions).hasValue(1);
        provider = working;
        pass(INTERVAL);
        assertThat(webhook("first").join()).isTrue();
    }

    @Test
    void providerThatNeverAnswers_knownKeysStayValidAndItIsNotCalledAgain() {
        webhook("first").join();
        provider = () -> {
            questions.incrementAndGet();
            return new CompletableFuture<>();
        };
        pass(INTERVAL);
        CompletableFuture<Boolean> waiting = webhook("first");
        assertThat(waiting).isNotDone();
        pass(SigningKeys.MAX_ANSWER_TIME);
        assertThat(waiting).isCompletedWithValue(true);
        for (int i = 0; i < 60; i++) {
            pass(Duration.ofSeconds(1));
            assertThat(webhook("first")).isCompletedWithValue(true);
        }
        assertThat(questions).hasValue(2);
    }

    @Test
    void configuredKeys_needNoProvider() {
        SigningKeys configured = new SigningKeys(List.of("a", "b"), () -> known, () -> provider.get(),
                (delay, task) -> tasks.add(new Task(now, task)), () -> now);
        long arrivedAt = now;
        Keys current = configured.current().toCompletableFuture().join();
        assertThat(current.values()).containsExactly("a", "b");
        assertThat(configured.newer(current, arrivedAt).toCompletableFuture().join()).isEmpty();
        assertThat(questions).hasValue(0);
        assertThat(tasks).isEmpty();
    }

    @Test
    void keys_areNotShown() {
        assertThat(webhook("first").join()).isTrue();
        assertThat(keys.current().toCompletableFuture().join().toString()).doesNotContain("first");
    }

    @Test
    void manyThreads_oneQuestion() throws Exception {
        int callers = 32;
        CyclicBarrier start = new CyclicBarrier(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        List<Future<Keys>> answers = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            answers.add(threads.submit(() -> {
                start.await();
                return keys.current().toCompletableFuture().get();
            }));
        }
        for (Future<Keys> answer : answers) {
            assertThat(answer.get().values()).containsExactly("first");
        }
        threads.shutdown();
        assertThat(questions).hasValue(1);
    }
}
