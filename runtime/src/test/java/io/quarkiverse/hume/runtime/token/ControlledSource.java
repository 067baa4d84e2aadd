package io.quarkiverse.hume.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.quarkiverse.hume.AccessToken;

/** A token source whose results the test determines. Records whether two requests were ever in progress at once. */
final class ControlledSource implements TokenKeeper.Source {

    private final SimulatedTime time;
    private final List<CompletableFuture<AccessToken>> requests = new ArrayList<>();
    private int overlaps;

    ControlledSource(SimulatedTime time) {
        this.time = time;
    }

    @Override
    public synchronized CompletableFuture<AccessToken> requestToken() {
        // An exception here would count as a failed request: noted, and asserted afterwards.
        if (underWay()) {
            overlaps++;
        }
        CompletableFuture<AccessToken> request = new CompletableFuture<>();
        requests.add(request);
        return request;
    }

    synchronized int requests() {
        return requests.size();
    }

    synchronized boolean underWay() {
        return !requests.isEmpty() && !last().isDone();
    }

    synchronized CompletableFuture<AccessToken> last() {
        return requests.get(requests.size() - 1);
    }

    AccessToken succeed(String value, Duration lifetime) {
        AccessToken token = AccessToken.of(value, time.now(), lifetime);
        assertThat(last().complete(token)).as("a request is under way").isTrue();
        return token;
    }

    void fail(Throwable failure) {
        assertThat(last().completeExceptionally(failure)).as("a request is under way").isTrue();
    }

    synchronized void assertNeverTwoUnderWay() {
        assertThat(overlaps).as("requests started while another was under way").isZero();
    }
}
