package io.quarkiverse.hume.test;

import io.vertx.core.json.JsonObject;

/** How the emulator answers requests for everything but access tokens, and handshakes of sockets. */
public final class Api {

    private final ControlApi control;

    Api(ControlApi control) {
        this.control = control;
    }

    /** From now on, in place of the fault there may be. */
    public void fail(HumeFault fault) {
        control.put("/api/fault", fault.toJson());
    }

    /** All requests are answered with this status from now on. */
    public void fail(int status) {
        fail(HumeFault.status(status));
    }

    /**
     * Limits the requests in any minute, as Hume does for an organization: further ones are answered 429, without
     * {@code Retry-After}. Counts the requests of all accounts from now on, and handshakes of sockets. Token requests and
     * requests without a valid credential do not count. {@link HumeEmulator#reset()} and {@link #unlimited()} end it.
     *
     * @param perMinute from 1 to 1,000,000
     */
    public void limit(int perMinute) {
        control.put("/api/limit", new JsonObject().put("requests_per_minute", perMinute));
    }

    /** As {@link #limit(int)}, for the requests of one account only. */
    public void limit(int perMinute, String account) {
        control.put("/api/limit", new JsonObject().put("requests_per_minute", perMinute).put("account", account));
    }

    /** Removes the limit there may be. */
    public void unlimited() {
        control.delete("/api/limit");
    }

    /** Ends the fault there may be. */
    public void recover() {
        control.delete("/api/fault");
    }
}
