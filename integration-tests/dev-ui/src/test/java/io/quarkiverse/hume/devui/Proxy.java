package io.quarkiverse.hume.devui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;

/** A proxy that leads nowhere and remembers what it was asked for. */
final class Proxy {

    private static final int TEAPOT = 418;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Proxy() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(TEAPOT, -1);
            exchange.close();
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The addresses that clients wanted, with scheme and host. */
    List<String> asked() {
        return asked;
    }
}
