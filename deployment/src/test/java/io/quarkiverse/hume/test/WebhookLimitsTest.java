package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Bodies that are too large, a full replay cache, and webhooks that the application fails to process. */
class WebhookLimitsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(WebhookCalls.class, SlowWebhook.class))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.log.category.\"io.quarkiverse.hume\".level", "DEBUG")
            .overrideConfigKey("quarkus.http.limits.max-body-size", "20K")
            .overrideConfigKey("hume.webhook.signing-key", WebhookCalls.KEY)
            .overrideConfigKey("hume.webhook.tolerance", "10S")
            .overrideConfigKey("hume.webhook.clock-skew", "0S")
            .overrideConfigKey("hume.accounts.\"small\".webhook.signing-key", WebhookCalls.KEY)
            .overrideConfigKey("hume.accounts.\"small\".webhook.replay-limit", "2")
            .overrideConfigKey("hume.webhook.max-body-size", "64K")
            .overrideConfigKey("hume.accounts.\"small\".webhook.max-body-size", "2K")
            .overrideConfigKey("hume.accounts.\"small\".webhook.body-timeout", "500MS")
            .overrideConfigKey("hume.unverified-webhooks.max-size", "100K")
            .setLogRecordPredicate(record -> record.getMessage().startsWith("HUME0054"))
            .assertLogRecords(records -> assertThat(records).singleElement()
                    .satisfies(record -> assertThat(record.getParameters()).startsWith("hume.webhook.max-body-size")));

    static final AtomicInteger INVOCATIONS = new AtomicInteger();

    @Path("/hooks")
    @HumeWebhook
    public static class Hooks {
        @POST
        public String post(String body) {
            return "x";
        }

        @POST
        @Path("/uni")
        public Uni<String> uni(String body) {
            return Uni.createFrom().item("x");
        }

        @POST
        @Path("/small")
        @HumeWebhook(account = "small")
        public String small(String body) {
            return "x";
        }

        @POST
        @Path("/throws")
        public String failing(String body) {
            return INVOCATIONS.getAndIncrement() == 0 ? String.valueOf(1 / 0) : "x";
        }

        @POST
        @Path("/unavailable")
        public Uni<Response> unavailable(String body) {
            return Uni.createFrom().item(Response.status(INVOCATIONS.getAndIncrement() == 0 ? 503 : 204).build());
        }

        @POST
        @Path("/status/{status}")
        public Response status(String body, @RestPath int status) {
            return Response.status(INVOCATIONS.getAndIncrement() == 0 ? status : 204).build();
        }

        @POST
        @Path("/status-uni/{status}")
        public Uni<Response> statusUni(String body, @RestPath int status) {
            return Uni.createFrom().item(status(body, status));
        }

        @POST
        @Path("/exception/{status}")
        public Response exception(String body, @RestPath int status) {
            if (INVOCATIONS.getAndIncrement() == 0) {
                throw new WebApplicationException(status);
            }
            return Response.noContent().build();
        }

        @POST
        @Path("/never")
        public Uni<String> never(String body) {
            return INVOCATIONS.getAndIncrement() == 0 ? Uni.createFrom().nothing() : Uni.createFrom().item("x");
        }

        @POST
        @Path("/breaks")
        public Multi<String> breaks(String body) {
            Multi<String> begun = Multi.createFrom().item("x");
            return INVOCATIONS.getAndIncrement() == 0 ? begun.onCompletion().failWith(new IllegalStateException("broken"))
                    : begun;
        }

        @POST
        @Path("/rejects")
        public Response rejects(String body) {
            return Response.status(422).build();
        }
    }

    private WebhookCalls calls;
    private String body;

    @BeforeEach
    void begin() {
        calls = new WebhookCalls();
        body = WebhookCalls.body();
    }

    @AfterEach
    void end() {
        calls.end();
    }

    private HttpResponse<String> signed(String path, String text, long timestamp) {
        return calls.send(path, text, WebhookCalls.sign(WebhookCalls.KEY, text, timestamp), String.valueOf(timestamp));
    }

    private HttpResponse<String> signedInChunks(String path, String text) {
        long now = WebhookCalls.now();
        return calls.sendChunked(path, text, WebhookCalls.sign(WebhookCalls.KEY, text, now), String.valueOf(now));
    }

    @Test
    void bodyOfUnknownLength_isBounded() {
        assertThat(signedInChunks("/hooks", "y".repeat(20 * 1024)).statusCode()).isEqualTo(200);
        assertThat(signedInChunks("/hooks/uni", "z".repeat(20 * 1024)).statusCode()).isEqualTo(200);
        for (String path : new String[] { "/hooks", "/hooks/uni" }) {
            HttpResponse<String> response = signedInChunks(path, "y".repeat(500_000));
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body()).contains("\"status\":413");
            assertThat(calls.log()).singleElement().asString().startsWith("HUME0047");
            assertThat(signedInChunks(path, "y".repeat(20 * 1024 + 1)).statusCode()).isEqualTo(413);
            assertThat(calls.log()).hasSize(1);
        }
    }

    @Test
    void toleranceAndClockSkew_areConfigurable() {
        assertThat(signed("/hooks", body, WebhookCalls.now() - 20).statusCode()).isEqualTo(401);
        assertThat(calls.log()).singleElement().asString().startsWith("HUME0043").contains("PT10S");
        assertThat(signed("/hooks", body, WebhookCalls.now() + 10).statusCode()).isEqualTo(401);
        assertThat(calls.log()).singleElement().asString().startsWith("HUME0044");
    }

    @Test
    void replayCache_full_rejectsWhatIsAsOldAsEvictedEntries() {
        long now = WebhookCalls.now();
        for (int age = 50; age > 47; age--) {
            assertThat(signed("/hooks/small", body, now - age).statusCode()).isEqualTo(200);
        }
        assertThat(calls.log()).singleElement().asString().startsWith("HUME0049");
        assertThat(signed("/hooks/small", body, now - 50).statusCode()).isEqualTo(401);
        assertThat(calls.log()).singleElement().asString().startsWith("HUME0046");
        assertThat(signed("/hooks/small", body, now - 48).statusCode()).isEqualTo(401);
        assertThat(calls.log()).singleElement().asString().startsWith("HUME0045");
        assertThat(signed("/hooks/small", body, now).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = { 408, 425, 429, 500, 502, 503, 504, 599 })
    void answerForNow_webhookMayComeAgain(int status) {
        for (String path : new String[] { "/hooks/status/", "/hooks/status-uni/", "/hooks/exception/" }) {
            INVOCATIONS.set(0);
            long now = WebhookCalls.now();
            String text = body + path + status;
            assertThat(signed(path + status, text, now).statusCode()).isEqualTo(status);
            assertThat(signed(path + status, text, now).statusCode()).isEqualTo(204);
            assertThat(signed(path + status, text, now).statusCode()).isEqualTo(401);
            assertThat(INVOCATIONS).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 200, 202, 302, 400, 401, 403, 404, 409, 410, 422, 426 })
    void finalStatus_webhookIsNotAcceptedAgain(int status) {
        for (String path : new String[] { "/hooks/status/", "/hooks/status-uni/" }) {
            INVOCATIONS.set(0);
            long now = WebhookCalls.now();
            String text = body + path + status;
            assertThat(signed(path + status, text, now).statusCode()).isEqualTo(status);
            assertThat(signed(path + status, text, now).statusCode()).isEqualTo(401);
            assertThat(INVOCATIONS).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "/hooks/never", "/hooks/breaks" })
    void responseNotDelivered_webhookIsAcceptedAgain(String path) throws IOException {
        INVOCATIONS.set(0);
        long now = WebhookCalls.now();
        String signature = WebhookCalls.sign(WebhookCalls.KEY, body, now);
        try (SlowWebhook sender = new SlowWebhook(path, signature, now, body.getBytes(StandardCharsets.UTF_8).length)) {
            sender.send(body);
            await().until(() -> INVOCATIONS.get() == 1);
            if (path.endsWith("breaks")) {
                sender.answer();
            }
        }
        await().until(() -> calls.send(path, body, signature, "" + now).statusCode() == 200);
        assertThat(INVOCATIONS).hasValue(2);
        assertThat(calls.send(path, body, signature, "" + now).statusCode()).isEqualTo(401);
    }

    @Test
    void announcedLength_tooLarge_isRejectedBeforeTheBody() throws IOException {
        long now = WebhookCalls.now();
        for (String length : new String[] { "2049", "20479", "999999999999999999" }) {
            try (SlowWebhook sender = new SlowWebhook("/hooks/small", "0".repeat(64), now, Long.parseLong(length))) {
                assertThat(sender.answer()).startsWith("HTTP/1.1 413").containsIgnoringCase("connection: close");
            }
        }
        assertThat(calls.log()).allMatch(line -> line.startsWith("HUME0047")).hasSizeBetween(2, 3);
        String most = "z".repeat(2048);
        assertThat(signed("/hooks/small", most, now).statusCode()).isEqualTo(200);
        assertThat(signedInChunks("/hooks/small", most + "z").statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = { "stalls", "drips" })
    void body_tooSlow_isAnsweredAndTheConnectionIsClosed(String manner) throws Exception {
        try (SlowWebhook sender = new SlowWebhook("/hooks/small", "0".repeat(64), WebhookCalls.now(), 1000)) {
            Thread drip = new Thread(() -> sender.drip(20));
            if (manner.equals("drips")) {
                drip.start();
            }
            sender.send("x");
            // Read to its end, so the server has closed the connection.
            assertThat(sender.answer()).startsWith("HTTP/1.1 408").containsIgnoringCase("connection: close")
                    .contains("\"status\":408");
            drip.join();
        }
        assertThat(calls.log()).singleElement().asString().startsWith("HUME0052");
    }

    @Test
    void senderWithoutAByte_isAnsweredInTime() throws IOException {
        try (SlowWebhook sender = new SlowWebhook("/hooks/small", "0".repeat(64), WebhookCalls.now(), 1000)) {
            assertThat(sender.answer()).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void stalledSenders_evictEachOtherAndNotGenuineWebhooks() throws IOException {
        List<SlowWebhook> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                stalled.add(new SlowWebhook(i % 2 == 0 ? "/hooks" : "/hooks/uni", "0".repeat(64), WebhookCalls.now(), 20_000));
                stalled.get(i).send("x".repeat(10_000));
                assertThat(calls.deliver("/hooks", WebhookCalls.KEY, WebhookCalls.body()).statusCode()).isEqualTo(200);
            }
            // 100 KB have room for four of them.
            for (SlowWebhook first : stalled.subList(0, 25)) {
                assertThat(first.answer()).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1")
                        .containsIgnoringCase("connection: close");
            }
        } finally {
            for (SlowWebhook sender : stalled) {
                sender.close();
            }
        }
        assertThat(calls.log()).hasSizeGreaterThanOrEqualTo(25).allMatch(line -> line.startsWith("HUME0053"));
        // Those that left have freed their share.
        assertThat(signedInChunks("/hooks", "y".repeat(20 * 1024)).statusCode()).isEqualTo(200);
    }

    @Test
    void webhookThatFailed_mayComeAgain() {
        for (String path : new String[] { "/hooks/throws", "/hooks/unavailable" }) {
            INVOCATIONS.set(0);
            long now = WebhookCalls.now();
            assertThat(signed(path, body + path, now).statusCode()).isGreaterThanOrEqualTo(500);
            // It is released just after the answer is sent.
            await().until(() -> signed(path, body + path, now).statusCode() < 300);
            assertThat(signed(path, body + path, now).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void webhookRejectedByTheApplication_isNotAcceptedAgain() {
        long now = WebhookCalls.now();
        assertThat(signed("/hooks/rejects", body, now).statusCode()).isEqualTo(422);
        assertThat(signed("/hooks/rejects", body, now).statusCode()).isEqualTo(401);
    }
}
