package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a request to speak may ask for is done, or answered as documented. */
class SpeechOptionsTest extends SocketTestCase {

    private static final JsonObject AVA = new JsonObject().put("name", "Ava Song").put("provider", "HUME_AI");
    private static final byte[] RECORDING = ToneSpeech.speak("Hello").encode().getBytes();

    @Test
    void generations_several_differentSpeechAndIds() {
        JsonArray generations = spoken(request("Hello.").put("num_generations", 3)).getJsonArray("generations");

        assertThat(generations.stream().map(one -> ((JsonObject) one).getString("audio")).distinct()).hasSize(3);
        assertThat(generations.stream().map(one -> ((JsonObject) one).getString("generation_id")).distinct()).hasSize(3);
    }

    @Test
    void utterances_ofSeveralSentences_aGroupEachAndASnippetForEachSentence() {
        JsonObject request = request("One. Two!", "Three.");

        assertThat(texts(spoken(request))).containsExactly(List.of("One.", "Two!"), List.of("Three."));
        assertThat(texts(spoken(request.put("split_utterances", false)))).containsExactly(List.of("One. Two!"),
                List.of("Three."));
    }

    @Test
    void speedAndSilence_changeTheDuration() {
        double usual = duration(request("Hello there"));
        JsonObject fast = request("Hello there");
        fast.getJsonArray("utterances").getJsonObject(0).put("speed", 2).put("trailing_silence", 1.5);

        assertThat(duration(fast)).isCloseTo(usual / 2 + 1.5, within(0.001));
    }

    @Test
    void format_pcmAndMp3_asAsked() {
        byte[] wave = file(request("Hello."), "audio/wav");
        byte[] pcm = file(request("Hello.").put("format", type("pcm")), "audio/pcm");
        byte[] mp3 = file(request("Hello.").put("format", type("mp3")), "audio/mpeg");

        assertThat(pcm).isEqualTo(Arrays.copyOfRange(wave, 44, wave.length));
        assertThat(mp3).startsWith(0xff, 0xfb);
        double seconds = (double) pcm.length / 2 / 48_000;
        assertThat(mp3.length / 96 * 1_152 / 48_000.0).isBetween(seconds, seconds + 0.024);
        assertThat(spoken(request("Hello.").put("format", type("mp3"))).getJsonArray("generations").getJsonObject(0)
                .getJsonObject("encoding").getString("format")).isEqualTo("mp3");
    }

    @Test
    void timestamps_wordsAndPhonemes_coverTheSpeech() {
        JsonObject generation = spoken(request("Good morning").put("include_timestamp_types", JsonArray.of("word", "phoneme")))
                .getJsonArray("generations").getJsonObject(0);
        JsonArray times = generation.getJsonArray("snippets").getJsonArray(0).getJsonObject(0).getJsonArray("timestamps");

        assertThat(
                times.stream().map(time -> ((JsonObject) time).getString("type") + " " + ((JsonObject) time).getString("text")))
                .containsExactly("word Good", "word morning", "phoneme Goo", "phoneme mo", "phoneme rni");
        assertThat(times.getJsonObject(1).getJsonObject("time").getLong("end"))
                .isEqualTo(Math.round(generation.getDouble("duration") * 1_000));
    }

