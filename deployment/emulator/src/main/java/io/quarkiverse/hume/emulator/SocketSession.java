package io.quarkiverse.hume.emulator;

import java.util.Optional;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** What Hume says on one open socket. Called by one thread at a time, though not always by the same one. */
interface SocketSession {

    /** The first word is the server's. */
    SocketReply opened();

    SocketReply text(String message);

    SocketReply binary(Buffer message);

    /** The last call: the socket is closed, by whichever side. */
    void closed();

    /** Empty if the message is not a JSON object. */
    static Optional<JsonObject> object(String message) {
        try {
            JsonObject json = new JsonObject(message);
            return json.getMap() == null ? Optional.empty() : Optional.of(json);
        } catch (DecodeException | ClassCastException notAnObject) {
            return Optional.empty();
        }
    }
}
