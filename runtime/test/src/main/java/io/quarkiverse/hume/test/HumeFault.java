package io.quarkiverse.hume.test;

import java.time.Duration;

import io.vertx.core.json.JsonObject;

/** Something that goes wrong in place of the emulator's regular answer. Immutable: each method returns another fault. */
public final class HumeFault {

    private final JsonObject json;

    private HumeFault(JsonObject json) {
        this.json = json;
    }

    /** An answer with this status, from 200 to 599, without a body unless {@link #body} or {@link #bodyOfSize} adds one. */
    public static HumeFault status(int status) {
        return new HumeFault(new JsonObject().put("status", status));
    }

    /** No answer, and the connection stays open. */
    public static HumeFault hang() {
        return new HumeFault(new JsonObject().put("hang", true));
    }

    /** No answer, and the connection is closed. */
    public static HumeFault closedConnection() {
        return new HumeFault(new JsonObject().put("reset", true));
    }

    /** The regular answer, late. */
    public static HumeFault delay(Duration delay) {
        return new HumeFault(new JsonObject()).after(delay);
    }

    /** What the answer says: JSON if it begins with a brace, else plain text, unless {@link #header} says otherwise. */
    public HumeFault body(String body) {
        return with("body", body);
    }

    /** An answer with so many bytes of filler. */
    public HumeFault bodyOfSize(long bytes) {
        return with("body_bytes", bytes);
    }

    /** A header of the answer, in place of one of the same name. */
    public HumeFault header(String name, String value) {
        if (name.equalsIgnoreCase("Content-Type")) {
            return with("content_type", value);
        }
        return with("headers", json.getJsonObject("headers", new JsonObject()).copy().put(name, value));
    }

    /** What happens, happens so much later. */
    public HumeFault after(Duration delay) {
        return with("delay_millis", delay.toMillis());
    }

    /** Only the next so many requests. */
    public HumeFault times(int times) {
        return with("times", times);
    }

    /** Only so many of a hundred requests, evenly spread. */
    public HumeFault percent(double percent) {
        return with("percent", percent);
    }

    /** Only requests with a credential of this account. */
    public HumeFault ofAccount(String account) {
        return with("account", account);
    }

    /**
     * Only requests to a path, for {@link HumeEmulator#api()}.
     *
     * @param path exact; with a {@code *} at its end, all paths that begin like this
     */
    public HumeFault atPath(String path) {
        return with("path", path);
    }

    /** Only requests whose credential would have been accepted, for {@link HumeEmulator#api()}. */
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