    @Test
    void stream_strippedHeaders_allChunksAreOneFile() {
        byte[] whole = file(request("One. Two. Three."), "audio/wav");
        List<JsonObject> chunks = stream("/v0/tts/stream/json", request("One. Two. Three.").put("strip_headers", true));

        assertThat(chunks).extracting(chunk -> chunk.getString("text")).containsExactly("One.", "Two.", "Three.");
        assertThat(joined(chunks)).isEqualTo(whole);
        assertThat(joined(stream("/v0/tts/stream/json", request("One. Two. Three.")))).hasSize(whole.length + 2 * 44);
        assertThat(withKey("POST", "/v0/tts/stream/file").json(request("One. Two. Three.")).send().body()).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"version\":\"2\"} | version", "{\"version\":\"3\"} | version",
            "{\"version\":2} | version", "{\"num_generations\":0} | num_generations",
            "{\"num_generations\":6} | num_generations",
            "{\"format\":{\"type\":\"ogg\"}} | format", "{\"format\":\"wav\"} | format",
            "{\"instant_mode\":true} | instant_mode",
            "{\"include_timestamp_types\":[\"letter\"]} | include_timestamp_types",
            "{\"include_timestamp_types\":[\"word\"],\"version\":\"1\"} | include_timestamp_types",
            "{\"strip_headers\":\"yes\"} | strip_headers", "{\"split_utterances\":1} | split_utterances",
            "{\"temperature\":\"warm\"} | temperature", "{\"context\":{\"generation_id\":\"none\"}} | generation_id" })
    void option_notAsDocumented_unprocessableAndNamed(String options, String field) {
        assertUnprocessable(withKey("POST", "/v0/tts").json(request("Hello.").mergeIn(new JsonObject(options))).send(), "body",
                field);
        assertThat(withKey("POST", "/v0/tts").json(request("Hello.")).send().status()).isEqualTo(200);
    }

    @Test
    void file_ofSeveralGenerations_unprocessable() {
        for (String path : List.of("/v0/tts/file", "/v0/tts/stream/file")) {
            assertUnprocessable(withKey("POST", path).json(request("Hello.").put("num_generations", 2)).send(), "body",
                    "num_generations");
        }
    }

    @Test
    void instantMode_onlyForOneGenerationOfAStreamWithAVoice() {
        JsonObject request = request("Hello.").put("instant_mode", true);
        request.getJsonArray("utterances").getJsonObject(0).put("voice", AVA);

        assertThat(stream("/v0/tts/stream/json", request)).hasSize(1);
        assertUnprocessable(withKey("POST", "/v0/tts").json(request).send(), "body", "instant_mode");
        assertUnprocessable(withKey("POST", "/v0/tts/stream/json").json(request.put("num_generations", 2)).send(), "body",
                "instant_mode");
    }

    @Test
    void voice_savedFromAGeneration_known_untilItIsDeleted() {
        String generation = spoken(request("Hello.")).getJsonArray("generations").getJsonObject(0).getString("generation_id");
        JsonObject saved = withKey("POST", "/v0/tts/voices").json(new JsonObject().put("generation_id", generation)
                .put("name", "Mine")).send().json();
        assertThat(saved.getString("provider")).isEqualTo("CUSTOM_VOICE");
        assertThat(spokenWith(new JsonObject().put("name", "Mine"), FIRST)).isEqualTo(200);
        assertThat(spokenWith(new JsonObject().put("id", saved.getString("id")), FIRST)).isEqualTo(200);
        assertThat(spokenWith(new JsonObject().put("name", "Mine"), SECOND)).isEqualTo(422);

        assertThat(withKey("DELETE", "/v0/tts/voices?name=Mine").send().status()).isEqualTo(200);

        assertThat(spokenWith(new JsonObject().put("name", "Mine"), FIRST)).isEqualTo(422);
        assertThat(withKey("DELETE", "/v0/tts/voices?name=Mine").send().status()).isEqualTo(400);
        assertUnprocessable(withKey("DELETE", "/v0/tts/voices").send(), "query", "name");
    }

    @Test
    void voice_ofTheLibrary_needsItsProvider() {
        assertThat(spokenWith(AVA, FIRST)).isEqualTo(200);
        assertThat(spokenWith(new JsonObject().put("name", "Any of the library").put("provider", "HUME_AI"), FIRST))
                .isEqualTo(200);
        assertThat(spokenWith(new JsonObject().put("name", "Ava Song"), FIRST)).isEqualTo(422);
        assertThat(spokenWith(new JsonObject(), FIRST)).isEqualTo(422);
        assertThat(spokenWith(new JsonObject().put("provider", "HUME_AI"), FIRST)).isEqualTo(422);
    }

    @Test
    void voice_ofAnUnknownGeneration_notSaved() {
        assertUnprocessable(withKey("POST", "/v0/tts/voices")
                .json(new JsonObject().put("generation_id", "none").put("name", "Mine")).send(), "body", "generation_id");
    }

    @ParameterizedTest
    @CsvSource({ "filter_tag=GENDER:Female, 6", "filter_tag=gender:Female, 6", "filter_tag=GENDER:female, 0",
            "filter_tag=GENDER:Male&filter_tag=LANGUAGE:English, 6", "filter_tag=LANGUAGE:Japanese, 0",
            "filter_tag=AGE:Old, 0" })
    void voices_tags_allMustMatch(String query, int expected) {
        assertThat(voices("HUME_AI&page_size=100&" + query)).hasSize(expected);
    }

    @Test
    void voices_order_andWrongTag() {
        List<String> descending = voices("HUME_AI&page_size=100&ascending_order=false");
        assertThat(descending.get(descending.size() - 1)).isEqualTo("Ava Song");
        assertThat(voices("HUME_AI&page_size=100")).startsWith("Ava Song");
        assertUnprocessable(withKey("GET", "/v0/tts/voices?provider=HUME_AI&filter_tag=GENDER").send(), "query", "filter_tag");
        assertUnprocessable(withKey("GET", "/v0/tts/voices?provider=CUSTOM_VOICE&filter_tag=A:b&filter_tag=").send(), "query",
                "filter_tag");
    }

    @Test
    void conversion_wave_sameSoundInTheFormatAsked() {
        MultipartBody body = new MultipartBody().file("audio", RECORDING).json("voice", AVA);
        assertThat(converted("file", body).body()).isEqualTo(RECORDING);
        assertThat(converted("file", body.json("format", type("pcm"))).body())
                .isEqualTo(Arrays.copyOfRange(RECORDING, 44, RECORDING.length));
        JsonObject chunk = new JsonObject(converted("json", new MultipartBody().file("audio", RECORDING)
                .text("include_timestamp_types[0]", "word")).text().lines().findFirst().orElseThrow());
        assertThat(chunk.getString("type")).isEqualTo("audio");
        assertThat(Base64.getDecoder().decode(chunk.getString("audio"))).isEqualTo(RECORDING);
    }

    @Test
    void conversion_ofWhatCannotBeRead_aFewTones() {
        assertThat(wave(Base64.getEncoder().encodeToString(converted("file", new MultipartBody().file("audio",
                new byte[] { 'O', 'g', 'g', 'S' })).body())).seconds()).isPositive();
    }

    @Test
    void conversion_withoutRecordingOrWithAWrongVoice_unprocessable() {
        assertThat(converted("json", new MultipartBody().json("voice", AVA)).status()).isEqualTo(422);
        assertThat(converted("json", new MultipartBody().file("audio", new byte[0])).status()).isEqualTo(422);
        assertThat(converted("file", new MultipartBody().file("audio", RECORDING).json("voice",
                new JsonObject().put("name", "None"))).status()).isEqualTo(422);
        assertThat(withKey("POST", "/v0/tts/voice_conversion/file").json("{}").send().status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = { "format_type=ogg", "version=3", "strip_headers=yes", "include_timestamp_types=letter",
            "include_timestamp_types=word&version=1", "instant_mode=1", "context_generation_id=none" })
    void socket_optionNotAsDocumented_handshakeRejected(String query) {
        assertThat(rejection(SPEECH + "?" + query, "X-Hume-Api-Key", emulator.keys(FIRST).apiKey())).isEqualTo(422);
    }

    @Test
    void socket_strippedHeadersAndFormat_asAsked() {
        SocketClient speech = open(SPEECH + "?strip_headers=true")
                .send(message("a").put("text", "One. Two.").put("flush", true));
        assertThat(joined(List.of(speech.next(), speech.next()))).isEqualTo(file(request("One. Two."), "audio/wav"));

        JsonObject pcm = open(SPEECH + "?format_type=pcm").send(message("a").put("text", "One.").put("flush", true)).next();
        assertThat(pcm.getString("audio_format")).isEqualTo("pcm");
        assertThat(joined(List.of(pcm))).isEqualTo(file(request("One.").put("format", type("pcm")), "audio/pcm"));
    }

    /** As Hume's own example does. */
    @ParameterizedTest
    @ValueSource(strings = { "version=2", "instant_mode=true" })
    void socket_withoutAVoice_speaks(String query) {
        SocketClient speech = open(SPEECH + "?" + query);
        assertThat(speech.send(message("a").put("text", "Hello").put("flush", true)).next().getString("text"))
                .isEqualTo("Hello");
        assertThat(speech.send(message("a").put("text", "Again").put("flush", true).put("voice", AVA)).next().getString("type"))
                .isEqualTo("audio");
        assertThat(speech.send(message("a").put("voice", new JsonObject().put("name", "None"))).next().getString("code"))
                .isEqualTo("E0101");
    }

    private static JsonObject request(String... texts) {
        JsonArray utterances = new JsonArray();
        List.of(texts).forEach(text -> utterances.add(new JsonObject().put("text", text)));
        return new JsonObject().put("utterances", utterances);
    }

    private static JsonObject type(String type) {
        return new JsonObject().put("type", type);
    }

    private static JsonObject spoken(JsonObject request) {
        Reply reply = withKey("POST", "/v0/tts").json(request).send();
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static int spokenWith(JsonObject voice, String account) {
        JsonObject request = request("Hello.");
        request.getJsonArray("utterances").getJsonObject(0).put("voice", voice);
        return call("POST", "/v0/tts").apiKey(emulator.keys(account).apiKey()).json(request).send().status();
    }

    private static double duration(JsonObject request) {
        return spoken(request).getJsonArray("generations").getJsonObject(0).getDouble("duration");
    }

    private static List<List<String>> texts(JsonObject speech) {
        return speech.getJsonArray("generations").getJsonObject(0).getJsonArray("snippets").stream()
                .map(group -> ((JsonArray) group).stream().map(one -> ((JsonObject) one).getString("text")).toList()).toList();
    }

    private static byte[] file(JsonObject request, String mediaType) {
        Reply reply = withKey("POST", "/v0/tts/file").json(request).send();
        assertThat(reply.header("Content-Type")).isEqualTo(mediaType);
        return reply.body();
    }

    private static List<JsonObject> stream(String path, JsonObject request) {
        Reply reply = withKey("POST", path).json(request).send();
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        return reply.text().lines().map(JsonObject::new).toList();
    }

    private static byte[] joined(List<JsonObject> chunks) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        chunks.forEach(chunk -> joined.writeBytes(Base64.getDecoder().decode(chunk.getString("audio"))));
        return joined.toByteArray();
    }

    private static List<String> voices(String query) {
        return withKey("GET", "/v0/tts/voices?provider=" + query).send().json().getJsonArray("voices_page").stream()
                .map(voice -> ((JsonObject) voice).getString("name")).toList();
    }

    private static Reply converted(String kind, MultipartBody body) {
        return withKey("POST", "/v0/tts/voice_conversion/" + kind).multipart(body).send();
    }
}
