package io.quarkiverse.hume.benchmark;

import java.util.concurrent.atomic.AtomicLong;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketBase;

/** A server that replaces Hume behind the relays: it accepts uploads and answers the frames of sockets. */
final class RelayHume {

    /** The behavior of the sockets. */
    enum Mode {
        /** Answers each frame with the time at the beginning of the frame. */
        ANSWER,
        /** Sends as fast as it can, up to a limit for each socket. */
        SEND,
        /** Reads nothing. */
        STALL
    }

    private static final int ANSWER_SIZE = 200;

    volatile Mode mode = Mode.ANSWER;
    volatile long limit;
    /** The number of bytes that all sockets have accepted for sending since the last {@link #reset}. */
    final AtomicLong sent = new AtomicLong();

    private final int port;

    RelayHume(Vertx vertx) {
        HttpServerOptions options = new HttpServerOptions();
        options.setReceiveBufferSize(RelayLoad.SOCKET_BUFFER).setSendBufferSize(RelayLoad.SOCKET_BUFFER);
        port = vertx.createHttpServer(options).webSocketHandler(this::accept).requestHandler(this::answer)
                .listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join().actualPort();
    }

    int port() {
        return port;
    }

    void reset(Mode next, long most) {
        limit = most;
        sent.set(0);
        mode = next;
    }

    private void answer(HttpServerRequest request) {
        AtomicLong size = new AtomicLong();
        request.handler(piece -> size.addAndGet(piece.length()));
        request.endHandler(end -> request.response().putHeader("Content-Type", "application/json")
                .end("{\"received\":{\"file_bytes\":" + size + ",\"input_tokens\":7}}"));
    }

    private void accept(ServerWebSocket socket) {
        socket.exceptionHandler(broken -> {
            // The server is not closed; it ends with the process.
        });
        switch (mode) {
            case ANSWER -> socket.binaryMessageHandler(frame -> {
                socket.writeBinaryMessage(Buffer.buffer(ANSWER_SIZE).appendLong(frame.getLong(0))
                        .appendBytes(new byte[ANSWER_SIZE - Long.BYTES]));
            });
            case SEND -> send(socket, limit, new AtomicLong(), sent);
            case STALL -> socket.pause();
        }
    }

    /** Sends as fast as the other side reads, up to a limit for this socket. Must be called on the context of the socket. */
    static void send(WebSocketBase socket, long limit, AtomicLong ofThisSocket, AtomicLong ofAll) {
        while (ofThisSocket.get() < limit && !socket.isClosed()) {
            if (socket.writeQueueFull()) {
                socket.drainHandler(drained -> send(socket, limit, ofThisSocket, ofAll));
                return;
            }
            socket.writeBinaryMessage(Buffer.buffer(new byte[RelayLoad.LARGE_FRAME]));
            ofThisSocket.addAndGet(RelayLoad.LARGE_FRAME);
            ofAll.addAndGet(RelayLoad.LARGE_FRAME);
        }
    }
}
