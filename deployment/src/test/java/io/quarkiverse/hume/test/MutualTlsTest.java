package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocketClient;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.quarkus.websockets.next.WebSocketConnector;

/**
 * A gateway in front of Hume that requires a client certificate: one TLS configuration of the account applies to all
 * connections.
 */
class MutualTlsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(TlsGateway.class, VoiceClient.class, Chat.class, Own.class,
                    BrowserCall.class, BrowserCall.Answer.class))
            .setBeforeAllCustomizer(TlsGateway::start)
            .overrideConfigKey("quarkus.tls.gateway.key-store.pem.0.cert", "${gateway.directory}/client.crt")
            .overrideConfigKey("quarkus.tls.gateway.key-store.pem.0.key", "${gateway.directory}/client.key")
            .overrideConfigKey("quarkus.tls.gateway.trust-store.pem.certs", "${gateway.directory}/client-ca.crt")
            .overrideConfigKey("quarkus.tls.gateway.reload-period", "1S")
            .overrideConfigKey("quarkus.rest-client.own.tls-configuration-name", "javax.net.ssl")
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.public-access", "true")
            .overrideConfigKey("hume.relay.allow", "GET /v0/evi/configs")
            .overrideConfigKey("hume.relay.requests-per-minute", "10000")
            .overrideConfigKey("hume.api-key", "key")
            .overrideConfigKey("hume.secret-key", "secret")
            .overrideConfigKey("hume.base-url", "https://localhost:${gateway.port}")
            .overrideConfigKey("hume.token.timeout", "30S")
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            .overrideConfigKey("hume.token.retry.max-retries", "0")
            .overrideConfigKey("hume.token.retry.delay", "10MS")
            .overrideConfigKey("hume.token.retry.max-delay", "20MS")
            .overrideConfigKey("hume.tls-configuration-name", "gateway");

    private static final BlockingQueue<String> RECEIVED = new LinkedBlockingQueue<>();

    @WebSocketClient(path = "/v0/evi/chat", clientId = "gateway-chat")
    @HumeAuthenticated
    public static class Chat {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "own")
    @HumeAuthenticated
    public interface Own {
        @GET
        String get();
    }

    @RestClient
    VoiceClient voice;
    @RestClient
    Own own;
    @Inject
    AccountRegistry accounts;
    @Inject
    HumeWebSockets sockets;
    @Inject
    WebSocketConnector<Chat> chat;

    @BeforeEach
    void firstCertificates() {
        TlsGateway.mount("first");
        TlsGateway.switchTo("first");
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> voice.plain() != null);
        TlsGateway.forget();
    }

    private static int relayed() {
        return BrowserCall.anonymous().get("/hume/relay/v0/evi/configs").status();
    }

    private void renewTheToken() {
        accounts.get(HumeAccount.DEFAULT).renewToken().toCompletableFuture().join();
    }

    private static void echo(WebSocketClientConnection connection) throws InterruptedException {
        connection.sendTextAndAwait("hello");
        assertThat(RECEIVED.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
        connection.closeAndAwait();
    }

    @Test
    void tokenRequestAndCall_carryTheClientCertificate() {
        renewTheToken();
        assertThat(voice.plain()).contains("configs_page");
        String client = TlsGateway.clientOf("first");
        assertThat(TlsGateway.seen()).extracting(line -> line.replaceFirst("Basic .*", "Basic")).containsExactly(
                "/oauth2-cc/token " + client + " Basic", "/v0/evi/configs " + client + " Bearer of-the-gateway");
    }

    @Test
    void handshakes_carryTheClientCertificate() throws Exception {
        echo(sockets.connect(URI.create("wss://localhost:" + System.getProperty("gateway.port") + "/v0/evi/chat"),
                () -> BasicWebSocketConnector.create().onTextMessage((connection, message) -> RECEIVED.add(message)))
                .await().indefinitely());
        echo(chat.connectAndAwait());
        String client = TlsGateway.clientOf("first");
        assertThat(TlsGateway.seen()).filteredOn(line -> line.contains("/chat")).containsExactly(
                "/v0/evi/chat " + client + " null access_token=of-the-gateway",
                "/v0/evi/chat " + client + " Bearer of-the-gateway null");
    }

    @Test
    void tlsConfigurationOfTheClient_takesPrecedenceOverTheAccounts() {
        voice.plain();
        TlsGateway.forget();
        URI uri = URI.create("wss://localhost:" + System.getProperty("gateway.port") + "/v0/evi/chat");
        assertThatThrownBy(() -> own.get()).hasStackTraceContaining("SSLHandshakeException");
        assertThatThrownBy(() -> chat.tlsConfigurationName("javax.net.ssl").connectAndAwait())
                .hasStackTraceContaining("SSLHandshakeException");
        assertThatThrownBy(() -> sockets.connect(uri, () -> BasicWebSocketConnector.create()
                .tlsConfigurationName("javax.net.ssl")).await().indefinitely())
                .hasStackTraceContaining("SSLHandshakeException");
        assertThatThrownBy(() -> sockets.connect(uri, () -> BasicWebSocketConnector.create()
                .customizeOptions((connection, options) -> options.setTrustAll(true))).await().indefinitely())
                .as("trusts everything, and has no certificate").isInstanceOf(Exception.class);
        assertThat(TlsGateway.seen()).isEmpty();
    }

    @Test
    void replacedCertificates_areUsedForTheNextRequest() throws Exception {
        voice.plain();
        assertThat(relayed()).isEqualTo(200);
        TlsGateway.switchTo("second");
        TlsGateway.mount("second");
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
            renewTheToken();
            return voice.plain() != null && relayed() == 200;
        });
        TlsGateway.forget();
        renewTheToken();
        voice.plain();
        assertThat(relayed()).isEqualTo(200);
        echo(chat.connectAndAwait());
        assertThat(TlsGateway.seen()).hasSize(4).allMatch(line -> line.contains(" " + TlsGateway.clientOf("second") + " "));
        assertThat(Stream.of("first", "second").map(TlsGateway::clientOf).distinct()).hasSize(2);
    }
}
