package io.quarkiverse.hume.runtime.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

class CallerContextsTest {

    private static final int CALLERS = 200;

    private static Vertx vertx;
    private static Context root;

    private final CallerContexts contexts = new CallerContexts(root);

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        root = vertx.getOrCreateContext();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** The context of a caller when it continued. */
    private record Seen(int caller, Object local, Throwable failure) {
    }

    @ParameterizedTest
    @ValueSource(strings = { "succeeds", "fails", "is cancelled" })
    void callers_continueOnTheirOwnContextWhateverTheOutcome(String outcome) throws Exception {
        CompletableFuture<String> shared = new CompletableFuture<>();
        List<CompletableFuture<Seen>> callers = new ArrayList<>();
        CountDownLatch waiting = new CountDownLatch(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            CompletableFuture<Seen> seen = new CompletableFuture<>();
            callers.add(seen);
            // Of different event loops.
            Context own = VertxContext.createNewDuplicatedContext(caller % 2 == 0 ? root : eventLoop());
            own.runOnContext(ignored -> {
                Vertx.currentContext().putLocal("caller", caller);
                contexts.onOwnContext(shared).whenComplete((value, failure) -> seen.complete(
                        new Seen(caller, Vertx.currentContext().getLocal("caller"), failure)));
                waiting.countDown();
            });
        }
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(contexts.hasCallers()).isTrue();
        switch (outcome) {
            case "succeeds" -> shared.complete("value");
            case "fails" -> shared.completeExceptionally(new IllegalStateException("failed"));
            default -> shared.cancel(true);
        }
        for (CompletableFuture<Seen> each : callers) {
            Seen seen = each.get(10, TimeUnit.SECONDS);
            assertThat(seen.local).isEqualTo(seen.caller);
            assertThat(seen.failure == null).isEqualTo(outcome.equals("succeeds"));
        }
        contexts.awaitCallers(Duration.ofSeconds(10));
        assertThat(contexts.hasCallers()).isFalse();
    }

    private static Context eventLoop() {
        CompletableFuture<Context> created = new CompletableFuture<>();
        new Thread(() -> created.complete(vertx.getOrCreateContext())).start();
        return created.join();
    }

    @Test
    void callersWithoutAContext_doNotShareOne() throws Exception {
        CompletableFuture<String> shared = new CompletableFuture<>();
        Set<Context> contextsSeen = ConcurrentHashMap.newKeySet();
        CountDownLatch continued = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            assertThat(Vertx.currentContext()).isNull();
            contexts.onOwnContext(shared).whenComplete((value, failure) -> {
                contextsSeen.add(Vertx.currentContext());
                continued.countDown();
            });
        }
        shared.complete("value");
        assertThat(continued.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(contextsSeen).hasSize(50).doesNotContain(root).allMatch(VertxContext::isDuplicatedContext);
    }

    @Test
    void knownOutcome_isTheSameStage() {
        CompletableFuture<String> known = CompletableFuture.completedFuture("value");
        assertThat(contexts.onOwnContext(known)).isSameAs(known);
    }

    @Test
    void sharedWork_doesNotSeeTheContextOfTheFirstCaller() {
        CompletableFuture<Object> seen = new CompletableFuture<>();
        CompletableFuture<Object> seenByTimer = new CompletableFuture<>();
        onContextWithLocal(caller -> {
            contexts.separately(() -> CompletableFuture.completedFuture(observe(caller))).thenAccept(seen::complete);
            contexts.schedule(Duration.ofMillis(1), () -> seenByTimer.complete(observe(caller)));
        });
        assertThat(seen.join()).isEqualTo("another context without a caller");
        assertThat(seenByTimer.join()).isEqualTo("another context without a caller");
    }

    private static String observe(Context caller) {
        Context current = Vertx.currentContext();
        return (current == caller ? "the caller's" : "another") + " context "
                + (current.getLocal("caller") == null ? "without a" : "with the") + " caller";
    }

    private static void onContextWithLocal(Consumer<Context> task) {
        VertxContext.createNewDuplicatedContext(root).runOnContext(ignored -> {
            Vertx.currentContext().putLocal("caller", 1);
            task.accept(Vertx.currentContext());
        });
    }

    @Test
    void sharedWork_thatThrows_isAFailure() {
        assertThatThrownBy(() -> contexts.separately(() -> {
            throw new StackOverflowError("for this test");
        }).join()).hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void cancelledWork_isCancelledInside() throws Exception {
        CompletableFuture<String> inside = new CompletableFuture<>();
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<String> outside = contexts.separately(() -> {
            started.countDown();
            return inside;
        });
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        outside.cancel(true);
        assertThatThrownBy(() -> inside.get(10, TimeUnit.SECONDS))
                .isInstanceOf(java.util.concurrent.CancellationException.class);
    }

    @Test
    void cancelledTimer_doesNotFire() {
        CompletableFuture<String> fired = new CompletableFuture<>();
        CompletableFuture<String> later = new CompletableFuture<>();
        contexts.schedule(Duration.ofMillis(5), () -> fired.complete("fired")).run();
        contexts.schedule(Duration.ofMillis(50), () -> later.complete("fired"));
        assertThat(later.join()).isEqualTo("fired");
        assertThat(fired).isNotDone();
    }

    @Test
    void closedVertx_stillGivesCallersTheOutcome() {
        Vertx closed = Vertx.vertx();
        CallerContexts ofClosed = new CallerContexts(closed.getOrCreateContext());
        CompletableFuture<String> shared = new CompletableFuture<>();
        CompletableFuture<String> seen = ofClosed.onOwnContext(shared).toCompletableFuture();
        closed.close().toCompletionStage().toCompletableFuture().join();
        shared.complete("value");
        assertThat(seen).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("value");
    }

    /** A method with a default in the interface would otherwise go past the shared credential without a word. */
    @Test
    void contextualCredential_passesEverythingOn() {
        for (Method method : RequestCredential.class.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                assertThat(ContextualCredential.class.getDeclaredMethods()).as(method.toString()).anyMatch(
                        own -> own.getName().equals(method.getName()));
            }
        }
    }
}
