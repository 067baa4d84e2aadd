package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;

/** An account under load: its keeper, and callers that behave like the REST client. */
final class SoakAccount {

    static final Duration MAX_WAIT = Duration.ofSeconds(1);
    static final Backoff BACKOFF = new Backoff(KeeperHarness.DELAY, Duration.ofSeconds(5));

    private static final double PER_DAY = 1.0 / Duration.ofDays(1).toSeconds();
    private static final RefreshPolicy POLICY = new RefreshPolicy(KeeperHarness.REFRESH_BEFORE, KeeperHarness.TIMEOUT,
            BACKOFF, MAX_WAIT);

    /** For the back-off to end, and for the request. */
    private static final Duration LONGEST_WAIT = MAX_WAIT.plus(KeeperHarness.TIMEOUT);

    private final String name;
    private final SimulatedTime time;
    private final Random random;
    private final List<String> violations;
    private final boolean rejectingPath;
    private final TokenKeeper keeper;
    final SoakEndpoint endpoint;

    /** Until then, the rejecting path may cause other calls to wait for the next token. */
    private boolean acceptedOnce;

    int calls;
    int failedCalls;
    int unauthorizedCalls;
    int rejectedCalls;
    int outages;
    int revocations;
    int keyChanges;

    /** @param rejectingPath whether there are also calls to a path that answers 401 to every token */
    SoakAccount(String name, SimulatedTime time, Random random, List<String> violations, boolean rejectingPath) {
        this.name = name;
        this.time = time;
        this.random = random;
        this.violations = violations;
        this.rejectingPath = rejectingPath;
        this.endpoint = new SoakEndpoint(name, time, random, violations);
        this.keeper = new TokenKeeper(name, endpoint, POLICY, new TokenTiming(time, time, random::nextDouble),
                TokenListener.NONE);
    }

    /** What happens in about a second. */
    void live() {
        misfortune();
        keeper.tick();
        if (random.nextInt(20) == 0) {
            for (int caller = 1 + random.nextInt(4); caller > 0; caller--) {
                call(false);
            }
        }
        if (rejectingPath && random.nextInt(30) == 0) {
            rejectedCalls++;
            call(true);
        }
    }

    private void misfortune() {
        if (random.nextDouble() < 6 * PER_DAY) {
            outages++;
            endpoint.breakDown(Duration.ofSeconds(random.nextInt(1200)));
        }
        if (random.nextDouble() < 8 * PER_DAY) {
            revocations++;
            endpoint.revoke();
        }
        if (random.nextDouble() < 2 * PER_DAY) {
            endpoint.regenerateKey();
            time.schedule(Duration.ofMillis(random.nextInt(120_000)), this::learnKey);
        }
    }

    private void learnKey() {
        if (endpoint.learnKey()) {
            keyChanges++;
            keeper.credentialsChanged();
        }
    }

    private void call(boolean rejected) {
        calls++;
        AccessToken expected = endpoint.heldOutsideTheMargin();
        if (endpoint.held() == null || !endpoint.accepts(endpoint.held())) {
            endpoint.demanded();
        }
        CompletableFuture<AccessToken> got = keeper.get().toCompletableFuture();
        if (!rejectingPath && expected != null && endpoint.accepts(expected)
                && (got.isCompletedExceptionally() || got.getNow(null) != expected)) {
            violations.add(name + ": a call did not get the valid token at " + time.now());
        }
        if (got.isCompletedExceptionally()) {
            failedAtOnce(got);
        }
        Instant since = time.now();
        got.whenComplete((token, failure) -> {
            if (since.plus(LONGEST_WAIT).isBefore(time.now())) {
                violations.add(name + ": a call waited from " + since + " to " + time.now());
            }
            if (failure == null) {
                send(token, rejected, true);
            } else {
                fail(failure, rejected);
            }
        });
    }

    private void send(AccessToken token, boolean rejected, boolean first) {
        if (!token.value().startsWith(name + "-")) {
            violations.add(name + ": a call got " + token.value());
        }
        if (!rejected && endpoint.accepts(token)) {
            acceptedOnce = true;
            keeper.accepted(token);
        } else if (first) {
            endpoint.demanded();
            keeper.replacement(token.authorization()).whenComplete((other, failure) -> {
                if (failure != null) {
                    fail(failure, rejected);
                } else if (other == null) {
                    unauthorized(rejected);
                } else {
                    send(other, rejected, false);
                }
            });
        } else {
            unauthorized(rejected);
        }
    }

    private void unauthorized(boolean rejected) {
        if (rejected) {
            return;
        }
        unauthorizedCalls++;
        AccessToken held = endpoint.held();
        if (acceptedOnce && held != null && endpoint.accepts(held)) {
            violations.add(name + ": a call got 401 at " + time.now() + " although there was a valid token");
        }
    }

    private void failedAtOnce(CompletableFuture<AccessToken> got) {
        HumeAuthenticationException failure = KeeperHarness.failureOf(got);
        if (failure.reason() != HumeAuthenticationException.Reason.CREDENTIALS_REJECTED) {
            endpoint.failedWithoutWaiting();
        }
    }

    private void fail(Throwable failure, boolean rejected) {
        failedCalls++;
        AccessToken held = endpoint.held();
        if (!rejected && acceptedOnce && held != null && endpoint.accepts(held)) {
            violations.add(name + ": a call failed at " + time.now() + " although there was a token: " + failure);
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof HumeAuthenticationException)) {
            violations.add(name + ": a call failed with " + failure);
        }
    }

    @Override
    public String toString() {
        return name + ": " + calls + " calls, " + failedCalls + " failed, " + unauthorizedCalls + " got 401 in the end; "
                + endpoint.successes + " tokens, " + endpoint.failures + " failed requests; " + outages + " outages, "
                + revocations + " revocations, " + keyChanges + " key changes, " + rejectedCalls + " calls to a rejecting path";
    }
}
