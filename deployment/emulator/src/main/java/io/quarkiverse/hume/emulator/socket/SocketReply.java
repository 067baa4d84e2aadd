package io.quarkiverse.hume.emulator.socket;

import java.util.List;

import io.vertx.core.json.JsonObject;

/**
 * What is sent on a socket.
 *
 * @param closeCode the code to close the socket with after the last frame; 0 to leave it open
 */
public record SocketReply(List<JsonObject> frames, int closeCode) {

    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int POLICY_VIOLATION = 1008;
    public static final int TOO_LARGE = 1009;
    public static final int INTERNAL_ERROR = 1011;

    public static SocketReply of(JsonObject... frames) {
        return of(List.of(frames));
    }

    public static SocketReply of(List<JsonObject> frames) {
        return new SocketReply(List.copyOf(frames), 0);
    }

    public SocketReply thenClose(int code) {
        return new SocketReply(frames, code);
    }
}
