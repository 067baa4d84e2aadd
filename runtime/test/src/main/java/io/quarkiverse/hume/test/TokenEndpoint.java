package io.quarkiverse.hume.test;

import java.time.Duration;

import io.vertx.core.json.JsonObject;

/** Determines how the emulator answers requests for access tokens. */
public final class TokenEndpoint {

    private final ControlApi control;

    TokenEndpoint(ControlApi control) {
        this.control = control;
    }

    /** Causes this fault from now on. It replaces an earlier fault. */
    public void fail(HumeFault fault) {
        control.put("/token/fault", fault.toJson());
    }

    /** Makes the emulator answer all requests with this status from now on. */
    public void fail(int status) {
        fail(HumeFault.status(status));
    }

    /** Ends the fault, if there is one. */
    public void recover() {
        control.delete("/token/fault");
    }

    /**
     * Sets the lifetime of the tokens that are issued from now on. Initially, it is half an hour.
     *
     * @param lifetime at least a millisecond
     * @return this object
     */
    public TokenEndpoint lifetime(Duration lifetime) {
        return set("lifetime_millis", lifetime.toMillis());
    }

    /**
     * Delays each response from now on. Initially, there is no delay.
     *
     * @return this object
     */
    public TokenEndpoint latency(Duration latency) {
        return set("latency_millis", latency.toMillis());
    }

    /**
     * Sets whether responses contain the lifetime of the token ({@code expires_in}). Initially, they do.
     *
     * @return this object
     */
    public TokenEndpoint expiresIn(boolean included) {
        return set("include_expires_in", included);
    }

    private TokenEndpoint set(String field, Object value) {
        control.put("/token", new JsonObject().put(field, value));
        return this;
    }
}
