package io.quarkiverse.hume.emulator.platform;

import java.util.UUID;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** A socket of the voice platform. Its messages are JSON objects. A rejected message does not close it. */
abstract class VoiceSession extends SocketSession {

    final String requestId = UUID.randomUUID().toString();

    /** @throws RejectedRequest if the message is not valid */
    abstract void message(JsonInput input);

    @Override
    protected void text(String message) {
        try {
            JsonInput.parse(Buffer.buffer(message)).map(JsonInput::voice).ifPresentOrElse(this::message,
                    () -> error("E0100", "payload_not_json", "The message must be a JSON object"));
        } catch (RejectedRequest rejected) {
            error("E0101", "payload_invalid", rejected.getMessage());
        }
    }

    @Override
    protected void binary(Buffer message) {
        error("E0101", "payload_invalid", "Only text messages are understood");
    }

    final void error(String code, String slug, String message) {
        send(JsonObject.of("type", "error", "code", code, "slug", slug, "message", message, "request_id", requestId));
    }
}
