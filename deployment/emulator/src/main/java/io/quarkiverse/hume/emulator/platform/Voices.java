package io.quarkiverse.hume.emulator.platform;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.vertx.core.json.JsonObject;

/** Hume's library of voices, of which the emulator knows a few, and the voices that accounts save themselves. */
final class Voices {

    private static final String HUME = "HUME_AI";
    private static final String CUSTOM = "CUSTOM_VOICE";
    private static final int REMEMBERED_GENERATIONS = 1_000;

    // The first is the voice of Hume's examples, with its real ID.
    private final List<JsonObject> library = Stream.concat(
            Stream.of(voice("5bb7de05-c8fe-426a-8fcc-ba4fc4ce9f9c", "Ava Song", HUME)),
            IntStream.rangeClosed(2, 12).mapToObj(number -> "Emulated voice " + number)
                    .map(name -> voice(VoicePlatform.id(HUME + name), name, HUME)))
            .toList();
    private final Map<String, List<JsonObject>> saved = new ConcurrentHashMap<>();
    private final BoundedHistory<String> generations = new BoundedHistory<>(REMEMBERED_GENERATIONS);

    void register(RouteTable<Answer> routes) {
        routes.add("GET", "/v0/tts/voices", "lists the voices of a provider", this::list)
                .add("POST", "/v0/tts/voices", "saves the voice of a generation", request -> {
                    JsonInput input = JsonInput.voice(request.body());
                    requireGeneration(request.account(), input.required("generation_id"));
                    JsonObject voice = voice(UUID.randomUUID().toString(), input.required("name"), CUSTOM);
                    of(request.account(), CUSTOM).add(voice);
                    return Answer.ok(voice);
                }).add("DELETE", "/v0/tts/voices", "deletes a saved voice by its name", request -> {
                    String name = JsonInput.query(request).required("name");
                    if (!of(request.account(), CUSTOM).removeIf(voice -> voice.getString("name").equals(name))) {
                        throw RejectedRequest.voice(400, "voice_not_found", "There is no saved voice \"" + name + "\"");
                    }
                    return Answer.EMPTY;
                });
    }

    private Answer list(ReceivedRequest request) {
        List<String> tags = request.parameters("filter_tag");
        if (!tags.stream().allMatch(tag -> tag.contains(":"))) {
            throw RejectedRequest.unprocessable("Input should be TAG:TAG_VALUE", "query", "filter_tag");
        }
        JsonInput query = JsonInput.query(request);
        String provider = query.oneOf("provider", List.of(HUME, CUSTOM)).orElseGet(() -> query.required("provider"));
        return Answer.ok(VoicePlatform.orderedPage(request, "voices_page", of(request.account(), provider).stream()
                .filter(voice -> tags.stream().allMatch(tag -> hasTag(voice, tag)))));
    }

    /** @return the ID of new speech, whose voice can be saved */
    String newGeneration(String account) {
        String id = UUID.randomUUID().toString();
        generations.add(sequence -> account + " " + id);
        return id;
    }

    void requireGeneration(String account, String id) {
        if (!generations.all().contains(account + " " + id)) {
            throw RejectedRequest.unprocessable("There is no generation " + id, "body", "generation_id");
        }
    }

    /** Rejects the input if it continues earlier speech that does not exist. */
    void requireContext(String account, JsonInput input) {
        input.object("context").map(JsonInput::voice).flatMap(context -> context.text("generation_id"))
                .ifPresent(id -> requireGeneration(account, id));
    }

    /**
     * The voice that a reference with an ID or a name means. Hume's library is larger than the emulator's, so every voice of
     * {@code HUME_AI} exists.
     */
    JsonObject find(String account, JsonObject reference) {
        String field = reference.containsKey("id") ? "id" : "name";
        String wanted = String.valueOf(reference.getValue(field));
        String provider = String.valueOf(reference.getValue("provider", CUSTOM));
        Stream<JsonObject> others = provider.equals(HUME) && reference.getValue(field) != null
                ? Stream.of(voice(field.equals("id") ? wanted : VoicePlatform.id(wanted), wanted, HUME))
                : Stream.empty();
        return Stream.concat(of(account, provider).stream().filter(voice -> voice.getString(field).equals(wanted)), others)
                .findFirst().orElseThrow(() -> RejectedRequest.unprocessable("There is no voice \"" + wanted + "\" of "
                        + provider + ". A voice of Hume's library needs the provider " + HUME, "body", "voice"));
    }

    private List<JsonObject> of(String account, String provider) {
        return provider.equals(HUME) ? library
                : saved.computeIfAbsent(account, unknown -> new CopyOnWriteArrayList<>(
                        Stream.of("Demo", "Receptionist").map(name -> voice(VoicePlatform.id(CUSTOM + name), name, CUSTOM))
                                .toList()));
    }

    /** Every second voice of the library is female, the others are male; all speak English. Saved voices have no tags. */
    private boolean hasTag(JsonObject voice, String tag) {
        int position = library.indexOf(voice);
        String[] parts = tag.split(":", 2);
        Map<String, String> tags = Map.of("GENDER", position % 2 == 0 ? "Female" : "Male", "LANGUAGE", "English");
        return position >= 0 && parts[1].equals(tags.get(parts[0].toUpperCase(Locale.ROOT)));
    }

    private static JsonObject voice(String id, String name, String provider) {
        return JsonObject.of("id", id, "name", name, "provider", provider);
    }
}
