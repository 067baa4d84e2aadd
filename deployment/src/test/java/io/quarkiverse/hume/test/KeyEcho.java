package io.quarkiverse.hume.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A plain server that answers with the path and the credential of each request; its token endpoints answer with a token. */
public final class KeyEcho {

    private final HttpServer server;
    private final List<String> received = new CopyOnWriteArrayList<>();

    public KeyEcho() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Paths and credentials, in the order of arrival. */
    public List<String> received() {
        return received;
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        String key = exchange.getRequestHeaders().getFirst("X-Hume-Api-Key");
        String line = path + " " + (key != null ? key : exchange.getRequestHeaders().getFirst("Authorization"));
        received.add(line);
        boolean token = path.endsWith("/oauth2-cc/token");
        byte[] body = (token ? "{\"access_token\":\"token-of" + path.substring(0, path.indexOf('/', 1)).replace('/', '-')
                + "\",\"expires_in\":1800}" : line).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", token ? "application/json" : "text/plain");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
