package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.rest.client.reactive.Url;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocketClient;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.quarkus.websockets.next.WebSocketConnector;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;

/**
 * Plain http to a loopback address bypasses a proxy, wherever the proxy is configured, because it could read the credential.
 * https uses the proxy.
 */
class PlainHttpProxyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ScriptedHume.class, SocketServer.class, RecordingProxy.class,
                    SecretSearch.class))
            .setBeforeAllCustomizer(() -> {
                ScriptedHume.start();
                SocketServer.start();
                RecordingProxy.start();
            })
            .overrideConfigKey("hume.api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.strategy", "api-key")
            .overrideConfigKey("hume.base-url", "${scripted.url}")
            .overrideConfigKey("hume.accounts.\"named\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"named\".api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.accounts.\"named\".base-url", "${scripted.url}")
            .overrideConfigKey("hume.accounts.\"named\".proxy-configuration-name", "corporate")
            .overrideConfigKey("hume.accounts.\"tokens\".strategy", "token")
            .overrideConfigKey("hume.accounts.\"tokens\".api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.accounts.\"tokens\".secret-key", ScriptedHume.SECRET_KEY)
            .overrideConfigKey("hume.accounts.\"tokens\".base-url", "${scripted.url}")
            .overrideConfigKey("hume.accounts.\"tokens\".token.acquire-at-startup", "false")
            .overrideConfigKey("hume.accounts.\"named-tokens\".strategy", "token")
            .overrideConfigKey("hume.accounts.\"named-tokens\".api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.accounts.\"named-tokens\".secret-key", ScriptedHume.SECRET_KEY)
            .overrideConfigKey("hume.accounts.\"named-tokens\".base-url", "${scripted.url}")
            .overrideConfigKey("hume.accounts.\"named-tokens\".token.acquire-at-startup", "false")
            .overrideConfigKey("hume.accounts.\"named-tokens\".proxy-configuration-name", "corporate")
            .overrideConfigKey("quarkus.proxy.host", "127.0.0.1")
            .overrideConfigKey("quarkus.proxy.port", "${recording.port}")
            .overrideConfigKey("quarkus.proxy.corporate.host", "127.0.0.1")
            .overrideConfigKey("quarkus.proxy.corporate.port", "${recording.port}")
            .overrideConfigKey("quarkus.proxy.corporate.non-proxy-hosts", "intranet.example")
            .overrideConfigKey("quarkus.rest-client.address.proxy-address", "127.0.0.1:${recording.port}")
            .overrideConfigKey("quarkus.rest-client.address.non-proxy-hosts", "intranet.example|*.example.com")
            .overrideConfigKey("quarkus.rest-client.configuration.proxy-configuration-name", "corporate")
            .overrideConfigKey("quarkus.rest-client.shared.shared", "true")
            .overrideConfigKey("quarkus.rest-client.shared.name", "shared")
            .overrideConfigKey("quarkus.rest-client.shared-tenants.shared", "true")
            .overrideConfigKey("quarkus.rest-client.shared-tenants.name", "shared")
            .overrideConfigKey("quarkus.rest-client.configured-header.headers.X-Hume-Api-Key", "canary-configured-key")
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.INFO.intValue())
            .assertLogRecords(records -> assertThat(SecretSearch.text(records)).contains("HUME0034"));

    private static final BlockingQueue<String> RECEIVED = new LinkedBlockingQueue<>();

    @Path("/v0/evi/configs")
    @HumeAuthenticated
    public interface Calls {
        @GET
        String get();

        @GET
        String at(@Url String url);
    }

    @RegisterRestClient(configKey = "default-proxy")
    @HumeAuthenticated
    public interface DefaultProxy extends Calls {
    }

    @RegisterRestClient(configKey = "address")
    @HumeAuthenticated
    public interface Address extends Calls {
    }

    @RegisterRestClient(configKey = "configuration")
    @HumeAuthenticated
    public interface Configuration extends Calls {
    }

    @RegisterRestClient(configKey = "shared")
    @HumeAuthenticated
    public interface Shared extends Calls {
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "of-the-account")
    @HumeAuthenticated(account = "named")
    public interface OfTheAccount {
        @GET
        String get();
    }

    public interface Tenants {
        @GET
        String get(@HeaderParam("X-Hume-Api-Key") String key);
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "default-tenants")
    @HumeAuthenticated
    public interface DefaultTenants extends Tenants {
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "shared-tenants")
    @HumeAuthenticated
    public interface SharedTenants extends Tenants {
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "configured-header")
    @HumeAuthenticated
    public interface ConfiguredHeader {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "partly")
    public interface Partly {
        @GET
        @HumeAuthenticated
        String authenticated();

        @GET
        String plain();
    }

    @WebSocketClient(path = "/v0/evi/chat", clientId = "plain-chat")
    @HumeAuthenticated
    public static class Chat {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    @RestClient
    DefaultProxy defaultProxy;
    @RestClient
    Address address;
    @RestClient
    Configuration configuration;
    @RestClient
    Shared shared;
    @RestClient
    OfTheAccount ofTheAccount;
    @RestClient
    DefaultTenants defaultTenants;
    @RestClient
    SharedTenants sharedTenants;
    @RestClient
    ConfiguredHeader configuredHeader;
    @RestClient
    Partly partly;
    @Inject
    HumeWebSockets sockets;
    @Inject
    @HumeAccount("named")
    HumeWebSockets namedSockets;
    @Inject
    WebSocketConnector<Chat> chat;
    @Inject
    @HumeAccount("tokens")
    HumeTokens tokens;
    @Inject
    @HumeAccount("named-tokens")
    HumeTokens namedTokens;

    @BeforeEach
    void forget() {
        RecordingProxy.forget();
    }

    @AfterEach
    void nothingIsRead() {
        assertThat(RecordingProxy.received()).isEmpty();
    }

    @Test
    void restClients_connectDirectly() {
        assertThat(defaultProxy.get()).contains("configs_page");
        assertThat(address.get()).contains("configs_page");
        assertThat(configuration.get()).contains("configs_page");
        assertThat(ofTheAccount.get()).contains("configs_page");
    }

    @Test
    void callsWithTheirOwnCredential_connectDirectly() {
        assertThat(defaultTenants.get("canary-key-of-the-tenant")).contains("configs_page");
        assertThat(configuredHeader.get()).contains("configs_page");
    }

    /** Authenticated calls of the same client connect directly, and reuse connections. */
    @Test
    void methodsWithoutAuthentication_connectDirectly() {
        assertThat(partly.plain()).contains("configs_page");
    }

    /** They carry both keys. */
    @Test
    void tokenRequests_connectDirectly() {
        assertThat(tokens.await().value()).startsWith(ScriptedHume.TOKEN);
        assertThat(namedTokens.await().value()).startsWith(ScriptedHume.TOKEN);
    }

    @Test
    void addressOfAParameter_isConnectedDirectly() {
        String port = System.getProperty("scripted.url").replaceFirst(".*:", "");
        assertThat(defaultProxy.at("http://localhost:" + port + "/v0/evi/configs")).contains("configs_page");
        assertThat(defaultProxy.at("http://LOCALHOST:" + port + "/v0/evi/configs")).contains("configs_page");
    }

    @Test
    void builders_connectDirectly() {
        for (ProxyType type : ProxyType.values()) {
            assertBuildersConnectDirectly(type);
        }
    }

    private static void assertBuildersConnectDirectly(ProxyType type) {
        URI base = URI.create(System.getProperty("scripted.url"));
        ProxyOptions proxy = new ProxyOptions().setType(type).setHost("127.0.0.1").setPort(RecordingProxy.port());
        assertThat(QuarkusRestClientBuilder.newBuilder().baseUri(base).proxyAddress("127.0.0.1", RecordingProxy.port())
                .build(Calls.class).get()).contains("configs_page");
        assertThat(QuarkusRestClientBuilder.newBuilder().baseUri(base)
                .httpClientOptionsCustomizer(options -> options.setProxyOptions(proxy)).build(Calls.class).get())
                .contains("configs_page");
        assertThat(QuarkusRestClientBuilder.newBuilder().baseUri(base).proxyAddress("none", 0)
                .httpClientOptions(new HttpClientOptions().setProxyOptions(proxy)).build(Calls.class).get())
                .contains("configs_page");
    }

    /** The HTTP client belongs to other clients as well, and keeps its proxy. */
    @Test
    void sharedHttpClient_rejectsThePlainHttpProxy() {
        assertThatThrownBy(() -> shared.get()).isInstanceOf(HumeAuthenticationException.class)
                .hasMessageContainingAll("unencrypted to the proxy", "non-proxy-hosts");
        assertThatThrownBy(() -> sharedTenants.get("canary-key-of-the-tenant"))
                .isInstanceOf(HumeAuthenticationException.class)
                .hasMessageContainingAll("carries a credential of the application", "unencrypted to the proxy",
                        "non-proxy-hosts");
    }

    @Test
    void webSockets_connectDirectly() throws Exception {
        String server = "127.0.0.1:" + System.getProperty("sockets.port");
        assertAnswers(sockets.connect(URI.create("ws://" + server + "/v0/evi/chat"), PlainHttpProxyTest::connector).await()
                .indefinitely());
        assertAnswers(namedSockets.connect(URI.create("http://" + server + "/v0/evi/chat"), PlainHttpProxyTest::connector)
                .await().indefinitely());
        assertAnswers(chat.baseUri("ws://" + server).connectAndAwait());
        ProxyOptions proxy = new ProxyOptions().setHost("127.0.0.1").setPort(RecordingProxy.port());
        assertAnswers(sockets.connect(URI.create("ws://" + server + "/v0/evi/chat"),
                () -> connector().customizeOptions((connection, client) -> client.setProxyOptions(proxy))).await()
                .indefinitely());
        assertAnswers(sockets.connect(URI.create("ws://" + server + "/v0/evi/chat"),
                () -> connector().customizeOptions((connection, client) -> connection.setProxyOptions(proxy))).await()
                .indefinitely());
    }

    @Test
    void https_keepsTheProxy() {
        Throwable failure = catchThrowable(() -> defaultProxy.at("https://127.0.0.1:1/v0/evi/configs"));
        assertThat(failure).isNotNull();
        assertThat(RecordingProxy.received()).singleElement().asString().startsWith("CONNECT 127.0.0.1:1 ")
                .doesNotContain(ScriptedHume.API_KEY);
        RecordingProxy.forget();
    }

    private static BasicWebSocketConnector connector() {
        return BasicWebSocketConnector.create().onTextMessage((connection, message) -> RECEIVED.add(message));
    }

    private static void assertAnswers(WebSocketClientConnection connection) throws InterruptedException {
        connection.sendTextAndAwait("what?");
        assertThat(RECEIVED.poll(10, TimeUnit.SECONDS)).contains(ScriptedHume.API_KEY);
        connection.closeAndAwait();
    }
}
