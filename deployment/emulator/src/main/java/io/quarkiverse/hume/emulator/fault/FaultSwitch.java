package io.quarkiverse.hume.emulator.fault;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.json.JsonObject;

/** At most one fault at a time for one part of the emulator. */
public final class FaultSwitch {

    private final AtomicReference<ActiveFault> active = new AtomicReference<>();

    /** A fault with its counters and the connections it holds. */
    public final class ActiveFault {

        private final Fault fault;
        private final AtomicLong candidates = new AtomicLong();
        private final AtomicLong remaining;
        private final Set<HttpConnection> held = ConcurrentHashMap.newKeySet();

        private ActiveFault(Fault fault) {
            this.fault = fault;
            this.remaining = new AtomicLong(fault.times().orElse(Long.MAX_VALUE));
        }

        public Fault fault() {
            return fault;
        }

        /** Keeps a connection without an answer until the fault is removed or the client has left. */
        public void hold(HttpConnection connection) {
            held.add(connection);
            connection.closeHandler(closed -> held.remove(connection));
            // The fault may have been removed, and its connections closed, just before this one was added.
            if (active.get() != this) {
                connection.close();
            }
        }

        private boolean strikes() {
            // Evenly spread instead of drawn: of any hundred requests exactly so many are struck, and a test can rely on it.
            long candidate = candidates.incrementAndGet();
            return struckOf(candidate) > struckOf(candidate - 1)
                    && remaining.getAndUpdate(left -> left > 0 ? left - 1 : 0) > 0;
        }

        private double struckOf(long candidates) {
            // Divided last: 29 / 100.0 * 100 is less than 29, and one request of the hundred would be spared.
            return Math.floor(candidates * fault.percentage() / 100);
        }
    }

    /**
     * Replaces the fault, if there is one. The connections that it held are closed.
     *
     * @param fault null for none
     * @return whether there was a fault
     */
    public boolean set(Fault fault) {
        ActiveFault removed = active.getAndSet(fault == null ? null : new ActiveFault(fault));
        if (removed != null) {
            removed.held.forEach(HttpConnection::close);
        }
        return removed != null;
    }

    /** The fault, if it is for this request. Each call counts: at most one per request and stage. */
    public Optional<ActiveFault> strike(String account, String path, boolean authenticated) {
        return Optional.ofNullable(active.get())
                .filter(current -> current.fault.matches(account, path, authenticated))
                .filter(ActiveFault::strikes);
    }

    /** The fault as it was set, with the number of requests that it is still for; null if there is none. */
    public JsonObject toJson() {
        ActiveFault current = active.get();
        if (current == null) {
            return null;
        }
        JsonObject json = current.fault.source().copy();
        current.fault.times().ifPresent(times -> json.put("remaining", current.remaining.get()));
        return json;
    }
}
