package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.BasicWebSocketConnector;

/** The default proxy applies to accounts that name no proxy configuration, and not to one with {@code none}. */
class DefaultProxyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(TlsGateway.class, ConnectProxy.class, VoiceClient.class))
            .setBeforeAllCustomizer(() -> {
                TlsGateway.start();
                ConnectProxy.start();
            })
            .overrideConfigKey("quarkus.tls.gateway.key-store.pem.0.cert", "${gateway.directory}/client.crt")
            .overrideConfigKey("quarkus.tls.gateway.key-store.pem.0.key", "${gateway.directory}/client.key")
            .overrideConfigKey("quarkus.tls.gateway.trust-store.pem.certs", "${gateway.directory}/client-ca.crt")
            .overrideConfigKey("quarkus.proxy.host", "localhost")
            .overrideConfigKey("quarkus.proxy.port", "${proxy.port}")
            .overrideConfigKey("quarkus.proxy.username", "user")
            .overrideConfigKey("quarkus.proxy.password", "password")
            .overrideConfigKey("hume.api-key", "key")
            .overrideConfigKey("hume.secret-key", "secret")
            .overrideConfigKey("hume.base-url", "https://localhost:${gateway.port}")
            .overrideConfigKey("hume.accounts.\"direct\".token.timeout", "30S")
            .overrideConfigKey("hume.token.timeout", "30S")
            .overrideConfigKey("hume.tls-configuration-name", "gateway")
            .overrideConfigKey("hume.accounts.\"direct\".api-key", "key")
            .overrideConfigKey("hume.accounts.\"direct\".secret-key", "secret")
            .overrideConfigKey("hume.accounts.\"direct\".base-url", "https://localhost:${gateway.port}")
            .overrideConfigKey("hume.accounts.\"direct\".tls-configuration-name", "gateway")
            .overrideConfigKey("hume.accounts.\"direct\".proxy-configuration-name", "none");

    @RestClient
    VoiceClient voice;
    @Inject
    HumeTokens tokens;
    @Inject
    @HumeAccount("direct")
    HumeTokens directTokens;
    @Inject
    HumeWebSockets sockets;
    @Inject
    @HumeAccount("direct")
    HumeWebSockets directSockets;

    @BeforeEach
    void forget() {
        tokens.await();
        directTokens.await();
        ConnectProxy.forget();
        TlsGateway.forget();
    }

    private static void connect(HumeWebSockets sockets) {
        URI uri = URI.create("wss://localhost:" + System.getProperty("gateway.port") + "/v0/evi/chat");
        sockets.connect(uri, BasicWebSocketConnector::create).await().indefinitely().closeAndAwait();
    }

    @Test
    void accountWithoutAName_usesTheDefaultProxy() {
        tokens.reject(tokens.await());
        tokens.await();
        voice.plain();
        connect(sockets);
        assertThat(TlsGateway.seen()).hasSize(3);
        assertThat(ConnectProxy.tunnels()).hasSize(3);
    }

    @Test
    void accountWithNone_usesNone() {
        directTokens.reject(directTokens.await());
        directTokens.await();
        connect(directSockets);
        assertThat(TlsGateway.seen()).hasSize(2);
        assertThat(ConnectProxy.tunnels()).isEmpty();
    }
}
