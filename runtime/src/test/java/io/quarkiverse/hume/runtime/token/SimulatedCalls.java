package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.quarkiverse.hume.AccessToken;

/**
 * Calls of one account in simulated time, in the way of the REST client: one retry after a 401, with another token if there is
 * one. Some paths of the API answer 401 to every token.
 */
final class SimulatedCalls implements TokenKeeper.Source {

    private static final Duration TOKEN_LATENCY = Duration.ofMillis(100);
    private static final Duration API_LATENCY = Duration.ofMillis(20);

    final SimulatedTime time = new SimulatedTime();
    final TokenKeeper keeper;
    private final Duration lifetime;
    private final Set<String> valid = new HashSet<>();
    final List<String> failures = new ArrayList<>();
    int tokenRequests;
    int healthyCalls;
    int rejectedCalls;
    int rejectedRequests;

    SimulatedCalls(Duration lifetime) {
        this.lifetime = lifetime;
        this.keeper = new TokenKeeper("simulated", this, new RefreshPolicy(KeeperHarness.REFRESH_BEFORE, KeeperHarness.TIMEOUT,
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)), Duration.ofSeconds(1)),
                new TokenTiming(time, time, () -> 0.5),
                TokenListener.NONE);
    }

    @Override
    public CompletableFuture<AccessToken> requestToken() {
        CompletableFuture<AccessToken> request = new CompletableFuture<>();
        String value = "token-" + ++tokenRequests;
        time.schedule(TOKEN_LATENCY, () -> {
            valid.add("Bearer " + value);
            request.complete(AccessToken.of(value, time.now(), lifetime));
        });
        return request;
    }

    void revokeAll() {
        valid.clear();
    }

    /** @param rejecting whether the path rejects every token */
    void call(boolean rejecting) {
        if (rejecting) {
            rejectedCalls++;
        } else {
            healthyCalls++;
        }
        AccessToken current = keeper.current();
        (current != null ? CompletableFuture.completedFuture(current) : keeper.get())
                .whenComplete((token, failure) -> sent(rejecting, token, failure, true));
    }

    private void sent(boolean rejecting, AccessToken token, Throwable failure, boolean first) {
        if (failure != null) {
            failed(rejecting, failure.toString());
            return;
        }
        if (rejecting) {
            rejectedRequests++;
        }
        boolean accepted = !rejecting && valid.contains(token.authorization());
        time.schedule(API_LATENCY, () -> answered(rejecting, token, accepted, first));
    }

    private void answered(boolean rejecting, AccessToken token, boolean accepted, boolean first) {
        if (accepted) {
            keeper.accepted(token);
        } else if (!first) {
            failed(rejecting, "401 again");
        } else {
            keeper.replacement(token.authorization()).whenComplete((other, failure) -> {
                if (failure == null && other == null) {
                    failed(rejecting, "401");
                } else {
                    sent(rejecting, other, failure, false);
                }
            });
        }
    }

    private void failed(boolean rejecting, String failure) {
        if (!rejecting) {
            failures.add(time.now() + " " + failure);
        }
    }

    /** Calls at these rates for a while, evenly spread, with a tick every second. */
    void run(Duration duration, double healthyPerSecond, double rejectedPerSecond) {
        long millis = duration.toMillis();
        for (long at = 0; at < millis; at++) {
            if (due(at, healthyPerSecond)) {
                call(false);
            }
            if (due(at, rejectedPerSecond)) {
                call(true);
            }
            if (at % 1000 == 999) {
                keeper.tick();
            }
            time.advance(Duration.ofMillis(1));
        }
        time.advance(Duration.ofSeconds(1));
    }

    private static boolean due(long at, double perSecond) {
        return Math.floor((at + 1) * perSecond / 1000) > Math.floor(at * perSecond / 1000);
    }
}
