package io.quarkiverse.hume.benchmark;

import static io.quarkiverse.hume.load.SteadyLoad.failed;
import static io.quarkiverse.hume.load.SteadyLoad.percentile;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.quarkiverse.hume.benchmark.LocalHume.TokenEndpoint;
import io.quarkiverse.hume.load.SteadyLoad;
import io.quarkiverse.hume.load.SteadyLoad.Call;
import io.quarkiverse.hume.load.SteadyLoad.Event;

/** Causes the same faults for the alternative and for this extension, one after the other, and prints a table. */
final class FaultComparison {

    private final RunningApplication application;
    private final LocalHume hume;

    FaultComparison(RunningApplication application, LocalHume hume) {
        this.application = application;
        this.hume = hume;
    }

    void print() throws Exception {
        System.out.println("\n| Situation | quarkus-rest-client-oidc-filter | quarkus-hume |\n|---|---|---|");
        row("token expires under steady load (100 calls/s, 5 s lifetime, 12 s)", this::expiry);
        row("calls during a refresh that takes 1 s, token still valid", this::slowRefresh);
        row("token endpoint answers 503 in the last 10 s of a token of 20 s, 50 calls/s", this::unavailable);
        row("outage of 20 s, 50 calls/s, 10 s lifetime", this::outage);
        row("token revoked by the server, 100 calls/s for 3 s", this::revoked);
        row("100 calls in flight get 401 for the same token", this::inFlight);
        System.out.println("| token endpoint answers {} | " + empty(application.alternativeForEmpty) + " | "
                + empty(application.ours) + " |");
        System.out.println("| token endpoint hangs, no token | " + hanging(application.alternativeForHanging) + " | "
                + hanging(application.ours) + " |");
    }

    private interface Scenario {
        String measure(Clients.Configs client) throws Exception;
    }

    private void row(String situation, Scenario scenario) throws Exception {
        String alternative = scenario.measure(application.alternative);
        String ours = scenario.measure(application.ours);
        System.out.println("| " + situation + " | " + alternative + " | " + ours + " |");
    }

    /**
     * Gives a client a new token with this lifetime. The alternative requests a token only when the previous one has expired.
     */
    private void fresh(Clients.Configs client, int lifetimeSeconds) throws InterruptedException {
        hume.reset(lifetimeSeconds);
        if (client == application.ours) {
            application.tokens.reject(application.tokens.await());
        }
        int before = hume.tokenRequests.get();
        until(() -> succeeds(client) && hume.tokenRequests.get() > before, LocalHume.FIRST_LIFETIME_SECONDS + 10);
        hume.forget();
    }

    /** Lets the token of this extension expire while the endpoint returns none. */
    private void withoutToken(TokenEndpoint mode) throws InterruptedException {
        fresh(application.ours, 2);
        hume.mode = mode;
        until(() -> !succeeds(application.ours), 10);
    }

    /**
     * Waits between two scenarios. Each one begins with a rejected token, and must not be affected by the rejection of the
     * previous one.
     */
    private static void betweenRejections() throws InterruptedException {
        TimeUnit.SECONDS.sleep(3);
    }

