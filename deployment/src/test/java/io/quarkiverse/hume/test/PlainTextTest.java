package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.logging.LogRecord;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.rest.client.reactive.Url;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocketClient;
import io.quarkus.websockets.next.WebSocketConnector;

/**
 * Schemes are compared case-insensitively: a connection to an https address in any spelling begins with TLS, and a listener
 * for plain TCP never receives a credential. No connection failure contains a credential.
 */
class PlainTextTest {

    private static final SecretSearch SECRETS = SecretSearch.of(ScriptedHume.API_KEY, ScriptedHume.SECRET_KEY,
            ScriptedHume.TOKEN);

    private static final String TLS_HANDSHAKE = "\u0016\u0003";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ScriptedHume.class, PlainListener.class, RecordingProxy.class,
                    SecretSearch.class))
            .setBeforeAllCustomizer(() -> {
                ScriptedHume.start();
                PlainListener.start();
            })
            .overrideConfigKey("hume.api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.secret-key", ScriptedHume.SECRET_KEY)
            .overrideConfigKey("hume.base-url", "${scripted.url}")
            .overrideConfigKey("hume.accounts.\"upper\".api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.accounts.\"upper\".secret-key", ScriptedHume.SECRET_KEY)
            .overrideConfigKey("hume.accounts.\"upper\".base-url", "HTTPS://127.0.0.1:${plain.port}")
            .overrideConfigKey("hume.accounts.\"upper\".token.acquire-at-startup", "false")
            .overrideConfigKey("hume.accounts.\"upper\".token.retry.max-retries", "0")
            .overrideConfigKey("quarkus.rest-client.with-url.url", "HTTPS://127.0.0.1:${plain.port}")
            .overrideConfigKey("quarkus.rest-client.with-uri.uri", "hTTps://127.0.0.1:${plain.port}")
            .overrideConfigKey("quarkus.rest-client.overridden.url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.rest-client.overridden.override-uri", "Https://127.0.0.1:${plain.port}")
            .overrideConfigKey("upper-chat.base-uri", "WSS://127.0.0.1:${plain.port}")
            .overrideConfigKey("quarkus.log.min-level", "TRACE")
            .overrideConfigKey("quarkus.log.level", "TRACE")
            .overrideConfigKey("quarkus.log.console.level", "WARN")
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(PlainTextTest::assertNoSecret);

    private static void assertNoSecret(List<LogRecord> records) {
        assertThat(records).isNotEmpty();
        assertThat(SECRETS.findingsInLog(records)).isEmpty();
    }

    @Path("/v0/evi/configs")
    @HumeAuthenticated
    public interface Calls {
        @GET
        String token();

        @GET
        @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
        String key();
    }

    @RegisterRestClient(configKey = "with-url")
    @HumeAuthenticated
    public interface WithUrl extends Calls {
    }

    @RegisterRestClient(configKey = "with-uri")
    @HumeAuthenticated
    public interface WithUri extends Calls {
    }

    @RegisterRestClient(configKey = "overridden")
    @HumeAuthenticated
    public interface Overridden extends Calls {
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "upper-account")
    @HumeAuthenticated(account = "upper", strategy = HumeStrategy.API_KEY)
    public interface UpperAccount {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "with-parameter")
    @HumeAuthenticated
    public interface WithParameter {
        @GET
        String at(@Url String url);

        @GET
        String at(@Url URI url);
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "filtered")
    @RegisterProvider(Early.class)
    @HumeAuthenticated
    public interface Filtered {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "filtered-late")
    @RegisterProvider(Late.class)
    @HumeAuthenticated
    public interface FilteredLate {
        @GET
        String get();
    }

    public static class Early implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.setUri(plain("HTTPS", "/filtered"));
        }
    }

    @Priority(Integer.MAX_VALUE)
    public static class Late extends Early {
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "filtered-suspended")
    @RegisterProvider(Suspending.class)
    @HumeAuthenticated
    public interface FilteredSuspended {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "filtered-behind")
    @RegisterProvider(Behind.class)
    @HumeAuthenticated
    public interface FilteredBehind {
        @GET
        String get();
    }

    /** Nothing listens on the host, so the port in the failure shows whether TLS was used. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "annotated", baseUri = "HTTPS://127.0.0.1")
    @HumeAuthenticated
    public interface Annotated {
        @GET
        String get();
    }

    @Priority(Integer.MAX_VALUE)
    public static class Suspending implements ResteasyReactiveClientRequestFilter {
        @Override
        public void filter(ResteasyReactiveClientRequestContext request) {
            request.suspend();
            new Thread(() -> {
                request.setUri(plain("hTTPS", "/suspended"));
                request.resume();
            }).start();
        }
    }

    /** Changes the request directly and not through the context that filters get. */
    @Priority(Integer.MAX_VALUE)
    public static class Behind implements ResteasyReactiveClientRequestFilter {
        @Override
        public void filter(ResteasyReactiveClientRequestContext request) {
            request.unwrap(RestClientRequestContext.class).setUri(plain("HTTPS", "/behind"));
        }
    }

    @WebSocketClient(path = "/v0/evi/chat", clientId = "upper-chat")
    @HumeAuthenticated
    public static class Chat {
        @OnTextMessage
        void received(String message) {
        }
    }

    @Path("/v0/evi/configs")
    public interface Plain {
        @GET
        String get();
    }

    @RestClient
    WithUrl withUrl;
    @RestClient
    WithUri withUri;
    @RestClient
    Overridden overridden;
    @RestClient
    UpperAccount upperAccount;
    @RestClient
    WithParameter withParameter;
    @RestClient
    Filtered filtered;
    @RestClient
    FilteredLate filteredLate;
    @RestClient
    FilteredSuspended filteredSuspended;
    @RestClient
    FilteredBehind filteredBehind;
    @RestClient
    Annotated annotated;
    @Inject
    HumeTokens tokens;
    @Inject
    @HumeAccount("upper")
    HumeTokens upperTokens;
    @Inject
    HumeWebSockets sockets;
    @Inject
    WebSocketConnector<Chat> chat;

    @BeforeEach
    void forget() {
        tokens.await();
        PlainListener.forget();
    }

    private static URI plain(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + PlainListener.port() + path);
    }

    /** The connection fails, since the listener knows no TLS. That it was made is what counts. */
    private static void assertBeginsWithTls(ThrowingCallable call) {
        PlainListener.forget();
        Throwable failure = catchThrowable(call);
        assertThat(failure).isNotNull();
        assertThat(SECRETS.findings(SecretSearch.text(failure))).isEmpty();
        await().until(() -> !PlainListener.received().isEmpty());
        assertThat(PlainListener.received()).allSatisfy(connection -> {
            assertThat(connection).startsWith(TLS_HANDSHAKE);
            assertThat(SECRETS.findings(connection)).isEmpty();
        });
    }

    @Test
    void clientUrl_ofConfiguration() {
        assertBeginsWithTls(() -> withUrl.token());
        assertBeginsWithTls(() -> withUrl.key());
        assertBeginsWithTls(() -> withUri.token());
        assertBeginsWithTls(() -> overridden.token());
    }

    @Test
    void baseUrl_ofTheAccount() {
        assertBeginsWithTls(() -> upperAccount.get());
        assertBeginsWithTls(() -> upperTokens.await());
    }

    @ParameterizedTest
    @ValueSource(strings = { "HTTPS", "hTTps", "httpS" })
    void urlParameter(String scheme) {
        assertBeginsWithTls(() -> withParameter.at(plain(scheme, "").toString()));
        assertBeginsWithTls(() -> withParameter.at(plain(scheme, "")));
    }

    @Test
    void uriOfAFilter() {
        assertBeginsWithTls(() -> filtered.get());
        assertBeginsWithTls(() -> filteredLate.get());
        assertBeginsWithTls(() -> filteredSuspended.get());
        assertBeginsWithTls(() -> filteredBehind.get());
    }

    @Test
    void baseUri_ofTheAnnotation() {
        assertThatThrownBy(() -> annotated.get()).hasMessageContaining("127.0.0.1:443");
    }

    /** Trusted for WebSockets, and plain text to the REST client, which compares with https alone. */
    @ParameterizedTest
    @ValueSource(strings = { "wss", "WSS", "ws", "Ws" })
    void schemeOfWebSockets_isRejectedForRest(String scheme) {
        for (ThrowingCallable call : new ThrowingCallable[] { () -> withParameter.at(plain(scheme, "").toString()),
                () -> withParameter.at(plain(scheme, "")), () -> QuarkusRestClientBuilder.newBuilder()
                        .baseUri(plain(scheme, "")).build(Calls.class).key() }) {
            assertThatThrownBy(call).isInstanceOf(HumeAuthenticationException.class)
                    .hasMessageContainingAll("scheme of WebSockets", "Use https");
        }
        assertThat(PlainListener.received()).allSatisfy(connection -> assertThat(connection).startsWith(TLS_HANDSHAKE));
    }

    @Test
    void builder() throws MalformedURLException {
        assertBeginsWithTls(() -> QuarkusRestClientBuilder.newBuilder().baseUri(plain("HTTPS", "")).build(Calls.class).key());
        assertBeginsWithTls(() -> QuarkusRestClientBuilder.newBuilder().baseUri(plain("HTTPS", ""))
                .register(new HumeRequestFilter()).build(Plain.class).get());
        URL url = new URL("HTTPS://127.0.0.1:" + PlainListener.port());
        assertBeginsWithTls(() -> QuarkusRestClientBuilder.newBuilder().baseUrl(url).build(Calls.class).token());
    }

    @ParameterizedTest
    @ValueSource(strings = { "WSS", "wSs", "HTTPS" })
    void webSockets(String scheme) {
        assertBeginsWithTls(() -> sockets.connect(plain(scheme, "/v0/evi/chat"), BasicWebSocketConnector::create).await()
                .indefinitely());
        assertThat(sockets.handshake(plain(scheme, "/v0/evi/chat")).await().indefinitely().uri())
                .hasScheme(scheme.toLowerCase(Locale.ROOT));
    }

    @Test
    void webSocketClientClass() {
        assertBeginsWithTls(() -> chat.connectAndAwait());
        assertBeginsWithTls(() -> chat.baseUri(plain("WSS", "")).connectAndAwait());
        assertBeginsWithTls(() -> chat.baseUri(plain("WSS", "").toString()).connectAndAwait());
    }

    @ParameterizedTest
    @ValueSource(strings = { "HTTP://api.hume.ai", "WS://api.hume.ai", "ftp://127.0.0.1", "FTP://api.hume.ai",
            "http+unix://127.0.0.1", "file://127.0.0.1", "STORKS://127.0.0.1" })
    void schemeWithoutTls_isRejectedForRestAndWebSockets(String address) {
        assertThatThrownBy(() -> withParameter.at(address)).isInstanceOf(HumeAuthenticationException.class)
                .hasMessageContaining("unencrypted");
        assertThatThrownBy(() -> sockets.connect(URI.create(address), BasicWebSocketConnector::create).await().indefinitely())
                .isInstanceOf(HumeAuthenticationException.class).hasMessageContaining("unencrypted");
    }

    /** Other addresses than the host that was examined, for a client that reads them otherwise. */
    @ParameterizedTest
    @ValueSource(strings = { "https://api%2ehume.ai", "https://api_x.hume.ai", "https:///v0", "https:api.hume.ai",
            "https://127.1", "https://0x7f.1", "https://1.2.3", "//api.hume.ai", "https://api\u3002hume\u3002ai" })
    void addressWithoutAHost_isRejectedForRestAndWebSockets(String address) {
        assertThatThrownBy(() -> sockets.connect(URI.create(address), BasicWebSocketConnector::create).await().indefinitely())
                .isInstanceOf(HumeAuthenticationException.class).hasMessageContaining("no host that could be checked");
        assertThatThrownBy(() -> withParameter.at(URI.create(address))).isInstanceOf(HumeAuthenticationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[::1]", "localhost", "LOCALHOST", "user:password@127.0.0.1" })
    void loopback_inEveryNotation_isConnectedTo(String authority) {
        String port = System.getProperty("scripted.url").replaceFirst(".*:", "");
        Throwable failure = catchThrowable(
                () -> assertThat(withParameter.at("HTTP://" + authority + ":" + port)).contains("configs_page"));
        // The server listens to IPv4 alone.
        if (authority.equals("[::1]")) {
            assertThat(failure).hasMessageContaining("refused");
        } else {
            assertThat(failure).isNull();
        }
    }

    /** The JVM's own settings, which the REST client follows where nothing else is configured. */
    @Test
    void proxyOfTheJvm_doesNotReadPlainHttp() {
        RecordingProxy.start();
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", String.valueOf(RecordingProxy.port()));
        System.setProperty("http.nonProxyHosts", "");
        try {
            Calls calls = QuarkusRestClientBuilder.newBuilder().baseUri(URI.create(System.getProperty("scripted.url")))
                    .build(Calls.class);
            assertThat(calls.key()).contains("configs_page");
            assertThat(RecordingProxy.received()).isEmpty();
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
            System.clearProperty("http.nonProxyHosts");
        }
    }

    /** Everything that can go wrong with a connection whose address has the credential in its query. */
    @ParameterizedTest
    @CsvSource({ "ws://127.0.0.1:1/v0/evi/chat", "WS://127.0.0.1:1/v0/evi/chat", "wss://no-such-host.hume.ai/v0/evi/chat",
            "wss://127.0.0.1:0/v0/evi/chat", "wss://127.0.0.1:99999/v0/evi/chat", "http://127.0.0.1:1/v0/evi/chat",
            "ws://127.0.0.1:{plain}/v0/evi/chat", "ws://127.0.0.1:{plain}/v0/evi/%7Bid%7D?a=%25%20b&c=%C3%BC",
            "ws://127.0.0.1:{plain}/v0/evi/chat?q=a|b", "ws://127.0.0.1:{plain}/v0/evi/\u00fc?\u00fc#f" })
    void failureToConnect_doesNotQuoteTheCredential(String address) {
        URI uri = URI.create(address.replace("{plain}", String.valueOf(PlainListener.port())).replace("|", "%7C"));
        Throwable failure = catchThrowable(
                () -> sockets.connect(uri, BasicWebSocketConnector::create).await().indefinitely());
        assertThat(failure).isNotNull();
        assertThat(SECRETS.findings(SecretSearch.text(failure))).isEmpty();
    }

    @Test
    void failureOfTheConnector_doesNotQuoteTheCredential() {
        URI uri = plain("ws", "");
        Throwable unset = catchThrowable(() -> sockets.connect(uri, () -> BasicWebSocketConnector.create().path("/{id}"))
                .await().indefinitely());
        assertThat(SECRETS.findings(SecretSearch.text(unset))).isEmpty();
        Throwable quoting = catchThrowable(() -> sockets.connect(plain("ws", "/v0/evi/chat"), () -> {
            BasicWebSocketConnector connector = BasicWebSocketConnector.create();
            return (BasicWebSocketConnector) Proxy.newProxyInstance(getClass().getClassLoader(),
                    new Class<?>[] { BasicWebSocketConnector.class }, (proxy, method, arguments) -> {
                        if (method.getName().equals("baseUri")) {
                            IllegalStateException failure = new IllegalStateException("outer");
                            failure.addSuppressed(
                                    new IllegalStateException(new IllegalArgumentException("no " + arguments[0])));
                            throw failure;
                        }
                        return method.invoke(connector, arguments);
                    });
        }).await().indefinitely());
        assertThat(quoting).hasMessageContaining("IllegalStateException").hasMessageContaining("left out");
        assertThat(SECRETS.findings(SecretSearch.text(quoting))).isEmpty();
    }
}
