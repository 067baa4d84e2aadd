package io.quarkiverse.hume.test;

import io.vertx.core.json.JsonObject;

/** Determines how the emulator answers WebSocket handshakes and all requests except those for access tokens. */
public final class Api {

    private final ControlApi control;

    Api(ControlApi control) {
        this.control = control;
    }

    /** Causes this fault from now on. It replaces an earlier fault. */
    public void fail(HumeFault fault) {
        control.put("/api/fault", fault.toJson());
    }

    /** Makes the emulator answer all requests with this status from now on. */
    public void fail(int status) {
        fail(HumeFault.status(status));
    }

    /**
     * Limits the number of requests within any minute, as Hume does for an organization. Further requests are answered with
     * 429, without {@code Retry-After}. The requests and WebSocket handshakes of all accounts are counted from now on, except
     * token requests and requests without a valid credential. The limit applies until {@link HumeEmulator#reset()} or {@link
     * #unlimited()} is called.
     *
     * @param perMinute from 1 to 1,000,000
     */
    public void limit(int perMinute) {
        control.put("/api/limit", new JsonObject().put("requests_per_minute", perMinute));
    }

    /**
     * Like {@link #limit(int)}, but counts and limits the requests of one account only.
     *
     * @param account the name of an account that the emulator knows
     */
    public void limit(int perMinute, String account) {
        control.put("/api/limit", new JsonObject().put("requests_per_minute", perMinute).put("account", account));
    }

    /** Removes the limit, if there is one. */
    public void unlimited() {
        control.delete("/api/limit");
    }

    /** Ends the fault, if there is one. */
    public void recover() {
        control.delete("/api/fault");
    }
}