    private static boolean succeeds(Clients.Configs client) {
        try {
            return client.get() != null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static void until(BooleanSupplier condition, int seconds) throws InterruptedException {
        for (int i = 0; i < seconds * 20 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private List<Call> load(Clients.Configs client, int perSecond, int seconds, Event... events) throws InterruptedException {
        int before = hume.tokenRequests.get();
        return new SteadyLoad(client::get, () -> hume.tokenLatencyMillis > 0 && hume.tokenRequests.get() > before)
                .run(perSecond, seconds, events);
    }

    private String failures(List<Call> calls) {
        return String.format(Locale.ROOT, "%d of %d calls failed, %d token requests", failed(calls).size(), calls.size(),
                hume.tokenRequests.get());
    }

    private String expiry(Clients.Configs client) throws InterruptedException {
        fresh(client, 5);
        return failures(load(client, 100, 12));
    }

    private String slowRefresh(Clients.Configs client) throws InterruptedException {
        fresh(client, 6);
        hume.tokenLatencyMillis = 1_000;
        List<Call> calls = load(client, 100, 7);
        List<Call> slowest = calls.stream().filter(call -> call.tookMicros() > 100_000).toList();
        return String.format(Locale.ROOT, "%d of %d calls waited more than 100 ms, their median %.0f ms; p99 of all %.1f ms",
                slowest.size(), calls.size(), percentile(slowest, 0.5), percentile(calls, 0.99));
    }

    private String unavailable(Clients.Configs client) throws InterruptedException {
        fresh(client, 20);
        // The load ends shortly before the server stops accepting the token, so each failed call could have succeeded.
        TimeUnit.NANOSECONDS.sleep(hume.lastIssuedNanos + 9_900_000_000L - System.nanoTime());
        hume.mode = TokenEndpoint.UNAVAILABLE;
        return failures(load(client, 50, 10, new Event(9_995, () -> hume.mode = TokenEndpoint.WELL)));
    }

    private String outage(Clients.Configs client) throws InterruptedException {
        fresh(client, 10);
        hume.mode = TokenEndpoint.UNAVAILABLE;
        List<Call> calls = load(client, 50, 24, new Event(20_000, () -> hume.mode = TokenEndpoint.WELL));
        List<Call> failed = failed(calls);
        String when = failed.isEmpty() ? ""
                : String.format(Locale.ROOT, ", from %.1f s to %.1f s", failed.get(0).startMillis() / 1_000.0,
                        failed.get(failed.size() - 1).startMillis() / 1_000.0);
        return failures(calls) + when;
    }

    private String revoked(Clients.Configs client) throws InterruptedException {
        fresh(client, 10);
        betweenRejections();
        return failures(load(client, 100, 3, new Event(500, hume::revoke)));
    }

    private String inFlight(Clients.Configs client) throws InterruptedException {
        fresh(client, 10);
        betweenRejections();
        hume.revoke();
        hume.apiLatencyMillis = 2_000;
        String result = failures(load(client, 50, 2));
        hume.apiLatencyMillis = 0;
        return result + ", " + hume.rejections.get() + " answers 401";
    }

    private String empty(Clients.Configs client) throws InterruptedException {
        withoutToken(TokenEndpoint.EMPTY);
        String first = outcome(client, Throwable::toString);
        hume.mode = TokenEndpoint.WELL;
        until(() -> succeeds(client), 5);
        return first + "; 5 s after the endpoint is well: " + outcome(client, Throwable::toString);
    }

    private String hanging(Clients.Configs client) throws Exception {
        withoutToken(TokenEndpoint.HANGING);
        Future<String> call = CompletableFuture.supplyAsync(() -> outcome(client, Throwable::toString));
        String first = within(call, 10);
        hume.mode = TokenEndpoint.WELL;
        until(() -> succeeds(application.ours), 5);
        Future<String> later = CompletableFuture.supplyAsync(() -> outcome(client, Throwable::toString));
        return first + "; after the endpoint is well: " + within(later, 10);
    }

    private static String within(Future<String> call, int seconds) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        try {
            return call.get(seconds, TimeUnit.SECONDS)
                    + String.format(Locale.ROOT, " after %.1f s", (System.nanoTime() - start) / 1e9);
        } catch (TimeoutException e) {
            return "no end after " + seconds + " s";
        }
    }

    private static String outcome(Clients.Configs client, Function<Throwable, String> describe) {
        try {
            client.get();
            return "success";
        } catch (RuntimeException e) {
            String text = describe.apply(e);
            return text.substring(text.lastIndexOf('.', Math.max(0, text.indexOf(':'))) + 1,
                    Math.min(text.length(), 110)).replace('|', '/');
        }
    }
}
