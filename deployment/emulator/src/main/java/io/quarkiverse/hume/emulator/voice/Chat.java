package io.quarkiverse.hume.emulator.voice;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.hume.emulator.http.BoundedHistory;
import io.vertx.core.json.JsonObject;

/**
 * A chat, active or ended. Thread-safe.
 *
 * @param account null for a chat that every account has
 * @param config ID and version; null if there is none
 * @param session null for a chat that ended before the start of the emulator
 * @param end null while the chat is active
 */
record Chat(String id, String groupId, String account, InstantSource clock, Instant start, JsonObject config,
        ChatSession session,
        BoundedHistory<JsonObject> events, AtomicReference<Instant> end) {

    private static final int REMEMBERED_EVENTS = 1_000;
    private static final int LONGEST_TEXT = 4_000;

    Chat(String id, String groupId, String account, InstantSource clock, JsonObject config, ChatSession session) {
        this(id, groupId, account, clock, clock.instant(), config, session, new BoundedHistory<>(REMEMBERED_EVENTS),
                new AtomicReference<>());
    }

    /** @param kind of event; the type of a message contains its role */
    void add(String role, String kind, String text) {
        events.add(sequence -> JsonObject.of("id", VoicePlatform.id(id + sequence), "chat_id", id, "timestamp",
                clock.millis(), "role", role, "type", kind.equals("MESSAGE") ? role + "_MESSAGE" : kind, "message_text",
                text.substring(0, Math.min(text.length(), LONGEST_TEXT))));
    }

    boolean active() {
        return end.get() == null;
    }

    boolean uses(Optional<String> configId) {
        return configId.isEmpty() || config != null && config.getString("id").equals(configId.get());
    }

    JsonObject toJson() {
        JsonObject json = JsonObject.of("id", id, "chat_group_id", groupId, "status", active() ? "ACTIVE" : "USER_ENDED",
                "start_timestamp", start.toEpochMilli(), "end_timestamp", active() ? null : end.get().toEpochMilli());
        return config == null ? json : json.put("config", config);
    }
}
