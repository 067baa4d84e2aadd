package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** Bodies that are too large, a memory for replays that is too small, and webhooks that the application fails to handle. */
class WebhookLimitsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(WebhookCalls.class))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.http.limits.max-body-size", "20K")
            .overrideConfigKey("hume.webhook.signing-key", WebhookCalls.KEY)
            .overrideConfigKey("hume.webhook.tolerance", "10S")
            .overrideConfigKey("hume.webhook.clock-skew", "0S")
            .overrideConfigKey("hume.accounts.\"small\".webhook.signing-key", WebhookCalls.KEY)
            .overrideConfigKey("hume.accounts.\"small\".webhook.replay-limit", "2");

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
            assertThat(calls.log()).singleElement().asString().startsWith("HUME0047").contains(" 20480 bytes");
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
    void memoryThatIsFull_refusesWhatMayHaveBeenThere() {
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
    void webhookThatTheApplicationRejects_mayNotComeAgain() {
        long now = WebhookCalls.now();
        assertThat(signed("/hooks/rejects", body, now).statusCode()).isEqualTo(422);
        assertThat(signed("/hooks/rejects", body, now).statusCode()).isEqualTo(401);
    }
}
