package io.quarkiverse.hume.test;

import java.time.Duration;

import io.vertx.core.json.JsonObject;

/** How the emulator answers requests for access tokens. */
public final class TokenEndpoint {

    private final ControlApi control;

    TokenEndpoint(ControlApi control) {
        this.control = control;
    }

    /** From now on, in place of the fault there may be. */
    public void fail(HumeFault fault) {
        control.put("/token/fault", fault.toJson());
    }

    /** All requests are answered with this status from now on. */
    public void fail(int status) {
        fail(HumeFault.status(status));
    }

    /** Ends the fault there may be. */
    public void recover() {
        control.delete("/token/fault");
    }

    /** Of the tokens that are issued from now on: at least a millisecond, at the beginning half an hour. */
    public TokenEndpoint lifetime(Duration lifetime) {
        return set("lifetime_millis", lifetime.toMillis());
    }

    /** How long each answer takes from now on; at the beginning no time. */
    public TokenEndpoint latency(Duration latency) {
        return set("latency_millis", latency.toMillis());
    }

    /** Whether answers say how long their token lives ({@code expires_in}); at the beginning they do. */
    public TokenEndpoint expiresIn(boolean included) {
        return set("include_expires_in", included);
    }

    private TokenEndpoint set(String field, Object value) {
        control.put("/token", new JsonObject().put(field, value));
        return this;
    }
}
