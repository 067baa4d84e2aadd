package io.quarkiverse.hume.emulator.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.json.JsonObject;

/** The chats of all accounts, their groups, and their messages. */
final class Chats {

    private static final int REMEMBERED = 1_000;
    private static final List<String> STATUSES = List.of("ACTIVE", "USER_ENDED", "USER_TIMEOUT", "MAX_DURATION_TIMEOUT",
            "INACTIVITY_TIMEOUT", "ERROR");

    private final InstantSource clock;
    private final List<Chat> earlier = samples();
    private final BoundedHistory<Chat> held = new BoundedHistory<>(REMEMBERED);

    Chats(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A chat, active or ended. Thread-safe.
     *
     * @param account null for a chat that every account has
     * @param config ID and version; null if there is none
     * @param session null for a chat that ended before the start of the emulator
     * @param end null while the chat is active
     */
    record Chat(String id, String groupId, String account, InstantSource clock, Instant start, JsonObject config,
            ChatSession session, BoundedHistory<JsonObject> events, AtomicReference<Instant> end) {

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

    void register(RouteTable<Answer> routes) {
        routes.add("GET", "/v0/evi/chats", "lists chats", request -> chats(request, of(request.account())
                .filter(chat -> chat.uses(request.parameter("config_id"))), new JsonObject()))
                .add("GET", "/v0/evi/chats/{id}", "lists the events of a chat", request -> {
                    Chat chat = chat(request);
                    return events(request, List.of(chat), chat.toJson());
                })
                .add("GET", "/v0/evi/chats/{id}/audio", "returns the audio of a chat",
                        request -> Answer.ok(sound(request, chat(request))))
                .add("GET", "/v0/evi/chat_groups", "lists groups of chats", this::groups)
                .add("GET", "/v0/evi/chat_groups/{id}", "lists the chats of a group", request -> {
                    List<Chat> group = group(request);
                    return chats(request, group.stream(), summary(group));
                })
                .add("GET", "/v0/evi/chat_groups/{id}/events", "lists the events of the chats of a group",
                        request -> events(request, group(request), JsonObject.of("id", request.id())))
                .add("GET", "/v0/evi/chat_groups/{id}/audio", "lists the audio of the chats of a group", request -> {
                    List<Chat> group = group(request);
                    return page(request, "audio_reconstructions_page", group.stream().map(chat -> sound(request, chat)),
                            JsonObject.of("id", request.id(), "num_chats", group.size(), "user_id", userId(request)));
                })
                .add("POST", "/v0/evi/chat/{id}/send", "sends a message into an active chat", request -> {
                    session(request).control(JsonInput.voice(request.body()));
                    return Answer.EMPTY;
                });
    }

    Chat begin(String account, String groupId, JsonObject config, ChatSession session) {
        return held.add(sequence -> new Chat(UUID.randomUUID().toString(), groupId, account, clock, config, session));
    }

    /** Oldest first. */
    Stream<Chat> of(String account) {
        return all().filter(chat -> chat.account() == null || chat.account().equals(account));
    }

    /** The session of an active chat. */
    ChatSession session(ReceivedRequest request) {
        Chat chat = chat(request);
        if (!chat.active()) {
            throw RejectedRequest.voice(400, "chat_not_active", "The chat " + chat.id() + " is over");
        }
        return chat.session();
    }

    /** The messages of both sides of an ended chat as speech, for any account; empty if there is no such chat. */
    Optional<WaveAudio> sound(String id) {
        return all().filter(chat -> chat.id().equals(id) && !chat.active()).findFirst()
                .map(chat -> ToneSpeech.of(chat.events().all().stream()
                        .filter(event -> event.getString("type").endsWith("_MESSAGE"))
                        .map(event -> event.getString("message_text")).collect(Collectors.joining(" ")), 1,
                        SpeechEndpoints.LONGEST_SOUND).audio(0));
    }

    private Stream<Chat> all() {
        return Stream.concat(earlier.stream(), held.all().stream());
    }

    private Answer groups(ReceivedRequest request) {
        Collection<List<Chat>> groups = of(request.account())
                .collect(Collectors.groupingBy(Chat::groupId, LinkedHashMap::new, Collectors.toList())).values();
        return page(request, "chat_groups_page", groups.stream()
                .filter(group -> last(group).uses(request.parameter("config_id"))).map(group -> summary(group)
                        .put("most_recent_chat_id", last(group).id()).put("most_recent_config", last(group).config())),
                new JsonObject());
    }

    private static JsonObject summary(List<Chat> group) {
        return JsonObject.of("id", group.get(0).groupId(), "first_start_timestamp", group.get(0).start().toEpochMilli(),
                "most_recent_start_timestamp", last(group).start().toEpochMilli(), "num_chats", group.size(), "active",
                group.stream().anyMatch(Chat::active));
    }

    private static Chat last(List<Chat> group) {
        return group.get(group.size() - 1);
    }

    /** The file exists when the chat has ended, and its URL needs no credential, like those of Hume's storage. */
    private static JsonObject sound(ReceivedRequest request, Chat chat) {
        JsonObject json = JsonObject.of("id", chat.id(), "user_id", userId(request), "status",
                chat.active() ? "IN_PROGRESS" : "COMPLETE");
        return chat.active() ? json
                : json.mergeIn(JsonObject.of("filename", chat.id() + ".wav", "modified_at",
                        chat.end().get().toEpochMilli(), "signed_audio_url",
                        "http://" + request.headers().get("Host") + "/emulator/chats/" + chat.id() + "/audio",
                        "signed_url_expiration_timestamp_millis",
                        chat.end().get().plus(Duration.ofDays(3_650)).toEpochMilli()));
    }

    private static Answer chats(ReceivedRequest request, Stream<Chat> chats, JsonObject more) {
        Optional<String> status = JsonInput.query(request).oneOf("status", STATUSES);
        return page(request, "chats_page", chats.map(chat -> chat.toJson().put("event_count", chat.events().size()))
                .filter(chat -> status.isEmpty() || status.get().equals(chat.getString("status"))), more);
    }

    private static Answer events(ReceivedRequest request, List<Chat> chats, JsonObject more) {
        return page(request, "events_page", chats.stream().flatMap(chat -> chat.events().all().stream()), more);
    }

    private static Answer page(ReceivedRequest request, String field, Stream<JsonObject> oldestFirst, JsonObject more) {
        return Answer.ok(VoicePlatform.orderedPage(request, field, oldestFirst).mergeIn(more)
                .put("pagination_direction", VoicePlatform.ascending(request) ? "ASC" : "DESC"));
    }

    private Chat chat(ReceivedRequest request) {
        return of(request.account()).filter(chat -> chat.id().equals(request.id())).findFirst()
                .orElseThrow(() -> RejectedRequest.notFound("chat", request.id()));
    }

    private List<Chat> group(ReceivedRequest request) {
        List<Chat> group = of(request.account()).filter(chat -> chat.groupId().equals(request.id())).toList();
        if (group.isEmpty()) {
            throw RejectedRequest.notFound("chat group", request.id());
        }
        return group;
    }

    private static String userId(ReceivedRequest request) {
        return VoicePlatform.id("user of " + request.account());
    }

    /** The chats that every account has at the start: each lasted a minute, two are in a group, the oldest is first. */
    private static List<Chat> samples() {
        return IntStream.range(0, 25).mapToObj(index -> {
            Instant day = VoicePlatform.FIRST_DAY.plus(Duration.ofDays(index));
            Chat chat = new Chat(VoicePlatform.id("chat" + index), VoicePlatform.id("group" + index / 2), null, () -> day, null,
                    null);
            for (int event = 0; event < 2 + index % 9; event++) {
                boolean user = event % 2 == 0;
                chat.add(user ? "USER" : "AGENT", "MESSAGE", user ? "Hello." : "You said: Hello.");
            }
            chat.end().set(day.plusSeconds(60));
            return chat;
        }).toList();
    }
}
