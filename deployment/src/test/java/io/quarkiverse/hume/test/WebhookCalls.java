package io.quarkiverse.hume.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Sends webhooks as Hume does, and records the log messages of the extension about them. */
final class WebhookCalls {

    static final String KEY = "s3cr3t-signing-key";
    private static final AtomicInteger BODIES = new AtomicInteger();
    private static final ExtFormatter MESSAGE = new PatternFormatter("%m");

    private static final String SIGNATURE = "X-Hume-AI-Webhook-Signature";
    private static final String TIMESTAMP = "X-Hume-AI-Webhook-Timestamp";

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            String message = MESSAGE.formatMessage(record);
            if (message != null && (message.startsWith("HUME004") || message.startsWith("HUME005"))) {
                log.add(spelledOut(message));
                if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                    warnings.add(message);
                }
            }
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };

    /** The short line about another rejection within a minute, as if it were the first. */
    private static String spelledOut(String message) {
        return message.replaceFirst("^HUME0051: (a webhook for .* was rejected at .*) with the code (HUME\\d{4})$",
                "$2: $1: again");
    }

    WebhookCalls() {
        Logger.getLogger("").addHandler(listener);
    }

    void end() {
        Logger.getLogger("").removeHandler(listener);
    }

    /** Another one each time, since the same one in the same second would be a replay. */
    static String body() {
        return "{\"event_name\":\"chat_ended\",\"note\":\"caf\u00e9 \u2615 " + BODIES.incrementAndGet() + "\"}";
    }

    /** Those of them that an operator sees. */
    List<String> warnings() {
        return warnings;
    }

    /** What was logged since the last question. */
    List<String> log() {
        List<String> said = new ArrayList<>(log);
        log.clear();
        return said;
    }

    static long now() {
        return InstantSource.system().instant().getEpochSecond();
    }

    static String sign(String key, String body, Object timestamp) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            StringBuilder hex = new StringBuilder();
            for (byte b : mac.doFinal((body + "." + timestamp).getBytes(StandardCharsets.UTF_8))) {
                hex.append(String.format("%02x", b));
            }
            return hex.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed well, now. */
    HttpResponse<String> deliver(String path, String key, String body) {
        long now = now();
        return send(path, body, sign(key, body, now), String.valueOf(now));
    }

    /** @param signature not sent if {@code null}, likewise {@code timestamp} */
    HttpResponse<String> send(String path, String body, String signature, String timestamp) {
        return send(request(path, signature, timestamp).POST(BodyPublishers.ofString(body)));
    }

    /** In chunks, so that its length is not known beforehand. */
    HttpResponse<String> sendChunked(String path, String body, String signature, String timestamp) {
        return send(request(path, signature, timestamp).POST(BodyPublishers
                .ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))));
    }

    HttpRequest.Builder request(String path, String signature, String timestamp) {
        String url = ConfigProvider.getConfig().getValue("test.url", String.class);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type",
                "application/json");
        Map.of(SIGNATURE, signature == null ? "" : signature, TIMESTAMP, timestamp == null ? "" : timestamp)
                .forEach((name, value) -> {
                    if (!value.isEmpty()) {
                        request.header(name, value);
                    }
                });
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
