package io.quarkiverse.hume.test;

import java.time.Duration;

import io.vertx.core.json.JsonObject;

/**
 * A fault that replaces the emulator's regular response. Immutable: each method returns a new fault. The methods do not call
 * the emulator, and reject no values; {@link Api#fail} and {@link TokenEndpoint#fail} throw an {@link IllegalArgumentException}
 * for values that the emulator rejects.
 */
public final class HumeFault {

    private final JsonObject json;

    private HumeFault(JsonObject json) {
        this.json = json;
    }

    /** A response with this status, from 200 to 599. It has no body, unless {@link #body} or {@link #bodyOfSize} adds one. */
    public static HumeFault status(int status) {
        return new HumeFault(new JsonObject().put("status", status));
    }

    /** No response; the connection stays open. */
    public static HumeFault hang() {
        return new HumeFault(new JsonObject().put("hang", true));
    }

    /** No response; the connection is closed. */
    public static HumeFault closedConnection() {
        return new HumeFault(new JsonObject().put("reset", true));
    }

    /** The regular response after a delay. */
    public static HumeFault delay(Duration delay) {
        return new HumeFault(new JsonObject()).after(delay);
    }

    /**
     * Adds a body to the response. Its type is JSON if it begins with a brace, otherwise plain text; {@link #header} can set
     * another {@code Content-Type}.
     */
    public HumeFault body(String body) {
        return with("body", body);
    }

    /** Adds a body with this number of filler bytes to the response. */
    public HumeFault bodyOfSize(long bytes) {
        return with("body_bytes", bytes);
    }

    /** Sets a header of the response, and replaces an earlier one of the same name. */
    public HumeFault header(String name, String value) {
        if (name.equalsIgnoreCase("Content-Type")) {
            return with("content_type", value);
        }
        return with("headers", json.getJsonObject("headers", new JsonObject()).copy().put(name, value));
    }

    /** Delays the fault by this duration, of which only the whole milliseconds are used. */
    public HumeFault after(Duration delay) {
        return with("delay_millis", delay.toMillis());
    }

    /** Limits the fault to this number of requests. */
    public HumeFault times(int times) {
        return with("times", times);
    }

    /** Limits the fault to a percentage of the requests, evenly distributed. */
    public HumeFault percent(double percent) {
        return with("percent", percent);
    }

    /** Limits the fault to requests with a credential of this account. */
    public HumeFault ofAccount(String account) {
        return with("account", account);
    }

    /**
     * Limits the fault to requests to a path. Only for {@link HumeEmulator#api()}.
     *
     * @param path the exact path, or a prefix of the path followed by {@code *}
     */
    public HumeFault atPath(String path) {
        return with("path", path);
    }

    /** Limits the fault to requests whose credential is valid. Only for {@link HumeEmulator#api()}. */
    public HumeFault afterAuthentication() {
        return with("after_authentication", true);
    }

    JsonObject toJson() {
        return json.copy();
    }

    @Override
    public String toString() {
        return "HumeFault" + json.encode();
    }

    private HumeFault with(String field, Object value) {
        return new HumeFault(json.copy().put(field, value));
    }
}
