package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

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
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocketClient;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.quarkus.websockets.next.WebSocketConnector;
import io.vertx.core.net.ProxyOptions;

/**
 * A proxy in front of Hume: one proxy configuration of the account applies to all connections except those with their own
 * configuration.
 */
class ProxyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(TlsGateway.class, ConnectProxy.class, VoiceClient.class, Chat.class,
                    Direct.class, BrowserCall.class, BrowserCall.Answer.class, RawHandshake.class))
            .setBeforeAllCustomizer(() -> {
                TlsGateway.start();
                ConnectProxy.start();
            })
            .overrideConfigKey("quarkus.tls.gateway.key-store.pem.0.cert", "${gateway.directory}/client.crt")
            .overrideConfigKey("quarkus.tls.gateway.key-store.pem.0.key", "${gateway.directory}/client.key")
            .overrideConfigKey("quarkus.tls.gateway.trust-store.pem.certs", "${gateway.directory}/client-ca.crt")
            .overrideConfigKey("quarkus.proxy.corporate.host", "localhost")
            .overrideConfigKey("quarkus.proxy.corporate.port", "${proxy.port}")
            .overrideConfigKey("quarkus.proxy.corporate.username", "user")
            .overrideConfigKey("quarkus.proxy.corporate.password", "password")
            .overrideConfigKey("quarkus.proxy.exempt.host", "localhost")
            .overrideConfigKey("quarkus.proxy.exempt.port", "${proxy.port}")
            .overrideConfigKey("quarkus.proxy.exempt.non-proxy-hosts", "intranet.example,localhost")
            .overrideConfigKey("quarkus.rest-client.direct.proxy-configuration-name", "none")
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.public-access", "true")
            .overrideConfigKey("hume.relay.allow", "GET /v0/evi/configs,WS /v0/evi/chat")
            .overrideConfigKey("hume.api-key", "key")
            .overrideConfigKey("hume.secret-key", "secret")
            .overrideConfigKey("hume.base-url", "https://localhost:${gateway.port}")
            .overrideConfigKey("hume.accounts.\"exempt\".token.timeout", "30S")
            .overrideConfigKey("hume.token.timeout", "30S")
            .overrideConfigKey("hume.tls-configuration-name", "gateway")
            .overrideConfigKey("hume.proxy-configuration-name", "corporate")
            .overrideConfigKey("hume.accounts.\"exempt\".api-key", "key")
            .overrideConfigKey("hume.accounts.\"exempt\".secret-key", "secret")
            .overrideConfigKey("hume.accounts.\"exempt\".base-url", "https://localhost:${gateway.port}")
            .overrideConfigKey("hume.accounts.\"exempt\".tls-configuration-name", "gateway")
            .overrideConfigKey("hume.accounts.\"exempt\".proxy-configuration-name", "exempt");

    private static final BlockingQueue<String> RECEIVED = new LinkedBlockingQueue<>();

    @WebSocketClient(path = "/v0/evi/chat", clientId = "proxied-chat")
    @HumeAuthenticated
    public static class Chat {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "direct")
    @HumeAuthenticated
    public interface Direct {
        @GET
        String get();
    }

    @RestClient
    VoiceClient voice;
    @RestClient
    Direct direct;
    @Inject
    HumeTokens tokens;
    @Inject
    @HumeAccount("exempt")
    HumeTokens exemptTokens;
    @Inject
    HumeWebSockets sockets;
    @Inject
    @HumeAccount("exempt")
    HumeWebSockets exemptSockets;
    @Inject
    WebSocketConnector<Chat> chat;

    @BeforeEach
    void forget() {
        // Those of the start, which would otherwise be seen during a test.
        tokens.await();
        exemptTokens.await();
        ConnectProxy.forget();
        TlsGateway.forget();
    }

    private static String gateway() {
        return "localhost:" + System.getProperty("gateway.port");
    }

    private static BasicWebSocketConnector connector() {
        return BasicWebSocketConnector.create().onTextMessage((connection, message) -> RECEIVED.add(message));
    }

    private static void echo(WebSocketClientConnection connection) throws InterruptedException {
        connection.sendTextAndAwait("hello");
        assertThat(RECEIVED.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
        connection.closeAndAwait();
    }

    @Test
    void tokenRequest_goesThroughTheProxy() {
        tokens.reject(tokens.await());
        tokens.await();
        assertThat(ConnectProxy.tunnels()).containsExactly(gateway());
        assertThat(TlsGateway.seen()).singleElement().asString().startsWith("/oauth2-cc/token ");
    }

    @Test
    void call_goesThroughTheProxy() {
        voice.plain();
        assertThat(ConnectProxy.tunnels()).containsExactly(gateway());
    }

    @Test
    void callOfAClientWithItsOwnProxyConfiguration_doesNotUseTheAccountsProxy() {
        direct.get();
        assertThat(TlsGateway.seen()).hasSize(1);
        assertThat(ConnectProxy.tunnels()).isEmpty();
    }

    @Test
    void handshakes_goThroughTheProxy() throws Exception {
        echo(sockets.connect(URI.create("wss://" + gateway() + "/v0/evi/chat"), ProxyTest::connector).await()
                .indefinitely());
        echo(chat.connectAndAwait());
        assertThat(ConnectProxy.tunnels()).containsExactly(gateway(), gateway());
    }

    @Test
    void relay_usesTheProxyAndTheClientCertificate() {
        assertThat(BrowserCall.anonymous().get("/hume/relay/v0/evi/configs").status()).isEqualTo(200);
        assertThat(RawHandshake.status(RawHandshake.head("/hume/relay/v0/evi/chat"))).isEqualTo(101);
        assertThat(ConnectProxy.tunnels()).containsExactly(gateway(), gateway());
        String client = TlsGateway.clientOf("first");
        assertThat(TlsGateway.seen()).extracting(line -> line.replaceFirst("(access_token=|Bearer ).*", "token"))
                .containsExactly("/v0/evi/configs " + client + " token", "/v0/evi/chat " + client + " null token");
    }

    @Test
    void handshakeWithAProxyOfTheConnector_goesThroughThat() {
        assertThat(sockets.connect(URI.create("wss://" + gateway() + "/v0/evi/chat"),
                () -> connector().customizeOptions((connection, options) -> options
                        .setProxyOptions(new ProxyOptions().setHost("localhost").setPort(1))))
                .onFailure().recoverWithNull().await().indefinitely()).isNull();
        assertThat(ConnectProxy.tunnels()).isEmpty();
        assertThat(TlsGateway.seen()).isEmpty();
    }

    @Test
    void hostsThatAreExempt_areReachedDirectly() throws Exception {
        exemptTokens.reject(exemptTokens.await());
        exemptTokens.await();
        echo(exemptSockets.connect(URI.create("wss://" + gateway() + "/v0/evi/chat"), ProxyTest::connector).await()
                .indefinitely());
        assertThat(TlsGateway.seen()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(ConnectProxy.tunnels()).isEmpty();
    }
}
