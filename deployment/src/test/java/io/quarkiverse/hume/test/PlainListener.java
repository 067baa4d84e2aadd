package io.quarkiverse.hume.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Listens for plain TCP at all addresses of this machine, records every byte and answers plain HTTP with 200. A client that
 * begins with TLS gets no answer. The system property {@code plain.received} has the received bytes, in hexadecimal and with a
 * line for each connection, because application and test have different class loaders.
 */
public final class PlainListener {

    private static final String RECEIVED = "plain.received";
    private static final int TLS_HANDSHAKE = 0x16;

    private PlainListener() {
    }

    /** Starts the listener and leaves its port in the system property {@code plain.port}. */
    public static void start() {
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("0.0.0.0"));
            System.setProperty("plain.port", String.valueOf(server.getLocalPort()));
            forget();
            Thread listener = new Thread(() -> listen(server), "plain listener");
            listener.setDaemon(true);
            listener.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int port() {
        return Integer.getInteger("plain.port");
    }

    public static void forget() {
        System.setProperty(RECEIVED, "");
    }

    /** The bytes of each connection in Latin-1, oldest first. */
    public static List<String> received() {
        return System.getProperty(RECEIVED).lines()
                .map(line -> new String(HexFormat.of().parseHex(line.strip()), StandardCharsets.ISO_8859_1)).toList();
    }

    private static void listen(ServerSocket server) {
        while (true) {
            try (Socket connection = server.accept()) {
                connection.setSoTimeout(2_000);
                answer(connection);
            } catch (IOException e) {
                // A client that has gone; the next one is waited for.
                continue;
            }
        }
    }

    private static void answer(Socket connection) throws IOException {
        InputStream input = connection.getInputStream();
        byte[] buffer = new byte[65_536];
        int length = input.read(buffer);
        if (length <= 0) {
            return;
        }
        synchronized (PlainListener.class) {
            System.setProperty(RECEIVED,
                    System.getProperty(RECEIVED) + " " + HexFormat.of().formatHex(buffer, 0, length) + "\n");
        }
        if (buffer[0] != TLS_HANDSHAKE) {
            connection.getOutputStream().write("""
                    HTTP/1.1 200 OK\r
                    Content-Type: text/plain\r
                    Content-Length: 5\r
                    Connection: close\r
                    \r
                    plain""".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
