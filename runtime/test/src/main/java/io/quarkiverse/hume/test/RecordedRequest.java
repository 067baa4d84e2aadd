package io.quarkiverse.hume.test;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.vertx.core.json.JsonObject;

/**
 * A request as the emulator received it. Immutable. {@link #toString()} contains neither headers nor body, because these can
 * contain credentials.
 */
public final class RecordedRequest {

    private final JsonObject json;

    RecordedRequest(JsonObject json) {
        this.json = json;
    }

    /** The HTTP method, such as {@code POST}. */
    public String method() {
        return json.getString("method");
    }

    /** The path, without the query. */
    public String path() {
        return json.getString("path");
    }

    /** The query as it was sent; empty if there was none. */
    public String query() {
        return Optional.ofNullable(json.getString("query")).orElse("");
    }

    /**
     * The name of the account to which the credential belongs, even if the credential was rejected; empty if it belongs to no
     * account.
     */
    public Optional<String> account() {
        return Optional.ofNullable(json.getString("account"));
    }

    /** The kind of credential that the request carried. */
    public CredentialKind credential() {
        return CredentialKind.of(json.getString("credential"));
    }

    /**
     * The status of the response, which is 101 for a successful handshake; empty if there was no response by the time of the
     * snapshot.
     */
    public OptionalInt status() {
        Integer status = json.getInteger("status");
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** When the emulator received the request, by the clock of this machine. */
    public Instant receivedAt() {
        return Instant.parse(json.getString("received_at"));
    }

    /**
     * The headers with their names as they were sent, and the values of each header in the order in which they were received.
     */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        json.getJsonObject("headers").fieldNames().forEach(name -> headers.put(name, json.getJsonObject("headers")
                .getJsonArray(name).stream().map(String.class::cast).toList()));
        return headers;
    }

    /** The first value of a header. Its name is compared case-insensitively. */
    public Optional<String> header(String name) {
        return headers().entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().get(0)).findFirst();
    }

    /** The size of the body in bytes, even if {@link #body()} does not return it. */
    public long bodySize() {
        return json.getLong("body_size");
    }

    /** The first 4,096 characters of the body if it is JSON or a token request; empty for other bodies. */
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
