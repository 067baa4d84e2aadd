package io.quarkiverse.hume.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

import io.vertx.core.json.JsonObject;

/** A request to the emulator under construction. */
final class EmulatorCall {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpRequest.Builder builder;
    private final String method;
    private BodyPublisher body = BodyPublishers.noBody();

    EmulatorCall(URI base, String method, String path) {
        this.builder = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
        this.method = method;
    }

    record Reply(int status, HttpHeaders headers, byte[] body) {

        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonObject json() {
            return new JsonObject(text());
        }
    }

    EmulatorCall header(String name, String value) {
        builder.header(name, value);
        return this;
    }

    EmulatorCall apiKey(String key) {
        return header("X-Hume-Api-Key", key);
    }

    EmulatorCall bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    EmulatorCall basic(String user, String password) {
        return header("Authorization", "Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    EmulatorCall basic(EmulatorKeys keys) {
        return basic(keys.apiKey(), keys.secretKey());
    }

    EmulatorCall json(JsonObject json) {
        return json(json.encode());
    }

    EmulatorCall json(String json) {
        return body("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    EmulatorCall form(String form) {
        return body("application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8));
    }

    EmulatorCall multipart(MultipartBody multipart) {
        return body(multipart.contentType(), multipart.bytes());
    }

    EmulatorCall body(String contentType, byte[] bytes) {
        body = BodyPublishers.ofByteArray(bytes);
        return header("Content-Type", contentType);
    }

    Reply send() {
        try {
            return reply(HTTP.send(request(), BodyHandlers.ofByteArray()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    CompletableFuture<Reply> sendAsync() {
        return HTTP.sendAsync(request(), BodyHandlers.ofByteArray()).thenApply(EmulatorCall::reply);
    }

    private HttpRequest request() {
        return builder.method(method, body).build();
    }

    private static Reply reply(HttpResponse<byte[]> response) {
        return new Reply(response.statusCode(), response.headers(), response.body());
    }
}
