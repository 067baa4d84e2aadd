package io.quarkiverse.hume.emulator;

import java.util.List;

import io.vertx.core.json.JsonObject;

/**
 * What a session says in return.
 *
 * @param closeCode the code to close the socket with after the last frame; 0 to leave it open
 */
record SocketReply(List<JsonObject> frames, int closeCode) {

    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    static final int POLICY_VIOLATION = 1008;
    static final int TOO_LARGE = 1009;
    static final int INTERNAL_ERROR = 1011;

    static SocketReply none() {
        return of();
    }

    static SocketReply of(JsonObject... frames) {
        return new SocketReply(List.of(frames), 0);
    }

    static SocketReply of(List<JsonObject> frames) {
        return new SocketReply(List.copyOf(frames), 0);
    }

    SocketReply thenClose(int code) {
        return new SocketReply(frames, code);
    }
}
