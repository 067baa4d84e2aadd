package io.quarkiverse.hume.emulator.voice;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.BoundedHistory;
import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.quarkiverse.hume.emulator.http.RouteTable;
import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.json.JsonObject;

/** The chats of all accounts, their groups, and what was said in them. */
final class Chats {

    private static final int REMEMBERED = 1_000;
    private static final String[] STATUSES = { "ACTIVE", "USER_ENDED", "USER_TIMEOUT", "MAX_DURATION_TIMEOUT",
            "INACTIVITY_TIMEOUT", "ERROR" };

    private final InstantSource clock;
    private final List<Chat> earlier = Samples.chats();
    private final BoundedHistory<Chat> held = new BoundedHistory<>(REMEMBERED);
    private final Map<String, ChatSession> sessions = new ConcurrentHashMap<>();

    Chats(InstantSource clock) {
        this.clock = clock;
    }

    void register(RouteTable<Function<ReceivedRequest, Answer>> routes) {
        routes.add("GET", "/v0/evi/chats", "lists chats", request -> chats(request, of(request.account())
                .filter(chat -> chat.uses(request.parameter("config_id"))), new JsonObject()))
                .add("GET", "/v0/evi/chats/{id}", "lists the events of a chat", request -> events(request,
                        Stream.of(chat(request)), chat(request).toJson()))
                .add("GET", "/v0/evi/chats/{id}/audio", "the sound of a chat",
                        request -> Answer.json(200, sound(request, chat(request))))
                .add("GET", "/v0/evi/chat_groups", "lists groups of chats", this::groups)
                .add("GET", "/v0/evi/chat_groups/{id}", "lists the chats of a group",
                        request -> chats(request, group(request).stream(), summary(group(request))))
                .add("GET", "/v0/evi/chat_groups/{id}/events", "lists the events of its chats",
                        request -> events(request, group(request).stream(), id(request)))
                .add("GET", "/v0/evi/chat_groups/{id}/audio", "lists the sound of its chats",
                        request -> Answer.json(200, Page.ordered(request, "audio_reconstructions_page",
                                group(request).stream().map(chat -> sound(request, chat))).mergeIn(id(request))
                                .put("num_chats", group(request).size()).put("user_id", userId(request))))
                .add("POST", "/v0/evi/chat/{id}/send", "sends a message into a chat that goes on", request -> {
                    session(request, false).control(JsonInput.voice(request.body()).toJson()).ifPresent(fault -> {
                        throw RefusedRequest.unprocessable(fault, "body");
                    });
                    return Answer.EMPTY;
                });
    }

    Chat begin(String account, String groupId, JsonObject config, boolean connectable, ChatSession session) {
        Chat chat = held.add(sequence -> new Chat(UUID.randomUUID().toString(), groupId, account, clock.instant(), config,
                connectable));
        sessions.put(chat.id(), session);
        return chat;
    }

    void add(Chat chat, String role, String kind, String text) {
        chat.add(clock.instant(), role, kind, text);
    }

    void end(Chat chat) {
        chat.end().compareAndSet(null, clock.instant());
        sessions.remove(chat.id());
    }

    /** Oldest first. */
    Stream<Chat> of(String account) {
        return Stream.concat(earlier.stream(), held.all().stream())
                .filter(chat -> chat.account() == null || chat.account().equals(account));
    }

    /** The session of a chat that goes on. */
    ChatSession session(ReceivedRequest request, boolean toConnect) {
        Chat chat = chat(request);
        ChatSession session = sessions.get(chat.id());
        if (session == null) {
            throw RefusedRequest.voice(400, "chat_not_active", "The chat " + chat.id() + " is over");
        }
        if (toConnect && !chat.connectable()) {
            throw RefusedRequest.voice(403, "connection_not_allowed", "The chat was opened without allow_connection=true");
        }
        return session;
    }

