package io.quarkiverse.hume.emulator;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.json.JsonObject;

/** The current fault of one part of the emulator, if any, and the connections that it keeps open. Thread-safe. */
final class FaultSwitch {

    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private Fault fault;
    private long candidates;
    private long remaining;

    /** Sets the fault, or none if it is null, and closes the connections it kept open. Returns whether there was a fault. */
    synchronized boolean set(Fault next) {
        boolean removed = fault != null;
        fault = next;
        candidates = 0;
        remaining = next == null ? 0 : next.times().orElse(Long.MAX_VALUE);
        open.forEach(HttpConnection::close);
        return removed;
    }

    /** The fault, if it applies to this request. Counts requests, so it is called once for each request and stage. */
    synchronized Optional<Fault> faultFor(String account, String path, boolean authenticated) {
        if (fault == null || !fault.matches(account, path, authenticated)) {
            return Optional.empty();
        }
        candidates++;
        // Not random: a fault applies to exactly this percentage of any hundred requests, so that a test can rely on it.
        boolean affected = affectedOf(candidates) > affectedOf(candidates - 1) && remaining > 0;
        remaining -= affected ? 1 : 0;
        return affected ? Optional.of(fault) : Optional.empty();
    }

    private double affectedOf(long requests) {
        // Divided last: 29 / 100.0 * 100 is less than 29, so that the fault would apply to 28 requests of a hundred.
        return Math.floor(requests * fault.percentage() / 100);
    }

    /** Keeps a connection without an answer until the fault is removed or the client has left. */
    synchronized void keepOpen(HttpConnection connection, Fault affected) {
        if (fault == affected) {
            open.add(connection);
            connection.closeHandler(closed -> open.remove(connection));
        } else {
            // The fault has been removed since, and its connections have been closed.
            connection.close();
        }
    }

    /** The fault as it was set, with the number of requests to which it still applies; null if there is none. */
    synchronized JsonObject toJson() {
        if (fault == null) {
            return null;
        }
        JsonObject json = fault.source().copy();
        return fault.times().isEmpty() ? json : json.put("remaining", remaining);
    }
}
