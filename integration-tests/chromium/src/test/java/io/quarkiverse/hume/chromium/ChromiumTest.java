package io.quarkiverse.hume.chromium;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpServer;

@RequiresChromium
class ChromiumTest {

    static HttpServer server;
    static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = (exchange.getRequestURI().getPath().equals("/data") ? "received-by-fetch"
                    : "<!DOCTYPE html><title>A page</title><script>fetch('/data').then(answer => answer.text())"
                            + ".then(text => { document.title = 'done'; throw new Error('complaint'); })</script>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("X-Canary", "received-in-a-header");
            exchange.getResponseHeaders().add("Set-Cookie", "canary=received-in-a-cookie; HttpOnly");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        chromium = Chromium.open();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        server.stop(0);
    }

    @Test
    void received_holdsBodiesHeadersAndCookies() {
        try (Visitor visitor = chromium.visitor()) {
            visitor.page().navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            visitor.page().waitForCondition(() -> visitor.page().title().equals("done"));
            assertThat(visitor.received()).contains("A page", "received-by-fetch", "received-in-a-header",
                    "received-in-a-cookie");
        }
    }

    @Test
    void errors_holdWhatScriptsThrow() {
        try (Visitor visitor = chromium.visitor()) {
            visitor.page().navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            visitor.page().waitForCondition(() -> !visitor.errors().isEmpty());
            assertThat(visitor.errors()).anyMatch(error -> error.contains("complaint"));
        }
    }
}
