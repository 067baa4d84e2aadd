package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;

/** An account under load: its keeper, and callers who do as the REST client does. */
final class SoakAccount {

    private static final double PER_DAY = 1.0 / Duration.ofDays(1).toSeconds();

    /** The request under way and the one that replaces it for new credentials, twice over. */
    private static final Duration PATIENCE = KeeperHarness.TIMEOUT.multipliedBy(4);

    private final String name;
    private final SimulatedTime time;
    private final Random random;
    private final List<String> violations;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final TokenKeeper keeper;
    final SoakEndpoint endpoint;

    int calls;
    int failedCalls;
    int outages;
    int revocations;
    int keyChanges;
    int drops;

    private record Waiting(Instant since, CompletableFuture<AccessToken> got) {
    }

    SoakAccount(String name, SimulatedTime time, Random random, List<String> violations) {
        this.name = name;
        this.time = time;
        this.random = random;
        this.violations = violations;
        this.endpoint = new SoakEndpoint(name, time, random, violations);
        this.keeper = new TokenKeeper(name, endpoint, KeeperHarness.POLICY, time, time, random::nextDouble,
                TokenListener.NONE);
    }

    /** What happens in about a second. */
    void live() {
        misfortune();
        keeper.tick();
        if (random.nextInt(20) == 0) {
            for (int caller = 1 + random.nextInt(4); caller > 0; caller--) {
                call(true);
            }
        }
        while (!waiting.isEmpty() && waiting.peek().got.isDone()) {
            waiting.remove();
        }
        if (!waiting.isEmpty() && waiting.peek().since.plus(PATIENCE).isBefore(time.now())) {
            violations.add(name + ": a caller has been waiting since " + waiting.remove().since);
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

    private void call(boolean repeatable) {
        calls++;
        AccessToken expected = endpoint.held();
        CompletableFuture<AccessToken> got = keeper.get().toCompletableFuture();
        if (expected != null && (got.isCompletedExceptionally() || got.getNow(null) != expected)) {
            violations.add(name + ": a call did not get the valid token at " + time.now());
        }
        if (!got.isDone()) {
            waiting.add(new Waiting(time.now(), got));
        }
        got.whenComplete((token, failure) -> {
            if (failure == null) {
                send(token, repeatable);
            } else {
                fail(failure);
            }
        });
    }

    private void send(AccessToken token, boolean repeatable) {
        if (!token.value().startsWith(name + "-")) {
            violations.add(name + ": a call got " + token.value());
        }
        if (endpoint.accepts(token)) {
            keeper.accepted(token);
            return;
        }
        if (endpoint.rejected(token)) {
            drops++;
        }
        keeper.reject(token);
        if (repeatable) {
            call(false);
        }
    }

    private void fail(Throwable failure) {
        failedCalls++;
        if (endpoint.held() != null) {
            violations.add(name + ": a call failed at " + time.now() + " although there was a token: " + failure);
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof HumeAuthenticationException)) {
            violations.add(name + ": a call failed with " + failure);
        }
    }

    @Override
    public String toString() {
        return name + ": " + calls + " calls, " + failedCalls + " failed; " + endpoint.successes + " tokens, "
                + endpoint.failures + " failed requests; " + outages + " outages, " + revocations + " revocations, "
                + keyChanges + " key changes, " + drops + " dropped tokens";
    }
}
