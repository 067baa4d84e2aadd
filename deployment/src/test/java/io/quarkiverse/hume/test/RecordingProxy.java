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
 * A proxy that reads all requests, and neither answers nor forwards them. The system property {@code recording.received} has
 * the received bytes, in hexadecimal and with a line for each connection.
 */
public final class RecordingProxy {

    private RecordingProxy() {
    }

    /** Starts the proxy and leaves its port in the system property {@code recording.port}. */
    public static void start() {
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
            System.setProperty("recording.port", String.valueOf(server.getLocalPort()));
            System.setProperty("recording.received", "");
            Thread proxy = new Thread(() -> listen(server), "recording proxy");
            proxy.setDaemon(true);
            proxy.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int port() {
        return Integer.getInteger("recording.port");
    }

    public static List<String> received() {
        return System.getProperty("recording.received").lines()
                .map(line -> new String(HexFormat.of().parseHex(line.strip()), StandardCharsets.ISO_8859_1)).toList();
    }

    public static void forget() {
        System.setProperty("recording.received", "");
    }

    private static void listen(ServerSocket server) {
        while (true) {
            try (Socket connection = server.accept()) {
                connection.setSoTimeout(2_000);
                InputStream input = connection.getInputStream();
                byte[] buffer = new byte[65_536];
                int length = input.read(buffer);
                System.setProperty("recording.received", System.getProperty("recording.received") + " "
                        + (length <= 0 ? "" : HexFormat.of().formatHex(buffer, 0, length)) + "\n");
            } catch (IOException e) {
                // A client that has gone; the next one is waited for.
                continue;
            }
        }
    }
}
