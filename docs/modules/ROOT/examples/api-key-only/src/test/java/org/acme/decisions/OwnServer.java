package org.acme.decisions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A server of the tests' own, which answers every question with the key that it received. */
public class OwnServer implements QuarkusTestResourceLifecycleManager {

    private HttpServer server;

    // tag::start[]
    @Override
    public Map<String, String> start() {
        server = server();
        return Map.of("hume.base-url", "http://localhost:" + server.getAddress().getPort(), "hume.api-key", "test");
    }
    // end::start[]

    private static HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String key = exchange.getRequestHeaders().getFirst("X-Hume-Api-Key");
                byte[] body = ("received " + key + " at " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
