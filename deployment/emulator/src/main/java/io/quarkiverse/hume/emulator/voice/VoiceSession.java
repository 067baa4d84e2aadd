package io.quarkiverse.hume.emulator.voice;

import java.util.UUID;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.quarkiverse.hume.emulator.socket.SocketReply;
import io.quarkiverse.hume.emulator.socket.SocketSession;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** A socket of the voice platform. Its messages are JSON objects; one that is rejected does not close it. */
abstract class VoiceSession implements SocketSession {

    final String requestId = UUID.randomUUID().toString();

    /** @throws RefusedRequest if the message is not valid */
    abstract SocketReply message(JsonInput input);

    @Override
    public SocketReply text(String message) {
        try {
            return JsonInput.parse(Buffer.buffer(message)).map(JsonInput::voice).map(this::message)
                    .orElseGet(() -> error("E0100", "payload_not_json", "The message must be a JSON object"));
        } catch (RefusedRequest refused) {
            return error("E0101", "payload_invalid", refused.getMessage());
        }
    }

    @Override
    public SocketReply binary(Buffer message) {
        return error("E0101", "payload_invalid", "Only text messages are understood");
    }

    final SocketReply error(String code, String slug, String message) {
        return SocketReply.of(JsonObject.of("type", "error", "code", code, "slug", slug, "message", message, "request_id",
                requestId));
    }
}
