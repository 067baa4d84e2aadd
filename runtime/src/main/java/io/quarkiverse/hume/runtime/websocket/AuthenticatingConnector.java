package io.quarkiverse.hume.runtime.websocket;

import java.lang.reflect.ParameterizedType;
import java.net.URI;
import java.util.function.BiConsumer;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.HumeHandshake;
import io.quarkiverse.hume.runtime.config.WebSocketRuntimeConfig.Placement;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.quarkiverse.hume.runtime.handshake.Handshakes;
import io.quarkiverse.hume.runtime.transport.WebSocketRoute;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.quarkus.websockets.next.WebSocketConnector;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;

/**
 * Authenticates the connections of annotated WebSocket client classes. The credential is sent in a header on both platforms,
 * because the connector of a class appends the path to its base URI, which therefore cannot have a query.
 */
@Decorator
@Priority(Interceptor.Priority.LIBRARY_AFTER)
public class AuthenticatingConnector<CLIENT> implements WebSocketConnector<CLIENT> {

    private final WebSocketConnector<CLIENT> delegate;
    private final String client;
    private final WebSocketClients clients;
    private final OwnCredential own = new OwnCredential();
    private URI baseUri;
    private boolean ownTlsConfiguration;

    @Inject
    public AuthenticatingConnector(@Delegate @Any WebSocketConnector<CLIENT> delegate, InjectionPoint injectionPoint,
            WebSocketClients clients) {
        this.delegate = delegate;
        this.clients = clients;
        // WebSockets Next has validated the type argument when the application was built.
        this.client = ((ParameterizedType) injectionPoint.getType()).getActualTypeArguments()[0].getTypeName();
    }

    @Override
    public WebSocketConnector<CLIENT> baseUri(URI uri) {
        baseUri = clients.isAuthenticated(client) ? TrustedHosts.normalized(uri) : uri;
        delegate.baseUri(baseUri);
        return this;
    }

    @Override
    public WebSocketConnector<CLIENT> tlsConfigurationName(String name) {
        ownTlsConfiguration = true;
        delegate.tlsConfigurationName(name);
        return this;
    }

    @Override
    public WebSocketConnector<CLIENT> pathParam(String name, String value) {
        delegate.pathParam(name, value);
        return this;
    }

    @Override
    public WebSocketConnector<CLIENT> addHeader(String name, String value) {
        if (clients.isAuthenticated(client) && OwnCredential.isCredential(name)) {
            own.add(name, value);
        } else {
            delegate.addHeader(name, value);
        }
        return this;
    }

    @Override
    public WebSocketConnector<CLIENT> addSubprotocol(String value) {
        delegate.addSubprotocol(value);
        return this;
    }

    @Override
    public <VALUE> WebSocketConnector<CLIENT> userData(TypedKey<VALUE> key, VALUE value) {
        delegate.userData(key, value);
        return this;
    }

    @Override
    public WebSocketConnector<CLIENT> customizeOptions(
            BiConsumer<WebSocketConnectOptions, WebSocketClientOptions> customizer) {
        delegate.customizeOptions(!clients.isAuthenticated(client) ? customizer : (connection, options) -> {
            customizer.accept(connection, options);
            own.take(connection);
        });
        return this;
    }

    @Override
    public Uni<WebSocketClientConnection> connect() {
        Handshakes handshakes = clients.handshakes(client);
        if (handshakes == null) {
            return delegate.connect();
        }
        if (!own.headers().isEmpty()) {
            return AccountWebSockets.attempt(() -> handshakes.own(destination(), own.headers()), this::connect);
        }
        return AccountWebSockets.connecting(() -> handshakes,
                () -> handshakes.handshake(destination(), Placement.HEADER), this::connect);
    }

    private Uni<WebSocketClientConnection> connect(HumeHandshake handshake) {
        WebSocketRoute transport = clients.transport(client);
        // The base URI is set even if it comes from the configuration, so that the connection goes to the checked address.
        delegate.baseUri(withoutFinalSlash(handshake.uri()));
        delegate.customizeOptions((connection, options) -> {
            // The headers are not set on the connector, because the traffic log prints those.
            handshake.headers().forEach(connection::putHeader);
            transport.apply(handshake.uri(), connection, options, name -> {
                if (!ownTlsConfiguration) {
                    delegate.tlsConfigurationName(name);
                }
            });
        });
        Uni<WebSocketClientConnection> connecting = delegate.connect();
        // The connection has a copy of the options. The credential is removed from the connector in case it is used again.
        delegate.customizeOptions((connection, options) -> handshake.headers().keySet()
                .forEach(connection.getHeaders()::remove));
        return connecting;
    }

    /** The connector appends the path of the client, which begins with a slash. */
    private static URI withoutFinalSlash(URI uri) {
        return uri.toString().endsWith("/") ? URI.create(uri.toString().replaceFirst("/+$", "")) : uri;
    }

    private URI destination() {
        return baseUri != null ? baseUri : ConfigProvider.getConfig().getValue(clients.id(client) + ".base-uri", URI.class);
    }
}
