package io.quarkiverse.hume.runtime.relay;

import jakarta.inject.Singleton;

import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;

/** Lets the HTTP servers read frames as large as the relay takes. */
@Singleton
public class RelayServerOptions implements HttpServerOptionsCustomizer {

    private final int maxFrameSize;

    public RelayServerOptions(HumeRuntimeConfig config) {
        this.maxFrameSize = (int) config.relay().maxFrameSize().asLongValue();
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setMaxWebSocketFrameSize(Math.max(options.getMaxWebSocketFrameSize(), maxFrameSize));
        options.setMaxWebSocketMessageSize(Math.max(options.getMaxWebSocketMessageSize(), maxFrameSize));
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
