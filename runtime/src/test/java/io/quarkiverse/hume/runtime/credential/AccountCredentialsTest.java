package io.quarkiverse.hume.runtime.credential;

import static io.quarkiverse.hume.runtime.credential.AskedProvider.failure;
import static io.quarkiverse.hume.runtime.credential.AskedProvider.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.runtime.token.TokenClock;

class AccountCredentialsTest {

    private static final HumeCredentials OLD = HumeCredentials.of("old-key", "old-secret");
    private static final HumeCredentials NEW = HumeCredentials.of("new-key", "new-secret");

    private final AskedProvider provider = new AskedProvider();
    private final AccountCredentials credentials = new AccountCredentials(HumeAccount.DEFAULT, provider);

    @Test
    void get_firstTime_asksTheProviderOnce() {
        assertThat(credentials.current()).isNull();
        assertThat(provider.questions()).isZero();
        CompletionStage<HumeCredentials> first = credentials.get();
        CompletionStage<HumeCredentials> second = credentials.get();
        provider.answer(OLD);
        assertThat(value(first)).isSameAs(OLD);
        assertThat(value(second)).isSameAs(OLD);
        assertThat(provider.questions()).isEqualTo(1);
    }

    @Test
    void get_known_makesNoRequest() {
        known(OLD);
        assertThat(value(credentials.get())).isSameAs(OLD);
        assertThat(credentials.current()).isSameAs(OLD);
        assertThat(provider.questions()).isEqualTo(1);
    }

