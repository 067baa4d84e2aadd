package io.quarkiverse.hume.test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.streams.WriteStream;

/**
 * A server in place of Hume behind the relay: it is slow, rejects requests, or sends more than a browser may receive. System
 * properties have the received requests, because application and test have different class loaders.
 */
public final class RelayedHume {

    public static final String API_KEY = "canary-api-key-0f3a";
    public static final String SECRET_KEY = "canary-secret-key-7b1c";
    public static final String TOKEN = "canary-access-token-5e9d";

    /** Of what is streamed: more than the buffers of all sockets on the way hold. */
    public static final long STREAMED = 120L << 20;

    private static final int PIECE = 64 * 1024;
    private static final String STATE = "relayed.state";

    private static RelayedHume running;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger tokens = new AtomicInteger();

    private RelayedHume() {
    }

    /** Starts the server and leaves its address in the system property {@code relayed.url}. */
    public static void start() {
        System.getProperties().put(STATE, new ConcurrentHashMap<String, Object>());
        reset();
        RelayedHume hume = new RelayedHume();
        running = hume;
        int port = hume.vertx.createHttpServer(new HttpServerOptions().setMaxWebSocketFrameSize(4 << 20))
                .requestHandler(hume::handle).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join()
                .actualPort();
        System.setProperty("relayed.url", "http://127.0.0.1:" + port);
    }

    /** Leaves no system property behind that is not a string: other libraries copy all of them. */
    public static void stop() {
        running.vertx.close().toCompletionStage().toCompletableFuture().join();
        System.getProperties().remove(STATE);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> state() {
        return (Map<String, Object>) System.getProperties().get(STATE);
    }

    public static void reset() {
        state().put("requests", new CopyOnWriteArrayList<String>());
        state().put("messages", new CopyOnWriteArrayList<String>());
        state().put("received", new AtomicLong());
        state().put("sent", new AtomicLong());
        mode("well");
    }

    public static void mode(String mode) {
        state().put("mode", mode);
    }

    private static boolean in(String mode) {
        return mode.equals(state().get("mode"));
    }

    /** Requests and handshakes, with all their headers. */
    @SuppressWarnings("unchecked")
    public static List<String> requests() {
        return (List<String>) state().get("requests");
    }

    /** What was received over sockets, closing codes and reasons included. */
    @SuppressWarnings("unchecked")
    public static List<String> messages() {
        return (List<String>) state().get("messages");
    }

    /** Bytes of bodies and frames. */
    public static AtomicLong received() {
        return (AtomicLong) state().get("received");
    }

    public static AtomicLong sent() {
        return (AtomicLong) state().get("sent");
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/oauth2-cc/token")) {
            request.response().putHeader("Content-Type", "application/json")
                    .end("{\"access_token\":\"" + TOKEN + tokens.incrementAndGet() + "\",\"expires_in\":1800}");
            return;
        }
        requests().add(request.method() + " " + request.uri() + " " + request.headers().entries());
        if (request.headers().contains("Upgrade")) {
            handshake(request);
        } else if (request.method().name().equals("GET")) {
            answer(request);
        } else {
            upload(request);
        }
    }

    private void upload(HttpServerRequest request) {
        AtomicLong received = received();
        request.handler(piece -> received.addAndGet(piece.length()));
        request.endHandler(end -> answer(request));
        if (in("slow-reader")) {
            request.pause();
            resumeWhen(request::resume);
        }
    }

    /** At the next look after the mode has changed. */
    private void resumeWhen(Runnable resume) {
        vertx.setPeriodic(20, id -> {
            if (!in("slow-reader")) {
                vertx.cancelTimer(id);
                resume.run();
            }
        });
    }

