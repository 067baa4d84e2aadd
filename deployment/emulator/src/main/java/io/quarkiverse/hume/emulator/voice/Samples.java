package io.quarkiverse.hume.emulator.voice;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What an account of the voice platform has at the start: the same in every run. */
final class Samples {

    private static final Instant FIRST_DAY = Instant.ofEpochMilli(1_760_000_000_000L);

    private Samples() {
    }

    static String id(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    static List<JsonObject> configs() {
        return IntStream.range(0, 3).mapToObj(index -> new JsonObject().put("id", id("config" + index)).put("version", 0)
                .put("name", "Demo " + (index + 1)).put("evi_version", "3")
                .put("created_on", FIRST_DAY.toEpochMilli()).put("modified_on", FIRST_DAY.toEpochMilli())
                .put("tools", new JsonArray())).toList();
    }

    /** Of a minute each, two in a group, oldest first. */
    static List<Chat> chats() {
        return IntStream.range(0, 25).mapToObj(index -> {
            Instant day = FIRST_DAY.plus(Duration.ofDays(index));
            Chat chat = new Chat(id("chat" + index), id("group" + index / 2), null, day, null, false);
            for (int event = 0; event < 2 + index % 9; event++) {
                String text = event % 2 == 0 ? "Hello." : "You said: Hello.";
                chat.add(day.plusSeconds(event), event % 2 == 0 ? "USER" : "AGENT", "MESSAGE", text);
            }
            chat.end().set(day.plusSeconds(60));
            return chat;
        }).toList();
    }
}
