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

        /** Keeps a connection without an answer until the fault is gone or the client is. */
        public void hold(HttpConnection connection) {
            held.add(connection);
            connection.closeHandler(closed -> held.remove(connection));
            // The fault may have been removed, and its connections closed, just before this one was added.
            if (active.get() != this) {
                connection.close();
            }
        }

        private boolean strikes() {
            return selected(candidates.incrementAndGet()) && remaining.getAndUpdate(left -> left > 0 ? left - 1 : 0) > 0;
        }

        // Evenly spread instead of drawn: of any hundred requests exactly so many are struck, and a test can rely on it.
        private boolean selected(long candidate) {
            return struckOf(candidate) > struckOf(candidate - 1);
        }

        private double struckOf(long candidates) {
            // Divided last: 29 / 100.0 * 100 is less than 29, and one request of the hundred would be spared.
            return Math.floor(candidates * fault.percentage() / 100);
        }
    }

    /** Replaces the fault there may be, and closes the connections that one held. */
    public void set(Fault fault) {
        release(active.getAndSet(new ActiveFault(fault)));
    }

    /** @return whether there was a fault; the connections it held are closed */
    public boolean clear() {
        return release(active.getAndSet(null));
    }

    /** The fault, if this request is one it strikes. Asking counts: at most once per request and stage. */
    public Optional<ActiveFault> strike(String account, String path, boolean authenticated) {
        return Optional.ofNullable(active.get())
                .filter(current -> current.fault.scope().contains(account, path, authenticated))
                .filter(ActiveFault::strikes);
    }

    /** The fault as it was set, with the number of requests it will still strike; null if there is none. */
    public JsonObject toJson() {
        ActiveFault current = active.get();
        if (current == null) {
            return null;
        }
        JsonObject json = current.fault.source().copy();
        current.fault.times().ifPresent(times -> json.put("remaining", current.remaining.get()));
        return json;
    }

    private static boolean release(ActiveFault removed) {
        if (removed != null) {
            removed.held.forEach(HttpConnection::close);
        }
        return removed != null;
    }
}
