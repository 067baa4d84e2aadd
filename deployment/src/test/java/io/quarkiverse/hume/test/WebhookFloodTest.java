package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.LogFile;
import io.quarkus.test.QuarkusProdModeTest;

/**
 * A packaged application with 256 MB of heap. 200 senders repeatedly send the allowed part of a webhook and then stall, at a
 * blocking and at a reactive resource. The application stays alive and accepts genuine webhooks.
 */
class WebhookFloodTest {

    private static final int SENDERS = 200;
    private static final int WAVES = 2;
    private static final int SIZE = 1_000_000;
    private static final int PORT = freePort();

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(WebhookFloodTest.Hooks.class))
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.HEALTH, "quarkus-rest"))
            .setApplicationName("webhook-flood")
            .setRun(true)
            .setLogFileName("webhook-flood.log")
            .setJVMArgs(List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError"))
            .overrideConfigKey("hume.strategy", "api-key")
            .setRuntimeProperties(Map.of("quarkus.http.port", String.valueOf(PORT), "hume.api-key", "key",
                    "hume.webhook.signing-key", WebhookCalls.KEY));

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<SlowWebhook> senders = new ArrayList<>();

    @LogFile
    java.nio.file.Path log;

    @Path("/hooks")
    @HumeWebhook
    public static class Hooks {
        @POST
        @Path("/blocking")
        public String blocking(String body) {
            return "received";
        }

        @POST
        @Path("/reactive")
        public io.smallrye.mutiny.Uni<String> reactive(String body) {
            return io.smallrye.mutiny.Uni.createFrom().item("received");
        }
    }

    @AfterEach
    void leave() throws IOException {
        for (SlowWebhook sender : senders) {
            sender.close();
        }
    }

    @Test
    void stalledSenders_doNotBlockOthers() throws Exception {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> status("GET", "/q/health/live", null) == 200);
        String most = "x".repeat(SIZE);
        for (int wave = 0; wave < WAVES; wave++) {
            for (int i = 0; i < SENDERS; i++) {
                SlowWebhook sender = new SlowWebhook(String.valueOf(PORT), i % 2 == 0 ? "/hooks/blocking" : "/hooks/reactive",
                        "0".repeat(64), WebhookCalls.now(), SIZE + 1);
                senders.add(sender);
                sender.send(most);
                if (i % 20 == 0) {
                    assertThat(status("GET", "/q/health/live", null)).isEqualTo(200);
                    assertThat(status("POST", "/hooks/blocking", WebhookCalls.body())).isEqualTo(200);
                    assertThat(status("POST", "/hooks/reactive", "y".repeat(900_000) + WebhookCalls.body())).isEqualTo(200);
                }
            }
        }
        // Each of them is answered, in time.
        for (SlowWebhook sender : senders) {
            assertThat(sender.answer())
                    .matches(answer -> answer.startsWith("HTTP/1.1 503") || answer.startsWith("HTTP/1.1 408"));
        }
        assertThat(status("GET", "/q/health/live", null)).isEqualTo(200);
        assertThat(status("POST", "/hooks/blocking", WebhookCalls.body())).isEqualTo(200);
        List<String> warnings = Files.readAllLines(log).stream().filter(line -> line.contains("HUME00")).toList();
        assertThat(warnings).filteredOn(line -> line.contains("HUME0053")).hasSizeBetween(1, 2);
        assertThat(Files.readString(log)).doesNotContain("OutOfMemoryError", "ERROR", "blocked for");
    }

    private int status(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + path))
                .timeout(Duration.ofSeconds(20));
        if (body != null) {
            long now = WebhookCalls.now();
            request.header("X-Hume-AI-Webhook-Signature", WebhookCalls.sign(WebhookCalls.KEY, body, now))
                    .header("X-Hume-AI-Webhook-Timestamp", String.valueOf(now)).header("Content-Type", "application/json");
        }
        return client
                .send(request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
