package io.quarkiverse.hume.runtime.token;

import java.util.concurrent.CompletableFuture;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;

/** One token request under way and the callers who wait for it. */
final class Flight {

    /** The generation of credentials it was started for. */
    final int generation;
    final long startedAt;

    /** Shared by all who wait; a flight that replaces this one for newer credentials takes it over. */
    final CompletableFuture<AccessToken> result;

    /** How many flights for other credentials it replaces. */
    final int successions;

    private Runnable deadline = () -> {
    };
    private CompletableFuture<AccessToken> request;
    private boolean landed;

    Flight(int generation, long startedAt) {
        this(generation, startedAt, new CompletableFuture<>(), 0);
    }

    private Flight(int generation, long startedAt, CompletableFuture<AccessToken> result, int successions) {
        this.generation = generation;
        this.startedAt = startedAt;
        this.result = result;
        this.successions = successions;
    }

    Flight successor(int newGeneration, long now) {
        return new Flight(newGeneration, now, result, successions + 1);
    }

    /** The request may land before its deadline is known to us: then the deadline is cancelled here. */
    synchronized void departed(CompletableFuture<AccessToken> request, Runnable deadline) {
        this.request = request;
        this.deadline = deadline;
        if (landed) {
            abandon();
        }
    }

    synchronized void land() {
        landed = true;
        abandon();
    }

    /** Lands, and tells those who wait. Not synchronized as a whole: they may do anything. @param failure or {@code null} */
    void land(AccessToken token, HumeAuthenticationException failure) {
        land();
        if (failure == null) {
            result.complete(token);
        } else {
            result.completeExceptionally(failure);
        }
    }

    private void abandon() {
        deadline.run();
        if (request != null) {
            request.cancel(true);
        }
    }
}
