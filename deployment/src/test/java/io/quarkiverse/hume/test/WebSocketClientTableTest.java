package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.interceptor.Interceptor;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.deployment.devui.ClientTableExport;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketClient;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.quarkus.websockets.next.WebSocketConnector;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;

/**
 * The Dev UI shows for every kind of WebSocket client the credential that its handshake carries. The application decorates all
 * connectors, before and after the decorator of the extension.
 */
class WebSocketClientTableTest {

    private static final BlockingQueue<String> RECEIVED = new LinkedBlockingQueue<>();
    private static final AtomicInteger DECORATED = new AtomicInteger();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setBeforeAllCustomizer(() -> {
                Platforms.start("default", "other");
                SocketServer.start();
            })
            .addBuildChainCustomizer(builder -> ClientTableExport.addTo(builder))
            .withApplicationRoot(jar -> jar.addClasses(Platforms.class, SocketServer.class))
            .overrideConfigKey("hume.strategy", "token")
            .overrideConfigKey("hume.api-key", "key-of-default")
            .overrideConfigKey("hume.secret-key", "secret-of-default")
            .overrideConfigKey("hume.base-url", "${platform.default}")
            .overrideConfigKey("hume.accounts.other.strategy", "api-key")
            .overrideConfigKey("hume.accounts.other.api-key", "key-of-other")
            .overrideConfigKey("hume.accounts.other.base-url", "${platform.other}");

    @HumeAuthenticated(account = "other")
    public static class AnnotatedParent {
    }

    @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
    public interface Marker {
    }

    public interface Generic<T> extends Marker {
    }

    @WebSocketClient(path = "/annotated")
    @HumeAuthenticated
    public static class Annotated {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    @WebSocketClient(path = "/account", clientId = "account")
    @HumeAuthenticated(account = "other")
    public static class OfAccount {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    @WebSocketClient(path = "/strategy")
    @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
    public static class WithKey {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    @WebSocketClient(path = "/parent")
    public static class WithParent extends AnnotatedParent {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    @WebSocketClient(path = "/interface")
    public static class WithInterface implements Generic<String> {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    @WebSocketClient(path = "/nearer")
    @HumeAuthenticated
    public static class Nearer extends AnnotatedParent implements Marker {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    @WebSocketClient(path = "/scoped")
    @ApplicationScoped
    @HumeAuthenticated(account = "other")
    public static class Scoped {
        @OnTextMessage
        Uni<Void> received(String message) {
            RECEIVED.add(message);
            return Uni.createFrom().voidItem();
        }
    }

    @WebSocketClient(path = "/open")
    public static class Open {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    /** A decorator that passes every method on. */
    public abstract static class Passing<C> implements WebSocketConnector<C> {

        abstract WebSocketConnector<C> next();

        @Override
        public WebSocketConnector<C> baseUri(URI uri) {
            next().baseUri(uri);
            return this;
        }

        @Override
        public WebSocketConnector<C> tlsConfigurationName(String name) {
            next().tlsConfigurationName(name);
            return this;
        }

        @Override
        public WebSocketConnector<C> pathParam(String name, String value) {
            next().pathParam(name, value);
            return this;
        }

        @Override
        public WebSocketConnector<C> addHeader(String name, String value) {
            next().addHeader(name, value);
            return this;
        }

        @Override
        public WebSocketConnector<C> addSubprotocol(String value) {
            next().addSubprotocol(value);
            return this;
        }

        @Override
        public <V> WebSocketConnector<C> userData(TypedKey<V> key, V value) {
            next().userData(key, value);
            return this;
        }

        @Override
        public WebSocketConnector<C> customizeOptions(
                BiConsumer<WebSocketConnectOptions, WebSocketClientOptions> customizer) {
            next().customizeOptions(customizer);
            return this;
        }

        @Override
        public Uni<WebSocketClientConnection> connect() {
            DECORATED.incrementAndGet();
            return next().connect();
        }
    }

    @Decorator
    @Priority(Interceptor.Priority.APPLICATION)
    public static class Outer<C> extends Passing<C> {
        @Inject
        @Any
        @Delegate
        WebSocketConnector<C> delegate;

        @Override
        WebSocketConnector<C> next() {
            return delegate;
        }
    }

    @Decorator
    @Priority(Interceptor.Priority.PLATFORM_AFTER)
    public static class Inner<C> extends Passing<C> {
        @Inject
        @Any
        @Delegate
        WebSocketConnector<C> delegate;

        @Override
        WebSocketConnector<C> next() {
            return delegate;
        }
    }

