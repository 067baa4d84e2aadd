package io.quarkiverse.hume.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.vertx.core.json.JsonObject;

/**
 * Calls the control API of the emulator, below {@code /emulator}. The calls block, and bypass a proxy that is configured for
 * the JVM.
 */
final class ControlApi {

    private static final int CONNECT_MILLIS = 10_000;
    // The call that sends a webhook ends only when the receiver has answered all deliveries, so the timeout is long.
    private static final int READ_MILLIS = 120_000;

    private final URI address;

    ControlApi(URI address) {
        this.address = address;
    }

    URI address() {
        return address;
    }

    JsonObject get(String pathAndQuery) {
        return call("GET", pathAndQuery, null);
    }

    JsonObject delete(String path) {
        return call("DELETE", path, null);
    }

    JsonObject post(String path, JsonObject body) {
        return call("POST", path, body);
    }

    JsonObject put(String path, JsonObject body) {
        return call("PUT", path, body);
    }

    private JsonObject call(String method, String pathAndQuery, JsonObject body) {
        URI uri = address.resolve("/emulator" + pathAndQuery);
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod(method);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            if (body != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                connection.getOutputStream().write(body.toBuffer().getBytes());
            }
            return read(connection, method + " " + uri);
        } catch (IOException failure) {
            throw new UncheckedIOException("The emulator of Hume does not answer " + method + " " + uri, failure);
        }
    }

    private static JsonObject read(HttpURLConnection connection, String call) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = answer == null ? "" : new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            if (status != 200) {
                String reason = text.startsWith("{") ? new JsonObject(text).getString("error", text) : text;
                throw new IllegalArgumentException(
                        "The emulator of Hume refuses " + call + " with the status " + status + ": " + reason);
            }
            return new JsonObject(text);
        }
    }
}
