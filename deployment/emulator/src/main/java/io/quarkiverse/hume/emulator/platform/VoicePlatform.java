package io.quarkiverse.hume.emulator.platform;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The voice platform: speech, voices, configurations, prompts, tools, chats. */
public final class VoicePlatform {

    static final Instant FIRST_DAY = Instant.ofEpochMilli(1_760_000_000_000L);

    private static final JsonObject OFF = JsonObject.of("enabled", false);
    /** The default content of these fields of a configuration, which a client overrides. */
    private static final Map<String, JsonObject> DEFAULTS = Map.of("ellm_model", JsonObject.of("allow_short_responses", false),
            "nudges", OFF, "timeouts", JsonObject.of("inactivity", OFF, "max_duration", OFF));

    private final Chats chats;
    private final Voices voices = new Voices();
    private final VersionedResources prompts;
    private final VersionedResources tools;
    private final VersionedResources configs;

    public VoicePlatform(InstantSource clock) {
        this.chats = new Chats(clock);
        this.prompts = new VersionedResources("prompt", "text! version_description prompt_expansion{}", clock,
                List.of(), (account, prompt) -> prompt.put("version_type", "FIXED"));
        this.tools = new VersionedResources("tool", "parameters! version_description description fallback_content",
                clock, List.of(), (account, tool) -> tool.put("version_type", "FIXED").put("tool_type", "FUNCTION"));
        this.configs = new VersionedResources("config", "evi_version! version_description prompt{} voice{} language_model{}"
                + " ellm_model{} event_messages{} interruption{} nudges{} timeouts{} turn_detection{} builtin_tools[] tools[]"
                + " webhooks[]", clock, samples(), this::complete);
    }

    public void register(RouteTable<Answer> routes, RouteTable<SocketSession> sockets) {
        new SpeechEndpoints(voices).register(routes);
        voices.register(routes);
        List.of(configs, prompts, tools).forEach(resources -> resources.register(routes));
        chats.register(routes);
        sockets.add(RouteTable.SOCKET, "/v0/tts/stream/input", "synthesizes speech from text that arrives in parts",
                request -> new SpeechEndpoints.Session(voices, request))
                .add(RouteTable.SOCKET, "/v0/evi/chat", "a voice chat", request -> new ChatSession(chats, configs, request))
                .add(RouteTable.SOCKET, "/v0/evi/chat/{id}/connect", "controls an active chat",
                        request -> chats.session(request).connection());
    }

    /** The sound of an ended chat of any account; empty if there is no such chat. */
    public Optional<WaveAudio> sound(String chatId) {
        return chats.sound(chatId);
    }

    /** A page of a list. Pages are counted from 0. */
    static JsonObject page(ReceivedRequest request, String field, List<JsonObject> all) {
        JsonInput query = JsonInput.query(request);
        long number = query.whole("page_number", 0, Integer.MAX_VALUE).orElse(0L);
        long size = query.whole("page_size", 1, 100).orElse(10L);
        return JsonObject.of("page_number", number, "page_size", size, "total_pages", (all.size() + size - 1) / size, field,
                new JsonArray(all.stream().skip(number * size).limit(size).toList()));
    }

    /** A page of a list whose direction the client chooses. */
    static JsonObject orderedPage(ReceivedRequest request, String field, Stream<JsonObject> oldestFirst) {
        List<JsonObject> all = new ArrayList<>(oldestFirst.toList());
        if (!ascending(request)) {
            Collections.reverse(all);
        }
        return page(request, field, all);
    }

    static boolean ascending(ReceivedRequest request) {
        return JsonInput.query(request).flag("ascending_order", true);
    }

    /** Replaces the references of a configuration to a prompt, to tools and to a voice by what they refer to. */
    private JsonObject complete(String account, JsonObject config) {
        JsonInput input = JsonInput.voice(config);
        input.object("prompt").ifPresent(prompt -> config.put("prompt", prompt(account, prompt)));
        input.object("voice").ifPresent(voice -> config.put("voice", voices.find(account, voice)));
        config.put("tools", each(config, "tools", tool -> reference(tools, account, tool, "tools")));
        config.put("builtin_tools", each(config, "builtin_tools", tool -> tool.copy().put("tool_type", "BUILTIN")));
        input.object("event_messages").ifPresent(messages -> JsonInput.voice(messages).object("on_new_chat"));
        DEFAULTS.forEach((field, absent) -> input.object(field)
                .ifPresent(given -> config.put(field, absent.copy().mergeIn(given))));
        return config;
    }

    private static JsonArray each(JsonObject config, String field, UnaryOperator<JsonObject> change) {
        return new JsonArray(config.getJsonArray(field).stream().map(entry -> {
            if (entry instanceof JsonObject object) {
                return change.apply(object);
            }
            throw RejectedRequest.unprocessable("Input should be objects", "body", field);
        }).toList());
    }

    /** An existing prompt, or a text of this configuration only; null if the reference has neither. */
    private JsonObject prompt(String account, JsonObject prompt) {
        if (!prompt.getString("id", "").isBlank()) {
            return reference(prompts, account, prompt, "prompt");
        }
        String text = prompt.getString("text", "");
        return text.isBlank() ? null
                : JsonObject.of("id", id(text), "version", 0, "name", "", "created_on", 0,
                        "modified_on", 0, "version_type", "FIXED", "text", text);
    }

    private static JsonObject reference(VersionedResources resources, String account, JsonObject wanted, String field) {
        JsonInput input = JsonInput.voice(wanted);
        Integer version = input.whole("version", 0, Integer.MAX_VALUE).map(Long::intValue).orElse(null);
        return resources.find(account, input.text("id").orElse(""), version)
                .map(found -> found.put("version_type", version == null ? "LATEST" : "FIXED"))
                .orElseThrow(() -> RejectedRequest.unprocessable("There is none of this id and version", "body", field));
    }

    /** The configurations that every account has at the start. */
    private static List<JsonObject> samples() {
        return IntStream.rangeClosed(1, 3).mapToObj(number -> JsonObject.of("id", id("config" + number), "version", 0, "name",
                "Demo " + number, "evi_version", "3", "created_on", FIRST_DAY.toEpochMilli(), "modified_on",
                FIRST_DAY.toEpochMilli(), "tools", new JsonArray())).toList();
    }

    /** The same in every run. */
    static String id(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
