package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;

/** The span of a token request, and URLs of spans without credentials. */
class TracingTest {

    static final String SPAN = "hume token request";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.TRACING))
            .withApplicationRoot(jar -> jar.addClasses(ForcedExtensions.class, ApplicationToken.class, BrowserCall.class,
                    BrowserCall.Answer.class,
                    VoiceClient.class, SpanRecorder.class))
            .overrideConfigKey("quarkus.otel.traces.exporter", "none")
            .overrideConfigKey("quarkus.rest-client.careless.url", "http://localhost:${quarkus.http.test-port:8081}")
            .overrideConfigKey("hume.token.check-every", "1H")
            .overrideConfigKey("hume.token.retry.delay", "1MS")
            .overrideConfigKey("hume.token.retry.max-delay", "2MS");

    @Path("/careless")
    public static class Careless {

        @GET
        public String get(@QueryParam("voice") String voice) {
            if (voice.equals("broken")) {
                throw new IllegalStateException("for this test");
            }
            return voice;
        }
    }

    @Path("/careless")
    @RegisterRestClient(configKey = "careless")
    public interface CarelessClient {

        @GET
        String get(@RestQuery("api_key") String first, @RestQuery String voice, @RestQuery("accessToken") String last);
    }

    @WebSocket(path = "/v0/evi/chat")
    public static class Chat {
        @OnTextMessage
        String received(String message) {
            return message;
        }
    }

    @RestClient
    VoiceClient voice;
    @RestClient
    CarelessClient careless;
    @Inject
    HumeTokens tokens;
    @Inject
    HumeWebSockets sockets;
    @Inject
    SpanRecorder recorder;

    @BeforeEach
    void forget() {
        ApplicationToken.renew();
        recorder.clear();
    }

    @Test
    void tokenRequest_isASpanAroundTheRestClients() {
        tokens.reject(tokens.await());
        tokens.await();
        SpanData span = only(SPAN);
        assertThat(SpanRecorder.attributes(span)).containsEntry("hume.account", "<default>")
                .containsEntry("hume.token.outcome", "success").doesNotContainKey("error.type");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getParentSpanContext().isValid()).as("a root").isFalse();
        assertThat(recorder.childrenOf(span)).singleElement().satisfies(attempt -> assertThat(
                SpanRecorder.attributes(attempt)).containsEntry("http.response.status_code", "200")
                .hasEntrySatisfying("url.full", url -> assertThat(url).endsWith("/oauth2-cc/token")));
    }

    @Test
    void everyAttempt_isAChild() {
        HumeEmulator.connect().tokenEndpoint().fail(HumeFault.status(503).times(1));
        tokens.reject(tokens.await());
        tokens.await();
        SpanData span = only(SPAN);
        await().until(() -> recorder.childrenOf(span).size() == 2);
        assertThat(recorder.childrenOf(span)).extracting(
                attempt -> SpanRecorder.attributes(attempt).get("http.response.status_code")).containsExactly("503", "200");
        assertThat(SpanRecorder.attributes(span)).containsEntry("hume.token.outcome", "success");
    }

    @Test
    void rejectedKeys_areAnErrorWithItsKind() {
        ApplicationToken.expire();
        recorder.clear();
        HumeEmulator.connect().tokenEndpoint().fail(401);
        assertThatThrownBy(tokens::await).isInstanceOf(HumeAuthenticationException.class);
        SpanData span = only(SPAN);
        assertThat(SpanRecorder.attributes(span)).containsEntry("hume.token.outcome", "credentials_rejected")
                .containsEntry("error.type", "credentials_rejected");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getEvents()).isEmpty();
    }

    @Test
    void callThatCausesTheTokenRequest_isNotItsParentSpan() {
        tokens.reject(tokens.await());
        assertThatThrownBy(() -> voice.post("anything")).hasMessageContaining("404");
        await().until(() -> attributes("url.full").stream().anyMatch(url -> url.endsWith("/v0/evi/echo")));
        SpanData span = only(SPAN);
        assertThat(recorder.spans()).filteredOn(other -> other.getTraceId().equals(span.getTraceId())).hasSize(2);
        assertThat(recorder.spans()).filteredOn(other -> SpanRecorder.attributes(other).getOrDefault("url.full", "")
                .endsWith("/v0/evi/echo")).singleElement().satisfies(call -> {
                    assertThat(call.getTraceId()).isNotEqualTo(span.getTraceId());
                    assertThat(call.getParentSpanContext().isValid()).isFalse();
                });
    }

    @Test
    void credentialsInUrls_areRedactedAndTheRestIsKept() {
        careless.get("canary-key", "ito", "canary-token");
        assertThatThrownBy(() -> careless.get("canary-key", "broken", "canary-token")).hasMessageContaining("500");
        await().until(() -> attributes("url.query").size() >= 2 && attributes("url.full").size() >= 2);
        assertThat(recorder.lines()).noneMatch(line -> line.contains("canary"));
        assertThat(attributes("url.full")).anyMatch(url -> url
                .endsWith("/careless?api_key=REDACTED&voice=ito&accessToken=REDACTED"))
                .anyMatch(url -> url.endsWith("/careless?api_key=REDACTED&voice=broken&accessToken=REDACTED"));
        assertThat(attributes("url.query")).contains("api_key=REDACTED&voice=ito&accessToken=REDACTED",
                "api_key=REDACTED&voice=broken&accessToken=REDACTED");
    }

    @Test
    void handshakeWithTheTokenInItsQuery_isRedacted() {
        String token = tokens.await().value();
        String server = "ws://localhost:" + ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
        sockets.connect(URI.create(server + "/v0/evi/chat?config_id=c1"), BasicWebSocketConnector::create).await()
                .indefinitely().closeAndAwait();
        assertThatThrownBy(() -> sockets.connect(URI.create(server + "/v0/evi/nowhere"), BasicWebSocketConnector::create)
                .await().indefinitely()).isNotNull();
        await().until(() -> attributes("url.query").contains("access_token=REDACTED"));
        assertThat(attributes("url.query")).contains("config_id=c1&access_token=REDACTED");
        assertThat(recorder.lines()).noneMatch(line -> line.contains(token));
    }

    private List<String> attributes(String name) {
        return recorder.spans().stream().map(span -> SpanRecorder.attributes(span).get(name)).filter(value -> value != null)
                .toList();
    }

    private SpanData only(String name) {
        await().until(() -> !recorder.named(name).isEmpty());
        assertThat(recorder.named(name)).hasSize(1);
        return recorder.named(name).get(0);
    }
}
