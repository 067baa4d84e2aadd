package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** Webhooks of every kind of body, and every rejection, over the wire. */
class WebhookTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(WebhookCalls.class))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.log.category.\"io.quarkiverse.hume\".level", "DEBUG")
            .overrideConfigKey("hume.webhook.signing-key", WebhookCalls.KEY);

    static final AtomicInteger INVOCATIONS = new AtomicInteger();
    static final AtomicInteger FILTERED = new AtomicInteger();

    @Path("/hooks")
    public static class Hooks {

        @POST
        @Path("/text")
        @HumeWebhook
        public String text(String body) {
            return answer(body);
        }

        @POST
        @Path("/text-uni")
        @HumeWebhook
        public Uni<String> textUni(String body) {
            return Uni.createFrom().item(answer(body));
        }

        @POST
        @Path("/bytes")
        @HumeWebhook
        public String bytes(byte[] body) {
            return answer(new String(body, StandardCharsets.UTF_8));
        }

        @POST
        @Path("/bytes-uni")
        @HumeWebhook
        public Uni<String> bytesUni(byte[] body) {
            return Uni.createFrom().item(answer(new String(body, StandardCharsets.UTF_8)));
        }

        @POST
        @Path("/stream")
        @HumeWebhook
        public String stream(InputStream body) throws IOException {
            return answer(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }

        @POST
        @Path("/stream-uni")
        @HumeWebhook
        public Uni<String> streamUni(InputStream body) throws IOException {
            return Uni.createFrom().item(answer(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
        }

        @POST
        @Path("/json")
        @HumeWebhook
        public String json(JsonNode body) {
            return answer(body.toString());
        }

        @POST
        @Path("/json-uni")
        @HumeWebhook
        public Uni<String> jsonUni(JsonNode body) {
            return Uni.createFrom().item(answer(body.toString()));
        }

        @POST
        @Path("/pojo")
        @HumeWebhook
        @Blocking
        public String pojo(Event body) {
            return answer("{\"event_name\":\"" + body.event_name + "\",\"note\":\"" + body.note + "\"}");
        }

        @POST
        @Path("/pojo-uni")
        @HumeWebhook
        @NonBlocking
        public Uni<String> pojoUni(Event body) {
            return Uni.createFrom().item(pojo(body));
        }

        @POST
        @Path("/nothing")
        @HumeWebhook
        public String nothing() {
            return answer("");
        }

        @POST
        @Path("/open")
        public String open(String body) {
            return answer(body);
        }
    }

    @Path("/class")
    @HumeWebhook
    public static class OnClass {
        @POST
        public String post(String body) {
            return answer(body);
        }

        @GET
        public String get() {
            return answer("");
        }
    }

    @Path("/interface")
    public interface OnInterface {
        @POST
        @HumeWebhook
        String post(String body);
    }

    public static class Implementation implements OnInterface {
        @Override
        public String post(String body) {
            return answer(body);
        }
    }

    @Path("/implementation")
    public interface Plain {
        @POST
        String post(String body);
    }

    public static class AnnotatedImplementation implements Plain {
        @Override
        @HumeWebhook
        public String post(String body) {
            return answer(body);
        }
    }

    @Path("/locator")
    public static class Locator {
        @Path("/sub")
        @HumeWebhook
        public Sub sub() {
            return new Sub();
        }
    }

    public static class Sub {
        @POST
        @HumeWebhook
        public String post(String body) {
            return answer(body);
        }
    }

    public static class Filter {
        @ServerRequestFilter
        public void count(ContainerRequestContext request) {
            FILTERED.incrementAndGet();
        }
    }

    public static class Event {
        public String event_name;
        public String note;
    }

    private static String answer(String body) {
        INVOCATIONS.incrementAndGet();
        return (BlockingOperationControl.isBlockingAllowed() ? "worker " : "loop ") + body;
    }

    private WebhookCalls calls;
    private String body;

    @BeforeEach
    void count() {
        calls = new WebhookCalls();
        body = WebhookCalls.body();
        INVOCATIONS.set(0);
        FILTERED.set(0);
    }

    @AfterEach
    void end() {
        calls.end();
    }

    @ParameterizedTest
    @ValueSource(strings = { "text", "bytes", "stream", "json", "pojo", "nothing" })
    void genuine_blockingMethod_hasTheBodyOnAWorker(String path) {
        HttpResponse<String> response = calls.deliver("/hooks/" + path, WebhookCalls.KEY, body);
        assertThat(response.body()).isEqualTo("worker " + (path.equals("nothing") ? "" : body));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(calls.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "text", "bytes", "stream", "json", "pojo" })
    void genuine_nonBlockingMethod_hasTheBodyOnTheEventLoop(String path) {
        HttpResponse<String> response = calls.deliver("/hooks/" + path + "-uni", WebhookCalls.KEY, body);
        assertThat(response.body()).isEqualTo("loop " + body);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(calls.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/hooks/text", "/hooks/text-uni", "/hooks/json", "/hooks/json-uni" })
    void large_inChunks_isAccepted(String path) {
        String large = "{\"text\":\"" + "x".repeat(400_000) + body.length() + path + "\"}";
        long now = WebhookCalls.now();
        HttpResponse<String> response = calls.sendChunked(path, large, WebhookCalls.sign(WebhookCalls.KEY, large, now),
                String.valueOf(now));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).endsWith(" " + large);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/class", "/interface", "/implementation", "/locator/sub" })
    void annotationElsewhere_isEffective(String path) {
        assertThat(calls.deliver(path, WebhookCalls.KEY, body).statusCode()).isEqualTo(200);
        assertThat(calls.deliver(path, "another", WebhookCalls.body()).statusCode()).isEqualTo(401);
        assertThat(calls.log()).singleElement().asString().startsWith("HUME0042");
        assertThat(INVOCATIONS).hasValue(1);
    }

    @Test
    void classAnnotation_appliesToMethodsWithoutBody() {
        assertThat(calls.send(calls.request("/class", null, null).GET()).statusCode()).isEqualTo(401);
        long now = WebhookCalls.now();
        assertThat(calls.send(calls.request("/class", WebhookCalls.sign(WebhookCalls.KEY, "", now), "" + now).GET())
                .statusCode()).isEqualTo(200);
    }

    @Test
    void otherMethods_areOpen() {
        assertThat(calls.send("/hooks/open", "x", null, null).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "text", "text-uni", "json", "pojo-uni", "nothing" })
    void forged_isRejectedBeforeFiltersAndParsing(String path) {
        // No JSON: were it parsed first, the answer would be another one.
        assertRejected(calls.deliver("/hooks/" + path, "another", "no JSON"), 401,
                "HUME0042: a webhook for the default Hume account was rejected at ");
        assertThat(FILTERED).hasValue(0);
        assertThat(calls.deliver("/hooks/text", WebhookCalls.KEY, "no JSON " + path).statusCode()).isEqualTo(200);
        assertThat(FILTERED).hasValue(1);
    }

    @Test
    void changedBody_isRejected() {
        long now = WebhookCalls.now();
        String signature = WebhookCalls.sign(WebhookCalls.KEY, body, now);
        assertRejected(calls.send("/hooks/text", body + " ", signature, "" + now), 401, "HUME0042");
        assertRejected(calls.send("/hooks/text", body, signature, "" + (now - 1)), 401, "HUME0042");
    }

    @Test
    void missingHeader_isRejected() {
        long now = WebhookCalls.now();
        String signature = WebhookCalls.sign(WebhookCalls.KEY, body, now);
        assertRejected(calls.send("/hooks/text", body, null, "" + now), 401, "HUME0040");
        assertRejected(calls.send("/hooks/text-uni", body, signature, null), 401, "HUME0040");
        assertRejected(calls.send("/hooks/text", body, null, null), 401, "HUME0040");
    }

    @Test
    void malformedHeader_isRejected() {
        long now = WebhookCalls.now();
        String signature = WebhookCalls.sign(WebhookCalls.KEY, body, now);
        for (String malformed : new String[] { signature.toUpperCase(Locale.ROOT), signature.substring(1), "zz" }) {
            assertRejected(calls.send("/hooks/text", body, malformed, "" + now), 400, "HUME0041");
        }
        assertRejected(calls.send("/hooks/text-uni", body, signature, now + "000"), 400, "HUME0041");
        assertRejected(calls.send("/hooks/text", body, signature, "now"), 400, "HUME0041");
        assertRejected(calls.send(calls.request("/hooks/text", signature, "" + now)
                .header("X-Hume-AI-Webhook-Timestamp", "1").POST(BodyPublishers.ofString(body))), 400,
                "HUME0041");
    }

    @ParameterizedTest
    @CsvSource({ "-300,HUME0043", "-190,HUME0043", "60,HUME0044", "86400,HUME0044" })
    void untimely_isRejected(long offset, String code) {
        long timestamp = WebhookCalls.now() + offset;
        String signature = WebhookCalls.sign(WebhookCalls.KEY, body, timestamp);
        assertRejected(calls.send("/hooks/text", body, signature, "" + timestamp), 401, code);
    }

    @ParameterizedTest
    @ValueSource(longs = { -170, 20 })
    void withinTheTolerance_isAccepted(long offset) {
        long timestamp = WebhookCalls.now() + offset;
        String signature = WebhookCalls.sign(WebhookCalls.KEY, body, timestamp);
        assertThat(calls.send("/hooks/text", body, signature, "" + timestamp).statusCode()).isEqualTo(200);
    }

    @Test
    void replay_isRejectedAtEveryResourceOfTheAccount() {
        long now = WebhookCalls.now();
        String signature = WebhookCalls.sign(WebhookCalls.KEY, "replayed", now);
        assertThat(calls.send("/hooks/text", "replayed", signature, "" + now).statusCode()).isEqualTo(200);
        INVOCATIONS.set(0);
        assertRejected(calls.send("/hooks/text", "replayed", signature, "" + now), 401, "HUME0045");
        assertRejected(calls.send("/hooks/bytes-uni", "replayed", signature, "" + now), 401, "HUME0045");
    }

    @Test
    void rejectionWithoutReadingTheBody_leavesTheConnectionUsable() {
        for (int i = 0; i < 5; i++) {
            assertThat(calls.send("/hooks/text", "x".repeat(400_000), null, null).statusCode()).isEqualTo(401);
            assertThat(calls.deliver("/hooks/text-uni", WebhookCalls.KEY, WebhookCalls.body()).statusCode()).isEqualTo(200);
        }
    }

    /** Status, a problem as body that does not say why, and the reason in the log without body or key. */
    private void assertRejected(HttpResponse<String> response, int status, String logged) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isEqualTo(status == 400 ? "Bad Request" : "Unauthorized");
        assertThat(problem.getString("detail")).isEqualTo(status == 400 ? "The signature headers of the webhook are malformed."
                : "The webhook could not be verified.");
        assertThat(response.headers().firstValue("WWW-Authenticate").isPresent()).isEqualTo(status == 401);
        assertThat(calls.log()).singleElement().asString().startsWith(logged).contains("WebhookTest$Hooks#")
                .doesNotContain("s3cr3t", "chat_ended", "no JSON");
        assertThat(INVOCATIONS).hasValue(0);
    }
}