    @Test
    void get_expired_callsTheProviderBeforeTheKeysAreUsed() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-31T12:00:00Z"));
        AccountCredentials expiring = at(now);
        expiring.get();
        provider.answer(OLD.expiringAt(now.get().plusSeconds(60)));
        now.set(now.get().plusSeconds(59));
        assertThat(expiring.current()).isEqualTo(OLD);
        now.set(now.get().plusSeconds(1));
        assertThat(expiring.current()).isNull();
        CompletionStage<HumeCredentials> next = expiring.get();
        assertThat(provider.questions()).isEqualTo(2);
        provider.answer(NEW);
        assertThat(value(next)).isSameAs(NEW);
        now.set(now.get().plusSeconds(86_400));
        assertThat(expiring.current()).isSameAs(NEW);
    }

    @Test
    void get_expiredWhenTheyArrive_areUsedUntilTheyAreRejected() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-31T12:00:00Z"));
        AccountCredentials expired = at(now);
        expired.get();
        provider.answer(OLD.expiringAt(now.get().minusSeconds(1)));
        assertThat(value(expired.get())).isEqualTo(OLD);
        assertThat(provider.questions()).isEqualTo(1);
    }

    private AccountCredentials at(AtomicReference<Instant> now) {
        return new AccountCredentials(HumeAccount.DEFAULT, KeyOrigin.provider("the bean", "its answer"), provider,
                new TokenClock() {
                    @Override
                    public long nanoTime() {
                        return 0;
                    }

                    @Override
                    public Instant now() {
                        return now.get();
                    }
                });
    }

    @Test
    void get_callerCancels_othersStillGetTheAnswer() {
        CompletableFuture<HumeCredentials> impatient = credentials.get().toCompletableFuture();
        CompletionStage<HumeCredentials> patient = credentials.get();
        impatient.cancel(true);
        provider.answer(OLD);
        assertThat(value(patient)).isSameAs(OLD);
    }

    @Test
    void get_manyThreads_oneQuestion() throws Exception {
        int callers = 16;
        CyclicBarrier start = new CyclicBarrier(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<CompletionStage<HumeCredentials>>> running = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                running.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    return credentials.get();
                }));
            }
            for (Future<CompletionStage<HumeCredentials>> got : running) {
                assertThat(got.get(10, TimeUnit.SECONDS).toCompletableFuture()).isNotDone();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(provider.questions()).isEqualTo(1);
    }

    @Test
    void rejected_providerHasNewKeys_isTrueAndKeepsThem() {
        known(OLD);
        CompletionStage<Boolean> changed = credentials.rejected(OLD);
        assertThat(credentials.current()).as("until the answer").isSameAs(OLD);
        provider.answer(NEW);
        assertThat(value(changed)).isTrue();
        assertThat(credentials.current()).isSameAs(NEW);
    }

    @Test
    void rejected_providerHasTheSameKeys_isFalse() {
        known(OLD);
        CompletionStage<Boolean> changed = credentials.rejected(OLD);
        provider.answer(HumeCredentials.of("old-key", "old-secret"));
        assertThat(value(changed)).isFalse();
    }

    @Test
    void rejected_newKeysAlreadyKnown_makesNoRequest() {
        known(NEW);
        assertThat(value(credentials.rejected(OLD))).isTrue();
        assertThat(provider.questions()).isEqualTo(1);
    }

    @Test
    void rejected_byManyCallers_oneProviderCall() {
        known(OLD);
        CompletionStage<Boolean> first = credentials.rejected(OLD);
        CompletionStage<Boolean> second = credentials.rejected(OLD);
        provider.answer(NEW);
        assertThat(value(first)).isTrue();
        assertThat(value(second)).isTrue();
        assertThat(provider.questions()).isEqualTo(2);
    }

    @Test
    void rejected_providerFails_failsAndKeepsTheOldKeys() {
        known(OLD);
        CompletionStage<Boolean> changed = credentials.rejected(OLD);
        provider.fail(new IllegalStateException());
        assertThat(failure(changed).reason()).isEqualTo(Reason.MISSING_CREDENTIALS);
        assertThat(credentials.current()).isSameAs(OLD);
    }

    @Test
    void get_providerFails_nextCallerAsksAgain() {
        CompletionStage<HumeCredentials> got = credentials.get();
        provider.fail(new IllegalStateException());
        assertThat(failure(got).reason()).isEqualTo(Reason.MISSING_CREDENTIALS);
        known(OLD);
        assertThat(provider.questions()).isEqualTo(2);
    }

    @Test
    void get_fromTheFailureHandler_callsTheProviderAgain() {
        List<CompletionStage<HumeCredentials>> again = new ArrayList<>();
        credentials.get().whenComplete((keys, failure) -> again.add(credentials.get()));
        provider.fail(new IllegalStateException());
        assertThat(provider.questions()).isEqualTo(2);
        provider.answer(OLD);
        assertThat(value(again.get(0))).isSameAs(OLD);
    }

    @Test
    void failure_typed_isPassedOn() {
        HumeAuthenticationException typed = new HumeAuthenticationException(Reason.INVALID_CREDENTIALS, "x", "message");
        assertThat(failureAfter(typed)).isNotSameAs(typed).hasMessage("message").hasCause(typed);
        assertThat(failureAfter(typed).reason()).isEqualTo(Reason.INVALID_CREDENTIALS);
        assertThat(failureAfter(new CompletionException(typed))).hasMessage("message").hasCause(typed);
    }

    @Test
    void failure_unusableKeys_namesTheProperties() {
        HumeAuthenticationException typed = failureAfter(new IllegalArgumentException("The API key is empty"));
        assertThat(typed.reason()).isEqualTo(Reason.INVALID_CREDENTIALS);
        assertThat(typed).hasMessageContaining("The API key is empty").hasMessageContaining("hume.api-key")
                .hasMessageContaining("hume.secret-key");
    }

    @Test
    void failure_foreign_namesItsTypeAndNotItsMessage() {
        HumeAuthenticationException typed = failureAfter(new IllegalStateException("vault said top-secret"));
        assertThat(typed.reason()).isEqualTo(Reason.MISSING_CREDENTIALS);
        assertThat(typed.getMessage()).contains("java.lang.IllegalStateException").doesNotContain("top-secret");
        assertThat(typed).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void provider_answersNull_isMissingCredentials() {
        CompletionStage<HumeCredentials> got = credentials.get();
        provider.answer(null);
        assertThat(failure(got).reason()).isEqualTo(Reason.MISSING_CREDENTIALS);
        assertThat(failure(got)).hasMessageEndingWith("has no keys for the default Hume account");
    }

    @Test
    void provider_throws_isMissingCredentialsAndAskedAgain() {
        assertAskedAgainAfter(() -> {
            throw new IllegalStateException();
        });
    }

    @Test
    void provider_throwsError_isMissingCredentialsAndAskedAgain() {
        // A client library that does not link must not leave later callers waiting for an answer that never comes.
        assertAskedAgainAfter(() -> {
            throw new NoClassDefFoundError();
        });
    }

    private static void assertAskedAgainAfter(Supplier<CompletionStage<HumeCredentials>> broken) {
        AskedProvider later = new AskedProvider();
        boolean[] asked = new boolean[1];
        AccountCredentials credentials = new AccountCredentials("cloud", () -> {
            boolean first = !asked[0];
            asked[0] = true;
            return first ? broken.get() : later.get();
        });
        HumeAuthenticationException typed = failure(credentials.get());
        assertThat(typed.reason()).isEqualTo(Reason.MISSING_CREDENTIALS);
        assertThat(typed.account()).isEqualTo("cloud");
        CompletionStage<HumeCredentials> got = credentials.get();
        later.answer(OLD);
        assertThat(value(got)).isSameAs(OLD);
    }

    private HumeAuthenticationException failureAfter(Throwable failure) {
        CompletionStage<HumeCredentials> got = credentials.get();
        provider.fail(failure);
        return failure(got);
    }

    private void known(HumeCredentials keys) {
        CompletionStage<HumeCredentials> got = credentials.get();
        provider.answer(keys);
        assertThat(value(got)).isSameAs(keys);
    }
}
