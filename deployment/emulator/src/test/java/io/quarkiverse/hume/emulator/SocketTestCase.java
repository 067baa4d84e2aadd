package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.http.WebSocketHandshakeException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.json.JsonObject;

/** Sockets of the emulator, by path. */
abstract class SocketTestCase extends EmulatorTestCase {

    static final String CHAT = "/v0/evi/chat";
    static final String SPEECH = "/v0/tts/stream/input";
    static final String EXPRESSION = "/v1/expression/audio/realtime";

    static SocketClient open(String path) {
        return open(path, "X-Hume-Api-Key", emulator.keys(FIRST).apiKey());
    }

    static SocketClient open(String path, String... headers) {
        return SocketClient.connect(emulator.baseUri(), path, headers);
    }

    /** The status of a handshake that is rejected. */
    static int rejection(String path, String... headers) {
        Throwable failure = catchThrowable(() -> open(path, headers));
        assertThat(failure).isInstanceOf(CompletionException.class);
        assertThat(failure.getCause()).isInstanceOf(WebSocketHandshakeException.class);
        return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
    }

    static List<JsonObject> sockets() {
        return call("GET", "/emulator/sockets").send().json().getJsonArray("sockets").stream().map(JsonObject.class::cast)
                .toList();
    }

    static JsonObject message(String type) {
        return new JsonObject().put("type", type);
    }

    static WaveAudio wave(String base64) {
        return WaveAudio.decode(Base64.getDecoder().decode(base64)).orElseThrow();
    }
}
