package io.quarkiverse.hume.test;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.eclipse.microprofile.config.ConfigProvider;

/** A slow sender of one webhook, on a separate connection. */
final class SlowWebhook implements AutoCloseable {

    private final Socket socket;

    /** Sends the headers to the application under test. */
    SlowWebhook(String path, String signature, long timestamp, long length) throws IOException {
        this(ConfigProvider.getConfig().getValue("test.url", String.class).replaceAll(".*:(\\d+).*", "$1"), path, signature,
                timestamp, length);
    }

    SlowWebhook(String port, String path, String signature, long timestamp, long length) throws IOException {
        socket = new Socket("localhost", Integer.parseInt(port));
        socket.setSoTimeout(30_000);
        send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "X-Hume-AI-Webhook-Signature: " + signature + "\r\nX-Hume-AI-Webhook-Timestamp: " + timestamp
                + "\r\nContent-Length: " + length + "\r\n\r\n");
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One byte after the other, until the connection is closed. */
    void drip(long millis) {
        try {
            while (true) {
                send("x");
                Thread.sleep(millis);
            }
        } catch (IOException closed) {
            // That is what ends it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever comes until the other side closes the connection. */
    String answer() throws IOException {
        StringBuilder answer = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
        } catch (java.net.SocketException reset) {
            // Closed with bytes unread: what came before counts.
        }
        return answer.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
