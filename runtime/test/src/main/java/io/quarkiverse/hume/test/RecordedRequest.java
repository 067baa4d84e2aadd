package io.quarkiverse.hume.test;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.vertx.core.json.JsonObject;

/** A request as the emulator received it. Its text names no header and no body, which can have credentials in them. */
public final class RecordedRequest {

    private final JsonObject json;

    RecordedRequest(JsonObject json) {
        this.json = json;
    }

    public String method() {
        return json.getString("method");
    }

    /** Without the query. */
    public String path() {
        return json.getString("path");
    }

    /** As it was sent; empty if there was none. */
    public String query() {
        return Optional.ofNullable(json.getString("query")).orElse("");
    }

    /** The owner of the credential, also of one that was refused; empty if it belongs to no account. */
    public Optional<String> account() {
        return Optional.ofNullable(json.getString("account"));
    }

    public CredentialKind credential() {
        return CredentialKind.of(json.getString("credential"));
    }

    /** 101 for a handshake that succeeded; empty while there is no answer, and if there will be none. */
    public OptionalInt status() {
        Integer status = json.getInteger("status");
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    public Instant receivedAt() {
        return Instant.parse(json.getString("received_at"));
    }

    /** In the order they were received. The names are as they were sent. */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        json.getJsonObject("headers").fieldNames().forEach(name -> headers.put(name, json.getJsonObject("headers")
                .getJsonArray(name).stream().map(String.class::cast).toList()));
        return headers;
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers().entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().get(0)).findFirst();
    }

    /** In bytes, also of a body that is not shown. */
    public long bodySize() {
        return json.getLong("body_size");
    }

    /** The first 4,096 characters of a body that is JSON or a token request; empty for others. */
    public Optional<String> body() {
        return Optional.ofNullable(json.getString("body"));
    }

    @Override
    public String toString() {
        return method() + " " + path() + " -> " + (status().isPresent() ? status().getAsInt() : "no answer") + " ("
                + credential()
                + account().map(name -> " of " + name).orElse("") + ")";
    }
}
