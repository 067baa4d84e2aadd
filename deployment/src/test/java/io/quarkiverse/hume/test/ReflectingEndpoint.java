package io.quarkiverse.hume.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token endpoint, or another server in its place, that returns the received {@code Authorization} header in the part of the
 * response that the system property {@code reflecting.part} names. It writes HTTP itself, since no server would send such
 * responses.
 */
public final class ReflectingEndpoint {

    private static final String TAIL = "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

    /** By part; {@code @} is the placeholder for the returned header. */
    private static final Map<String, String> ANSWERS = new LinkedHashMap<>();

    static {
        ANSWERS.put("instead of a status line", "@\r\n" + TAIL);
        ANSWERS.put("version", "@ 200 OK\r\n" + TAIL);
        ANSWERS.put("status", "HTTP/1.1 @ OK\r\n" + TAIL);
        ANSWERS.put("status and reason phrase", "HTTP/1.1 @\r\n" + TAIL);
        ANSWERS.put("reason phrase of a success", "HTTP/1.1 200 @\r\n" + TAIL);
        ANSWERS.put("reason phrase of a failure", "HTTP/1.1 503 @\r\n" + TAIL);
        ANSWERS.put("reason phrase of a refusal", "HTTP/1.1 401 @\r\n" + TAIL);
        ANSWERS.put("header name", "HTTP/1.1 200 OK\r\n@: x\r\n" + TAIL);
        ANSWERS.put("header line", "HTTP/1.1 200 OK\r\n@\r\n" + TAIL);
        ANSWERS.put("Content-Length", "HTTP/1.1 200 OK\r\nContent-Length: @\r\n\r\n{}");
        ANSWERS.put("second Content-Length", "HTTP/1.1 200 OK\r\nContent-Length: @\r\n" + TAIL);
        ANSWERS.put("Content-Type", "HTTP/1.1 200 OK\r\nContent-Type: @\r\nContent-Length: 2\r\n\r\n{}");
        ANSWERS.put("Content-Encoding", "HTTP/1.1 200 OK\r\nContent-Encoding: @\r\n" + TAIL);
        ANSWERS.put("Transfer-Encoding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: @\r\n" + TAIL);
        ANSWERS.put("size of a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n@\r\n{}\r\n0\r\n\r\n");
        ANSWERS.put("trailer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n@\r\n\r\n");
        ANSWERS.put("Location", "HTTP/1.1 302 Found\r\nLocation: @\r\n" + TAIL);
        ANSWERS.put("Location of this server", "HTTP/1.1 307 Temporary Redirect\r\nLocation: /oauth2-cc/token?@\r\n" + TAIL);
        ANSWERS.put("Retry-After", "HTTP/1.1 429 Too Many Requests\r\nRetry-After: @\r\n" + TAIL);
        ANSWERS.put("WWW-Authenticate", "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: @\r\n" + TAIL);
        ANSWERS.put("Set-Cookie", "HTTP/1.1 503 Unavailable\r\nSet-Cookie: a=@\r\n" + TAIL);
        ANSWERS.put("interim answer", "HTTP/1.1 103 @\r\nLink: @\r\n\r\nHTTP/1.1 503 Unavailable\r\n" + TAIL);
        ANSWERS.put("upgrade", "HTTP/1.1 101 @\r\nUpgrade: @\r\nConnection: upgrade\r\n\r\n@");
        ANSWERS.put("longer line than is read", "HTTP/1.1 200 " + "@".repeat(200) + "\r\n" + TAIL);
        ANSWERS.put("larger headers than are read", "HTTP/1.1 200 OK\r\n" + "X: @\r\n".repeat(400) + TAIL);
        ANSWERS.put("error", body("{\"error\":\"@\"}"));
        ANSWERS.put("error code", body("{\"fault\":{\"detail\":{\"errorcode\":\"@\"}}}"));
        ANSWERS.put("error_description", body("{\"error\":\"invalid_client\",\"error_description\":\"@\"}"));
        ANSWERS.put("access_token", body("{\"access_token\":\"@ \"}"));
        ANSWERS.put("expires_in", body("{\"access_token\":\"x\",\"expires_in\":\"@\"}"));
        ANSWERS.put("no JSON", body("@"));
        ANSWERS.put("HTML", body("<html><pre>Authorization: @</pre></html>"));
        ANSWERS.put("body that ends early", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{\"error\":\"@\"");
    }

    private final ServerSocket server;

    private ReflectingEndpoint() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    private static String body(String json) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + json;
    }

    public static String[] parts() {
        return ANSWERS.keySet().toArray(String[]::new);
    }

    /** Starts the server and leaves its address in the system property {@code reflecting.url}. */
    public static void start() {
        try {
            ReflectingEndpoint endpoint = new ReflectingEndpoint();
            System.setProperty("reflecting.url", "http://127.0.0.1:" + endpoint.server.getLocalPort());
            part("error");
            Thread thread = new Thread(endpoint::serve, "reflecting endpoint");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on, and forgets how many requests there were. */
    public static void part(String part) {
        System.setProperty("reflecting.part", part);
        System.setProperty("reflecting.requests", "0");
    }

    public static int requests() {
        return Integer.getInteger("reflecting.requests");
    }

    private void serve() {
        while (true) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(10_000);
                answer(socket);
            } catch (IOException e) {
                // The client has gone, which is its right.
            }
        }
    }

    private static void answer(Socket socket) throws IOException {
        String request = request(socket.getInputStream());
        String sent = request.lines().filter(line -> line.regionMatches(true, 0, "Authorization:", 0, 14)).findFirst()
                .map(line -> line.substring(14).trim()).orElse("nothing");
        String answer = ANSWERS.get(System.getProperty("reflecting.part"));
        socket.getOutputStream().write(answer.replace("@", sent).getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        System.setProperty("reflecting.requests", String.valueOf(requests() + 1));
    }

    /** The headers and the body, whose length is known. */
    private static String request(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.ISO_8859_1).endsWith("client_credentials")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            read.write(next);
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }
}
