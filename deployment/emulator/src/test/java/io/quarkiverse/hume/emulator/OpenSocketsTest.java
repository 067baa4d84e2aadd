package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.vertx.core.json.JsonObject;

/** Sockets that are open, as the control API sees and treats them. */
class OpenSocketsTest extends SocketTestCase {

    @Test
    void list_open_describedWithoutCredentials() {
        String token = token(SECOND);
        open(CHAT + "?access_token=" + token, new String[0]);
        open(EXPRESSION);

        assertThat(sockets()).containsExactly(
                new JsonObject().put("path", CHAT).put("account", SECOND).put("credential", "token")
                        .put("opened_at", clock.instant().toString()),
                new JsonObject().put("path", EXPRESSION).put("account", FIRST).put("credential", "api-key")
                        .put("opened_at", clock.instant().toString()));
        assertThat(call("GET", "/emulator/sockets").send().text()).doesNotContain(token)
                .doesNotContain(emulator.keys(FIRST).apiKey());
        assertThat(emulator.overview().getJsonObject("counts").getInteger("sockets")).isEqualTo(2);
    }

    @Test
    void list_clientLeft_gone() {
        SocketClient chat = open(CHAT);
        open(SPEECH);

        chat.close();

        await().until(() -> sockets().size() == 1);
        assertThat(sockets().get(0).getString("path")).isEqualTo(SPEECH);
    }

    @Test
    void delete_open_allClosedAsGoingAway() {
        List<SocketClient> clients = List.of(open(CHAT), open(SPEECH), open(EXPRESSION));

        assertThat(obeyed("DELETE", "/sockets", Map.of()).getInteger("closed")).isEqualTo(3);

        assertThat(sockets()).isEmpty();
        assertThat(clients).extracting(SocketClient::closedWith).containsOnly(1001);
        assertThat(obeyed("DELETE", "/sockets", Map.of()).getInteger("closed")).isZero();
    }

    @Test
    void reset_open_closedWithoutATrace() {
        SocketClient session = open(EXPRESSION);
        session.next();
        session.send(new byte[3_200]);

        emulator.reset();

        assertThat(session.closedWith()).isEqualTo(1001);
        await().during(Duration.ofMillis(200)).until(() -> emulator.overview().getJsonObject("counts").getInteger("runs") == 0);
    }

    @Test
    void stop_emulator_socketsEnd() {
        SocketClient chat;
        try (HumeEmulator other = HumeEmulator.start(0, List.of(FIRST))) {
            chat = SocketClient.connect(other.baseUri(), CHAT, "X-Hume-Api-Key", other.keys(FIRST).apiKey());
            chat.next();
        }

        await().until(() -> !chat.open());
    }

    @Test
    void revoke_whileOpen_socketStaysAndTheNextIsRejected() {
        String token = token(FIRST);
        SocketClient chat = open(CHAT + "?access_token=" + token, new String[0]);
        chat.next();

        obeyed("POST", "/tokens/revoke", Map.of());

        assertThat(rejection(CHAT + "?access_token=" + token)).isEqualTo(401);
        assertThat(chat.send(message("user_input").put("text", "Hi")).until("assistant_end")).isNotEmpty();
        assertThat(sockets()).hasSize(1);
    }

    @Test
    void regenerate_whileOpen_socketStaysAndTheNextIsRejected() {
        String old = emulator.keys(FIRST).apiKey();
        SocketClient session = open(EXPRESSION);
        session.next();

        obeyed("POST", "/keys/regenerate", Map.of());

        assertThat(rejection(EXPRESSION, "X-Hume-Api-Key", old)).isEqualTo(401);
        assertThat(session.send(message("session.close")).next().getString("type")).isEqualTo("session.closed");
    }

    @Test
    void sessions_fiftyAtOnce_everyOneGetsItsOwnAnswers() {
        List<CompletableFuture<SocketClient>> pending = IntStream.range(0, 50)
                .mapToObj(i -> SocketClient.connectAsync(emulator.baseUri(), CHAT, "X-Hume-Api-Key",
                        emulator.keys(i % 2 == 0 ? FIRST : SECOND).apiKey()))
                .toList();
        List<SocketClient> clients = pending.stream().map(CompletableFuture::join).toList();
        assertThat(sockets()).hasSize(50);
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).send(message("user_input").put("text", "Number " + i));
        }

        for (int i = 0; i < clients.size(); i++) {
            List<JsonObject> frames = clients.get(i).until("assistant_end");
            assertThat(frames).hasSize(6);
            assertThat(frames.get(1).getJsonObject("message").getString("content")).isEqualTo("Number " + i);
        }
        assertThat(recorded(CHAT)).extracting(entry -> entry.getInteger("status")).hasSize(50).containsOnly(101);
        clients.forEach(SocketClient::close);
        await().until(() -> sockets().isEmpty());
    }

    @Test
    void message_largerThanAnyoneTakes_closedWithoutHarm() {
        SocketClient chat = open(CHAT);
        chat.next();
        SocketClient other = open(CHAT);
        other.next();

        CompletableFuture<Void> sending = CompletableFuture
                .runAsync(() -> chat.send(new byte[(16 << 20) + 1]));

        await().until(() -> sockets().size() == 1);
        sending.handle((done, failure) -> null).join();
        assertThat(other.send(message("user_input").put("text", "Hi")).until("assistant_end")).isNotEmpty();
    }
}
