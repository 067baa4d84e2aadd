package io.quarkiverse.hume.runtime.relay;

import java.util.List;

import jakarta.annotation.Priority;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;

/**
 * Configures the HTTP servers for the maximum frame size of the relay and for the sub-protocols that the application supports.
 * Quarkus configures the latter only for applications with WebSocket endpoints of their own.
 * <p>
 * Runs after the other customizers, because the one of Quarkus WebSockets Next sets the maximum sizes instead of raising them.
 */
@Singleton
@Priority(Integer.MIN_VALUE)
public class RelayServerOptions implements HttpServerOptionsCustomizer {

    private static final String SUPPORTED_SUB_PROTOCOLS = "quarkus.websockets-next.server.supported-subprotocols";

    private final int maxFrameSize;

    public RelayServerOptions(HumeRuntimeConfig config) {
        this.maxFrameSize = (int) config.relay().maxFrameSize().asLongValue();
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setMaxWebSocketFrameSize(Math.max(options.getMaxWebSocketFrameSize(), maxFrameSize));
        options.setMaxWebSocketMessageSize(Math.max(options.getMaxWebSocketMessageSize(), maxFrameSize));
        List<String> known = options.getWebSocketSubProtocols();
        ConfigProvider.getConfig().getOptionalValues(SUPPORTED_SUB_PROTOCOLS, String.class).orElse(List.of()).stream()
                .filter(name -> known == null || !known.contains(name)).forEach(options::addWebSocketSubProtocol);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customizeHttpServer(options);
    }

    @Override
    public void customizeDomainSocketServer(HttpServerOptions options) {
        customizeHttpServer(options);
    }
}
