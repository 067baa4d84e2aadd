package io.quarkiverse.hume.emulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What an account of the voice platform holds: the same in every run, and the chats it held since. */
final class VoiceLists {

    private static final long FIRST_DAY_MILLIS = 1_760_000_000_000L;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final int LARGEST_PAGE = 100;

    private final List<JsonObject> customVoices = entries(2,
            i -> voice(List.of("Demo", "Receptionist").get(i), "CUSTOM_VOICE"));
    private final List<JsonObject> humeVoices = entries(12, i -> voice("Emulated voice " + (i + 1), "HUME_AI"));
    private final List<JsonObject> configs = entries(3, VoiceLists::config);
    private final List<JsonObject> earlierChats = entries(25, VoiceLists::chat);
    private final ChatHistory chats;

    VoiceLists(ChatHistory chats) {
        this.chats = chats;
    }

    void register(RouteTable routes) {
        routes.add("GET", "/v0/tts/voices", this::voices)
                .add("GET", "/v0/evi/configs", request -> page(request, "configs_page", configs, new JsonObject()))
                .add("GET", "/v0/evi/chats", request -> page(request, "chats_page",
                        Stream.concat(earlierChats.stream(), chats.of(request.account()).stream()).toList(),
                        new JsonObject().put("pagination_direction", "ASC")));
    }

    private Answer voices(ReceivedRequest request) {
        String provider = request.parameter("provider").orElseThrow(
                () -> VoiceErrors.unprocessable("Field required", "missing", "query", "provider"));
        return switch (provider) {
            case "CUSTOM_VOICE" -> page(request, "voices_page", customVoices, new JsonObject());
            case "HUME_AI" -> page(request, "voices_page", humeVoices, new JsonObject());
            default -> throw VoiceErrors.unprocessable("Input should be 'HUME_AI' or 'CUSTOM_VOICE'", "enum",
                    "query", "provider");
        };
    }

    private static Answer page(ReceivedRequest request, String field, List<JsonObject> all, JsonObject extra) {
        int number = parameter(request, "page_number", 0, 0, Integer.MAX_VALUE);
        int size = parameter(request, "page_size", 10, 1, LARGEST_PAGE);
        JsonArray page = new JsonArray(all.stream().skip((long) number * size).limit(size).toList());
        return Answer.json(200, new JsonObject().put("page_number", number).put("page_size", size)
                .put("total_pages", (all.size() + size - 1) / size).mergeIn(extra).put(field, page));
    }

    private static int parameter(ReceivedRequest request, String name, int absent, int least, int most) {
        return request.parameter(name).map(text -> {
            if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
                return Integer.parseInt(text);
            }
            throw VoiceErrors.unprocessable("Input should be a whole number from " + least + " to " + most, "int_range",
                    "query", name);
        }).orElse(absent);
    }

    private static JsonObject voice(String name, String provider) {
        return new JsonObject().put("id", id(provider + name)).put("name", name).put("provider", provider);
    }

    private static JsonObject config(int index) {
        long created = FIRST_DAY_MILLIS + index * DAY_MILLIS;
        return new JsonObject().put("id", id("config" + index)).put("version", index).put("name", "Demo " + (index + 1))
                .put("evi_version", "3").put("created_on", created).put("modified_on", created).put("tools", new JsonArray());
    }

    private static JsonObject chat(int index) {
        long start = FIRST_DAY_MILLIS + index * DAY_MILLIS;
        return new JsonObject().put("id", id("chat" + index)).put("chat_group_id", id("group" + index / 2))
                .put("status", "USER_ENDED").put("start_timestamp", start).put("end_timestamp", start + 60_000)
                .put("event_count", 2 + index % 9);
    }

    private static List<JsonObject> entries(int count, IntFunction<JsonObject> entry) {
        return IntStream.range(0, count).mapToObj(entry).toList();
    }

    private static String id(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
