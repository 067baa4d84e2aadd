package io.quarkiverse.hume.emulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.vertx.core.json.JsonObject;

/** The chats that were held over sockets, also those that still go on. */
final class ChatHistory {

    private static final int REMEMBERED = 1_000;

    private final InstantSource clock;
    private final BoundedHistory<Chat> chats = new BoundedHistory<>(REMEMBERED);

    ChatHistory(InstantSource clock) {
        this.clock = clock;
    }

    static final class Chat {

        private final String id = UUID.randomUUID().toString();
        private final String groupId;
        private final String account;
        private final Instant start;
        private final InstantSource clock;
        private final AtomicInteger events = new AtomicInteger();
        private final AtomicReference<Instant> end = new AtomicReference<>();

        private Chat(String groupId, String account, InstantSource clock) {
            this.groupId = groupId;
            this.account = account;
            this.start = clock.instant();
            this.clock = clock;
        }

        String id() {
            return id;
        }

        String groupId() {
            return groupId;
        }

        /** A message of one of the two sides. */
        void happened() {
            events.incrementAndGet();
        }

        void ended() {
            end.compareAndSet(null, clock.instant());
        }

        private JsonObject toJson() {
            Instant ended = end.get();
            return new JsonObject().put("id", id).put("chat_group_id", groupId)
                    .put("status", ended == null ? "ACTIVE" : "USER_ENDED").put("start_timestamp", start.toEpochMilli())
                    .put("end_timestamp", ended == null ? null : ended.toEpochMilli()).put("event_count", events.get());
        }
    }

    /** @param groupId of the chat that is resumed */
    Chat begin(String account, String groupId) {
        return chats.add(sequence -> new Chat(groupId, account, clock));
    }

    /** Oldest first. */
    List<JsonObject> of(String account) {
        return chats.all().stream().filter(chat -> chat.account.equals(account)).map(Chat::toJson).toList();
    }

    void forget() {
        chats.restart();
    }
}
