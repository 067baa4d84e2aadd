package io.quarkiverse.hume.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;

/** A handshake with exactly the given headers; client libraries would add and remove some. */
final class RawHandshake {

    private static final int TIMEOUT_MILLIS = 30_000;

    private RawHandshake() {
    }

    /** @return the status of the answer; the connection ends with it */
    static int status(String path, String authorization, String origin) {
        List<String> headers = new ArrayList<>(List.of("Authorization: " + authorization));
        if (origin != null) {
            headers.add("Origin: " + origin);
        }
        return status(head(path, headers.toArray(String[]::new)));
    }

    static int status(List<String> head) {
        return Integer.parseInt(head.get(0).split(" ")[1]);
    }

    /** @return the status line and the headers of the answer; the connection ends with them */
    static List<String> head(String path, String... headers) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        try (Socket connection = new Socket("localhost", port)) {
            connection.setSoTimeout(TIMEOUT_MILLIS);
            connection.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            BufferedReader answer = new BufferedReader(
                    new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> head = new ArrayList<>();
            for (String line = answer.readLine(); line != null && !line.isEmpty(); line = answer.readLine()) {
                head.add(line);
            }
            return head;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sub-protocol that contains a header, as the pages of Quarkus applications send it. */
    static String subProtocol(String header, String value) {
        return encoded("quarkus-http-upgrade#" + header + "#" + value);
    }

    static String encoded(String subProtocol) {
        return URLEncoder.encode(subProtocol, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