    /**
     * What was said by both sides of a chat of any account, one after the other; empty if there is no such chat that is over.
     */
    Optional<WaveAudio> sound(String id) {
        return Stream.concat(earlier.stream(), held.all().stream()).filter(chat -> chat.id().equals(id) && !chat.active())
                .findFirst().map(chat -> ToneSpeech.of(chat.events().all().stream()
                        .filter(event -> event.getString("type").endsWith("_MESSAGE"))
                        .map(event -> event.getString("message_text")).collect(Collectors.joining(" ")), 1,
                        SpeechEndpoints.LONGEST_SOUND).audio(0));
    }

    void forget() {
        held.restart();
        sessions.clear();
    }

    private Answer groups(ReceivedRequest request) {
        return Answer.json(200, Page.ordered(request, "chat_groups_page", of(request.account())
                .collect(Collectors.groupingBy(Chat::groupId, LinkedHashMap::new, Collectors.toList())).values().stream()
                .filter(group -> group.get(group.size() - 1).uses(request.parameter("config_id")))
                .map(group -> summary(group).put("most_recent_chat_id", group.get(group.size() - 1).id())
                        .put("most_recent_config", group.get(group.size() - 1).config()))));
    }

    private static JsonObject summary(List<Chat> group) {
        return new JsonObject().put("id", group.get(0).groupId())
                .put("first_start_timestamp", group.get(0).start().toEpochMilli())
                .put("most_recent_start_timestamp", group.get(group.size() - 1).start().toEpochMilli())
                .put("num_chats", group.size()).put("active", group.stream().anyMatch(Chat::active));
    }

    /** The file is put together when the chat is over, and served without a credential, as from Hume's storage. */
    private static JsonObject sound(ReceivedRequest request, Chat chat) {
        JsonObject json = new JsonObject().put("id", chat.id()).put("user_id", userId(request))
                .put("status", chat.active() ? "IN_PROGRESS" : "COMPLETE");
        return chat.active() ? json
                : json.put("filename", chat.id() + ".wav")
                        .put("modified_at", chat.end().get().toEpochMilli())
                        .put("signed_audio_url",
                                "http://" + request.headers().get("Host") + "/emulator/chats/" + chat.id() + "/audio")
                        .put("signed_url_expiration_timestamp_millis",
                                chat.end().get().plus(Duration.ofDays(3_650)).toEpochMilli());
    }

    private static Answer chats(ReceivedRequest request, Stream<Chat> chats, JsonObject more) {
        Optional<String> status = Page.oneOf(request, "status", STATUSES);
        return Answer.json(200, Page.ordered(request, "chats_page", chats
                .map(chat -> chat.toJson().put("event_count", chat.events().size()))
                .filter(chat -> status.isEmpty() || status.get().equals(chat.getString("status")))).mergeIn(more));
    }

    private static Answer events(ReceivedRequest request, Stream<Chat> chats, JsonObject more) {
        return Answer.json(200, Page.ordered(request, "events_page", chats.flatMap(chat -> chat.events().all().stream()))
                .mergeIn(more));
    }

    private Chat chat(ReceivedRequest request) {
        String id = request.variables().get("id");
        return of(request.account()).filter(chat -> chat.id().equals(id)).findFirst()
                .orElseThrow(() -> RefusedRequest.voice(404, "not_found", "There is no chat " + id));
    }

    private List<Chat> group(ReceivedRequest request) {
        String id = request.variables().get("id");
        List<Chat> group = of(request.account()).filter(chat -> chat.groupId().equals(id)).toList();
        if (group.isEmpty()) {
            throw RefusedRequest.voice(404, "not_found", "There is no chat group " + id);
        }
        return group;
    }

    private static JsonObject id(ReceivedRequest request) {
        return new JsonObject().put("id", request.variables().get("id"));
    }

    private static String userId(ReceivedRequest request) {
        return Samples.id("user of " + request.account());
    }
}