    @Inject
    WebSocketConnector<Annotated> annotated;
    @Inject
    WebSocketConnector<OfAccount> ofAccount;
    @Inject
    Instance<WebSocketConnector<WithKey>> withKey;
    @Inject
    Provider<WebSocketConnector<WithParent>> withParent;
    @Inject
    WebSocketConnector<WithInterface> withInterface;
    @Inject
    WebSocketConnector<Nearer> nearer;
    @Inject
    WebSocketConnector<Scoped> scoped;
    @Inject
    WebSocketConnector<Open> open;
    @Inject
    HumeWebSockets sockets;
    @Inject
    @HumeAccount("other")
    HumeWebSockets socketsOfOther;
    @Inject
    @HumeAccount("other")
    Instance<HumeWebSockets> lookedUp;
    @Inject
    Provider<HumeWebSockets> provided;
    @Inject
    Instance<HumeTokens> tokens;

    @TestFactory
    Stream<DynamicTest> handshakes_areWhatTheTableSays() {
        return Stream.of(
                shape(Annotated.class.getName(), "<default> token", () -> annotated.baseUri(server()).connectAndAwait()),
                shape(OfAccount.class.getName(), "other api-key", () -> ofAccount.baseUri(server()).connectAndAwait()),
                shape(WithKey.class.getName(), "<default> api-key",
                        () -> withKey.get().baseUri(server()).connectAndAwait()),
                shape(WithParent.class.getName(), "other api-key", () -> withParent.get().baseUri(server()).connectAndAwait()),
                shape(WithInterface.class.getName(), "<default> api-key",
                        () -> withInterface.baseUri(server()).connectAndAwait()),
                shape(Nearer.class.getName(), "<default> token", () -> nearer.baseUri(server()).connectAndAwait()),
                shape(Scoped.class.getName(), "other api-key", () -> scoped.baseUri(server()).connectAndAwait()),
                shape(Annotated.class.getName(), "<default> token", () -> CDI.current()
                        .select(new TypeLiteral<WebSocketConnector<Annotated>>() {
                        }).get().baseUri(server()).connectAndAwait()),
                shape(Open.class.getName(), null, () -> open.baseUri(server()).connectAndAwait()),
                shape(field("sockets"), "<default> token", () -> connected(sockets)),
                shape(field("socketsOfOther"), "other api-key", () -> connected(socketsOfOther)),
                shape(field("lookedUp"), "other api-key", () -> connected(lookedUp.get())),
                shape(field("provided"), "<default> token", () -> connected(provided.get())),
                shape("a connector without an account", null, () -> connector().baseUri(server()).connectAndAwait()));
    }

    @Test
    void tokens_thatAreLookedUp_areInTheTable() {
        assertThat(Platforms.inTable(field("tokens"), "")).isEqualTo("<default> token");
        assertThat(tokens.get().await().value()).isEqualTo("token-of-default");
    }

    private static String field(String name) {
        return WebSocketClientTableTest.class.getName() + "#" + name;
    }

    private static URI server() {
        return URI.create("http://127.0.0.1:" + System.getProperty("sockets.port"));
    }

    private static BasicWebSocketConnector connector() {
        return BasicWebSocketConnector.create().onTextMessage((connection, message) -> RECEIVED.add(message));
    }

    private static WebSocketClientConnection connected(HumeWebSockets account) {
        return account.connect(server().resolve("/v0/evi/chat"), WebSocketClientTableTest::connector).await().indefinitely();
    }

    /** @param expected account and strategy; null for none */
    private static DynamicTest shape(String name, String expected, Callable<WebSocketClientConnection> connecting) {
        return DynamicTest.dynamicTest(name, () -> {
            RECEIVED.clear();
            DECORATED.set(0);
            WebSocketClientConnection connection = connecting.call();
            connection.sendTextAndAwait("what?");
            String carried = RECEIVED.poll(10, TimeUnit.SECONDS);
            connection.closeAndAwait();
            assertThat(credential(carried)).as(carried).isEqualTo(String.valueOf(expected));
            assertThat(String.valueOf(Platforms.inTable(name, ""))).isEqualTo(String.valueOf(expected));
            if (name.contains("$")) {
                assertThat(DECORATED.get()).isEqualTo(2);
            }
        });
    }

    private static String credential(String carried) {
        boolean token = carried.contains("token-of-");
        boolean key = carried.contains("key-of-");
        assertThat(token && key).as(carried).isFalse();
        if (!token && !key) {
            return "null";
        }
        return (carried.contains("-of-default") ? "<default>" : "other") + (token ? " token" : " api-key");
    }
}
