package io.quarkiverse.hume.runtime.relay;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

import io.quarkiverse.hume.HumeHandshake;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.tracing.TracingPolicy;

/**
 * The relay's connections to Hume, over clients that nothing else uses: no provider, logger or instrumentation of the
 * application has access to their data. Thread-safe; no method blocks.
 */
final class HumeConnections {

    /** The maximum number of concurrent requests. Further requests wait until another one ends. */
    private static final int MAX_CONNECTIONS = 512;

    /**
     * Shorter than the usual keep-alive timeout of servers and load balancers, so that no request is sent on a connection that
     * the server is closing.
     */
    private static final int KEEP_ALIVE_SECONDS = 15;

    private final Vertx vertx;
    private final URI base;
    private final Duration timeout;
    private final int maxFrameSize;
    private final long outdatedAfter;
    private final Supplier<HttpClientOptions> requests;
    private final Supplier<WebSocketClientOptions> sockets;

    /** Created by the first request, so that it does not slow down the start; guarded by this object. */
    private HttpClient http;
    private WebSocketClient webSockets;

    HumeConnections(Vertx vertx, URI base, RelaySettings settings, Supplier<HttpClientOptions> requests,
            Supplier<WebSocketClientOptions> sockets) {
        this.vertx = vertx;
        this.base = base;
        this.timeout = settings.timeout();
        this.maxFrameSize = settings.maxFrameSize();
        // Clients with outdated certificates are closed after the maximum duration of a socket, by which time requests have
        // usually ended, too.
        this.outdatedAfter = Math.max(settings.maxSocketDuration().toMillis(), settings.timeout().toMillis());
        this.requests = requests;
        this.sockets = sockets;
    }

    /** @param target the path and the query below the base URL */
    URI address(String target) {
        String path = base.getRawPath() == null ? "" : base.getRawPath().replaceFirst("/+$", "");
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + target);
    }

    Future<HttpClientRequest> request(HttpMethod method, URI address) {
        return http().request(new RequestOptions().setMethod(method).setSsl(isSecure(address)).setHost(host(address))
                .setPort(port(address)).setURI(uri(address)).setFollowRedirects(false)
                .setConnectTimeout(timeout.toMillis()));
    }

    /** Opens a socket to Hume. The returned socket is paused, so that no frame is lost before a handler is registered. */
    Future<WebSocket> open(HumeHandshake handshake) {
        URI address = handshake.uri();
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setSsl(isSecure(address)).setHost(host(address)).setPort(port(address)).setURI(uri(address));
        options.setTimeout(timeout.toMillis());
        options.setAllowOriginHeader(false);
        options.putHeader("User-Agent", "quarkus-hume");
        handshake.headers().forEach(options::putHeader);
        return webSockets().connect(options).map(socket -> {
            socket.pause();
            return socket;
        });
    }

    private static boolean isSecure(URI address) {
        return address.getScheme().equals("https") || address.getScheme().equals("wss");
    }

    private static String uri(URI address) {
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    /** The host; a literal IPv6 address without its brackets. */
    private static String host(URI address) {
        String host = address.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : isSecure(address) ? 443 : 80;
    }

    private synchronized HttpClient http() {
        if (http == null) {
            http = vertx.httpClientBuilder().with(requests.get()
                    .setProtocolVersion(HttpVersion.HTTP_1_1)
                    .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                    .setDecompressionSupported(false)
                    .setMetricsName("")
                    .setTracingPolicy(TracingPolicy.IGNORE)
                    .setLogActivity(false))
                    .with(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS))
                    .withConnectHandler(connection -> connection.exceptionHandler(HumeConnections::reportedToTheRequest))
                    .build();
        }
        return http;
    }

    private synchronized WebSocketClient webSockets() {
        if (webSockets == null) {
            WebSocketClientOptions options = sockets.get();
            options.setMaxFrameSize(maxFrameSize).setMaxConnections(10_000);
            options.setMetricsName("");
            options.setLogActivity(false);
            webSockets = vertx.createWebSocketClient(options);
        }
        return webSockets;
    }

    /**
     * Ignores the exception, because the request fails with the same one. Without a handler, Vert.x would log the exception,
     * whose message may contain received data.
     */
    private static void reportedToTheRequest(Throwable failure) {
    }

    /** Makes new connections read the certificates again. Open connections are closed later, so that they have time to end. */
    void certificatesReplaced() {
        HttpClient outdatedHttp;
        WebSocketClient outdatedSockets;
        synchronized (this) {
            outdatedHttp = http;
            outdatedSockets = webSockets;
            http = null;
            webSockets = null;
        }
        if (outdatedHttp != null || outdatedSockets != null) {
            vertx.setTimer(outdatedAfter, ended -> close(outdatedHttp, outdatedSockets));
        }
    }

    synchronized void close() {
        close(http, webSockets);
    }

    private static void close(HttpClient http, WebSocketClient webSockets) {
        if (http != null) {
            http.close();
        }
        if (webSockets != null) {
            webSockets.close();
        }
    }
}
