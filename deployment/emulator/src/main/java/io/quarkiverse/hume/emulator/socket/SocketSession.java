package io.quarkiverse.hume.emulator.socket;

import java.util.function.Consumer;

import io.vertx.core.buffer.Buffer;

/** What Hume does on one open socket. Called by one thread at a time, though not always by the same one. */
public interface SocketSession {

    /**
     * The first message is the server's.
     *
     * @param later sends what is not a reply to a message of the client; may be used from any thread
     */
    default SocketReply opened(Consumer<SocketReply> later) {
        return SocketReply.of();
    }

    SocketReply text(String message);

    SocketReply binary(Buffer message);

    /** The last call: the socket is closed, by either side. */
    default void closed() {
    }
}
