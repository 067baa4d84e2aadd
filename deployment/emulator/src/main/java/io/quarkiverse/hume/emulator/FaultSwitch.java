package io.quarkiverse.hume.emulator;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.json.JsonObject;

/** At most one fault at a time for one part of the emulator, and the connections that it holds. Thread-safe. */
final class FaultSwitch {

    private final Set<HttpConnection> held = ConcurrentHashMap.newKeySet();
    private Fault fault;
    private long candidates;
    private long remaining;

    /** Replaces the fault, by none if it is null, and closes the connections it held. Returns whether there was a fault. */
    synchronized boolean set(Fault next) {
        boolean removed = fault != null;
        fault = next;
        candidates = 0;
        remaining = next == null ? 0 : next.times().orElse(Long.MAX_VALUE);
        held.forEach(HttpConnection::close);
        return removed;
    }

    /** The fault, if it is for this request. Each call counts: at most one per request and stage. */
    synchronized Optional<Fault> strike(String account, String path, boolean authenticated) {
        if (fault == null || !fault.matches(account, path, authenticated)) {
            return Optional.empty();
        }
        candidates++;
        // Evenly spread instead of drawn: of any hundred requests exactly so many are struck, and a test can rely on it.
        boolean struck = struckOf(candidates) > struckOf(candidates - 1) && remaining > 0;
        remaining -= struck ? 1 : 0;
        return struck ? Optional.of(fault) : Optional.empty();
    }

    private double struckOf(long requests) {
        // Divided last: 29 / 100.0 * 100 is less than 29, and one request of the hundred would be spared.
        return Math.floor(requests * fault.percentage() / 100);
    }

    /** Keeps a connection without an answer until the fault is removed or the client has left. */
    synchronized void hold(HttpConnection connection, Fault struck) {
        if (fault == struck) {
            held.add(connection);
            connection.closeHandler(closed -> held.remove(connection));
        } else {
            // The fault has been removed, with the connections that it held.
            connection.close();
        }
    }

    /** The fault as it was set, with the number of requests that it is still for; null if there is none. */
    synchronized JsonObject toJson() {
        if (fault == null) {
            return null;
        }
        JsonObject json = fault.source().copy();
        return fault.times().isEmpty() ? json : json.put("remaining", remaining);
    }
}
