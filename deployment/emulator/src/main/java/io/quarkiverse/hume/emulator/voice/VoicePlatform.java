package io.quarkiverse.hume.emulator.voice;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.quarkiverse.hume.emulator.http.RouteTable;
import io.quarkiverse.hume.emulator.socket.SocketSession;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The voice platform: speech, voices, configurations, prompts, tools, chats. */
public final class VoicePlatform {

    private final Chats chats;
    private final Voices voices = new Voices();
    private final VersionedResources prompts;
    private final VersionedResources tools;
    private final VersionedResources configs;

    public VoicePlatform(InstantSource clock) {
        this.chats = new Chats(clock);
        JsonObject fixed = new JsonObject().put("version_type", "FIXED");
        this.prompts = new VersionedResources("prompt", "text! version_description prompt_expansion{}", fixed, clock, List.of(),
                (account, prompt) -> prompt);
        this.tools = new VersionedResources("tool", "parameters! version_description description fallback_content",
                fixed.copy().put("tool_type", "FUNCTION"), clock, List.of(), (account, tool) -> tool);
        this.configs = new VersionedResources("config", "evi_version! version_description prompt{} voice{} language_model{}"
                + " ellm_model{} event_messages{} interruption{} nudges{} timeouts{} turn_detection{} builtin_tools[] tools[]"
                + " webhooks[]", new JsonObject(), clock, Samples.configs(), this::complete);
    }

    public void register(RouteTable<Function<ReceivedRequest, Answer>> routes,
            RouteTable<Function<ReceivedRequest, SocketSession>> sockets) {
        new SpeechEndpoints(voices).register(routes);
        voices.register(routes);
        List.of(configs, prompts, tools).forEach(resources -> resources.register(routes));
        chats.register(routes);
        sockets.add("GET", "/v0/tts/stream/input", "speaks text that comes in pieces",
                request -> new SpeechSession(voices, request))
                .add("GET", "/v0/evi/chat", "a voice chat", request -> new ChatSession(chats, configs, request))
                .add("GET", "/v0/evi/chat/{id}/connect", "controls a chat that goes on",
                        request -> new ControlSession(chats.session(request, true)));
    }

    /** What was said in a chat of any account; empty if there is no such chat that is over. */
    public Optional<WaveAudio> sound(String chatId) {
        return chats.sound(chatId);
    }

    public void forget() {
        chats.forget();
        voices.forget();
        List.of(configs, prompts, tools).forEach(VersionedResources::forget);
    }

    /** A configuration refers to a prompt, tools and a voice: its reader gets them. */
    private JsonObject complete(String account, JsonObject config) {
        JsonInput input = JsonInput.voice(config);
        input.object("prompt").ifPresent(prompt -> config.put("prompt", prompt(account, prompt)));
        input.object("voice").ifPresent(voice -> config.put("voice", voices.find(account, voice)));
        config.put("tools", each(config, "tools", tool -> reference(tools, account, tool, "tools")));
        config.put("builtin_tools", each(config, "builtin_tools", tool -> tool.copy().put("tool_type", "BUILTIN")));
        input.object("event_messages").ifPresent(messages -> JsonInput.voice(messages).object("on_new_chat"));
        JsonObject off = new JsonObject().put("enabled", false);
        Map.of("ellm_model", new JsonObject().put("allow_short_responses", false), "nudges", off, "timeouts",
                new JsonObject().put("inactivity", off).put("max_duration", off)).forEach(
                        (field, absent) -> input.object(field)
                                .ifPresent(given -> config.put(field, absent.copy().mergeIn(given))));
        return config;
    }

    private static JsonArray each(JsonObject config, String field, UnaryOperator<JsonObject> change) {
        return new JsonArray(config.getJsonArray(field).stream().map(entry -> {
            if (entry instanceof JsonObject object) {
                return change.apply(object);
            }
            throw RefusedRequest.unprocessable("Input should be objects", "body", field);
        }).toList());
    }

    /** One that exists, or a text that this configuration alone has; null if the reference has neither. */
    private JsonObject prompt(String account, JsonObject prompt) {
        if (!prompt.getString("id", "").isBlank()) {
            return reference(prompts, account, prompt, "prompt");
        }
        String text = prompt.getString("text", "");
        return text.isBlank() ? null
                : new JsonObject().put("id", Samples.id(text)).put("version", 0).put("name", "")
                        .put("created_on", 0).put("modified_on", 0).put("version_type", "FIXED").put("text", text);
    }

    private static JsonObject reference(VersionedResources resources, String account, JsonObject wanted, String field) {
        JsonInput input = JsonInput.voice(wanted);
        Integer version = input.whole("version", 0, Integer.MAX_VALUE).map(Long::intValue).orElse(null);
        return resources.find(account, input.text("id").orElse(""), version)
                .map(found -> found.put("version_type", version == null ? "LATEST" : "FIXED"))
                .orElseThrow(() -> RefusedRequest.unprocessable("There is none of this id and version", "body", field));
    }
}