    private void answer(HttpServerRequest request) {
        String credential = request.getHeader("Authorization") + " " + request.getHeader("X-Hume-Api-Key");
        switch ((String) state().get("mode")) {
            case "unauthorized" -> request.response().setStatusCode(401).putHeader("WWW-Authenticate", "Basic").end("{}");
            case "unauthorized-once" -> {
                mode("well");
                request.response().setStatusCode(401).putHeader("WWW-Authenticate", "Basic").end("{}");
            }
            case "redirect" -> request.response().setStatusCode(302).putHeader("Location", "https://evil.example/").end();
            case "proxy-password" -> request.response().setStatusCode(407).end();
            case "closed" -> request.connection().close();
            case "silent" -> {
                // Never answers.
            }
            case "stream" -> stream(request);
            case "broken-stream" -> {
                request.response().setChunked(true).write("{\"begun\":");
                vertx.setTimer(100, id -> request.connection().close());
            }
            case "billed-then-broken" -> {
                request.response().putHeader("Content-Type", "application/json").setChunked(true)
                        .write("{\"received\":{\"input_tokens\":5},\"answers\":");
                vertx.setTimer(100, id -> request.connection().close());
            }
            case "unprocessable" -> request.response().setStatusCode(422).putHeader("Content-Type", "application/json")
                    .end("{\"type\":\"error\",\"code\":\"question_invalid\"}");
            case "limited-once" -> {
                mode("well");
                request.response().setStatusCode(429).putHeader("Retry-After", "1").end("{}");
            }
            case "limited-for-three-seconds" -> {
                mode("well");
                request.response().setStatusCode(429).putHeader("Retry-After", "3").end("{}");
            }
            case "limited" -> request.response().setStatusCode(429).putHeader("Retry-After", "17").end("{}");
            default -> request.response().putHeader("Content-Type", "application/json")
                    .putHeader("Set-Cookie", "hume=1").putHeader("Access-Control-Allow-Origin", "*")
                    .putHeader("Strict-Transport-Security", "max-age=1").putHeader("Server", "hume")
                    .putHeader("Link", "</x>").putHeader("X-Request-Id", "req-1").putHeader("ETag", credential)
                    .end("{\"run_id\":\"r\",\"received\":{\"file_bytes\":3,\"input_tokens\":7},\"answers\":{}}");
        }
    }

    private void stream(HttpServerRequest request) {
        request.response().putHeader("Content-Type", "application/zip").putHeader("Content-Length", String.valueOf(STREAMED));
        AtomicLong sent = sent();
        pump(request.response(), () -> sent.get() < STREAMED, () -> {
            sent.addAndGet(PIECE);
            request.response().write(Buffer.buffer(new byte[PIECE]));
        }, () -> request.response().end());
    }

    private static void pump(WriteStream<?> to, BooleanSupplier more, Runnable piece, Runnable end) {
        while (more.getAsBoolean()) {
            if (to.writeQueueFull()) {
                to.drainHandler(drained -> pump(to, more, piece, end));
                return;
            }
            piece.run();
        }
        end.run();
    }

    private void handshake(HttpServerRequest request) {
        String mode = (String) state().get("mode");
        if (mode.startsWith("refuse-")) {
            request.response().setStatusCode(Integer.parseInt(mode.substring("refuse-".length())))
                    .putHeader("Retry-After", "17").end();
        } else if (mode.equals("unauthorized-once")) {
            mode("well");
            request.response().setStatusCode(401).end();
        } else if (mode.equals("silent")) {
            return;
        } else if (mode.equals("cut")) {
            cut(request);
        } else {
            request.toWebSocket().onSuccess(socket -> connected(socket, mode));
        }
    }

    private void connected(ServerWebSocket socket, String mode) {
        socket.closeHandler(closed -> messages().add("closed " + socket.closeStatusCode() + " " + socket.closeReason()));
        socket.textMessageHandler(text -> {
            messages().add(text);
            if (text.equals("close")) {
                socket.close((short) 4321, "because of me");
            } else {
                socket.writeTextMessage("echo " + text);
            }
        });
        AtomicLong received = received();
        socket.binaryMessageHandler(data -> received.addAndGet(data.length()));
        switch (mode) {
            case "burst" -> {
                for (int i = 0; i < 1_000; i++) {
                    socket.writeTextMessage("number " + i);
                }
                socket.close((short) 4000, "that was all");
            }
            case "stream" -> {
                AtomicLong sent = sent();
                pump(socket, () -> sent.get() < STREAMED, () -> {
                    sent.addAndGet(PIECE);
                    socket.writeFinalBinaryFrame(Buffer.buffer(new byte[PIECE]));
                }, () -> socket.close((short) 4000, "that was all"));
            }
            case "slow-reader" -> {
                socket.pause();
                resumeWhen(socket::resume);
            }
            case "large-frame" -> socket.writeBinaryMessage(Buffer.buffer(new byte[64 * 1024]));
            case "fragments" -> {
                socket.writeFrame(WebSocketFrame.textFrame("one ", false));
                socket.writeFrame(WebSocketFrame.continuationFrame(
                        Buffer.buffer("two".getBytes(StandardCharsets.UTF_8)), true));
            }
            default -> {
                // Only answers.
            }
        }
    }

    /** A message, and the end of the connection without a closing frame. */
    private static void cut(HttpServerRequest request) {
        request.response().putHeader("Upgrade", "websocket").putHeader("Connection", "Upgrade")
                .putHeader("Sec-WebSocket-Accept", accept(request.getHeader("Sec-WebSocket-Key")));
        request.toNetSocket().onSuccess(connection -> connection
                .end(Buffer.buffer().appendByte((byte) 0x81).appendByte((byte) 5).appendString("hello")));
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
