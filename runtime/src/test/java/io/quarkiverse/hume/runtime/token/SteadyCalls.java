package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/**
 * Calls at a steady rate, in simulated time, during an outage of the token endpoint. Counts the failed calls of an ideal
 * client for comparison.
 */
final class SteadyCalls implements TokenKeeper.Source {

    private static final Duration LATENCY = Duration.ofMillis(5);

    /** The behavior of the token endpoint. */
    enum Health {
        FINE,
        UNAVAILABLE,
        HANGING
    }

    final SimulatedTime time = new SimulatedTime();
    final TokenKeeper keeper;
    final List<Instant> requests = new ArrayList<>();
    final List<Instant> failures = new ArrayList<>();
    final List<Instant> successes = new ArrayList<>();
    Health health = Health.FINE;
    Duration longestWait = Duration.ZERO;
    int calls;

    /** Calls at moments at which there was no valid token and none could be had. */
    int hopeless;
    private final Duration lifetime;
    private AccessToken newest;

    SteadyCalls(Duration lifetime, Duration maxWait, double random) {
        this.lifetime = lifetime;
        this.keeper = new TokenKeeper("simulated", this, new RefreshPolicy(KeeperHarness.REFRESH_BEFORE, KeeperHarness.TIMEOUT,
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)), maxWait), new TokenTiming(time, time, () -> random),
                TokenListener.NONE);
    }

    @Override
    public CompletableFuture<AccessToken> requestToken() {
        requests.add(time.now());
        CompletableFuture<AccessToken> request = new CompletableFuture<>();
        Health found = health;
        if (found != Health.HANGING) {
            time.schedule(LATENCY, () -> answer(request, found));
        }
        return request;
    }

    private void answer(CompletableFuture<AccessToken> request, Health found) {
        if (found == Health.FINE) {
            newest = AccessToken.of("token-" + requests.size(), time.now(), lifetime);
            request.complete(newest);
        } else {
            request.completeExceptionally(new HumeAuthenticationException(Reason.TOKEN_ENDPOINT_UNAVAILABLE, "simulated",
                    "answered 503", null, null));
        }
    }

    /** A call every twenty milliseconds, and a tick every second. */
    void run(Duration duration) {
        for (long at = 0; at < duration.toMillis(); at += 20) {
            call();
            if (at % 1000 == 0) {
                keeper.tick();
            }
            time.advance(Duration.ofMillis(20));
        }
    }

    private void call() {
        calls++;
        Instant start = time.now();
        boolean valid = newest != null && start.isBefore(newest.expiresAt());
        if (!valid && health != Health.FINE) {
            hopeless++;
        }
        keeper.get().whenComplete((token, failure) -> {
            Duration waited = Duration.between(start, time.now());
            longestWait = waited.compareTo(longestWait) > 0 ? waited : longestWait;
            boolean served = failure == null && time.now().isBefore(token.expiresAt());
            (served ? successes : failures).add(start);
        });
    }
}
