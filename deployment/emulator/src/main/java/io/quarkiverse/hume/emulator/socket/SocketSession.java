package io.quarkiverse.hume.emulator.socket;

import java.util.function.Consumer;

import io.vertx.core.buffer.Buffer;

/** What Hume says on one open socket. Called by one thread at a time, though not always by the same one. */
public interface SocketSession {

    /**
     * The first message is the server's.
     *
     * @param later sends what no message of the client is the cause of; may be used from any thread
     */
    SocketReply opened(Consumer<SocketReply> later);

    SocketReply text(String message);

    SocketReply binary(Buffer message);

    /** The last call: the socket is closed, by either side. */
    void closed();
}
