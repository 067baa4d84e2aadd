package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;

/** Start, accounts and end of an emulator. */
@Timeout(60)
class HumeEmulatorTest {

    private static final List<String> DEFAULT_ONLY = List.of(HumeEmulator.DEFAULT_ACCOUNT);

    @Test
    void start_anyPort_listensOnLoopback() {
        try (HumeEmulator emulator = HumeEmulator.start(0, DEFAULT_ONLY)) {
            assertThat(emulator.port()).isPositive();
            assertThat(emulator.baseUri()).hasToString("http://127.0.0.1:" + emulator.port());
            assertThat(status(emulator, emulator.keys(HumeEmulator.DEFAULT_ACCOUNT).apiKey())).isEqualTo(200);
        }
    }

    @Test
    void start_twoAtOnce_strangersToEachOther() {
        try (HumeEmulator one = HumeEmulator.start(0, DEFAULT_ONLY); HumeEmulator two = HumeEmulator.start(0, DEFAULT_ONLY)) {
            one.regenerateKeys(HumeEmulator.DEFAULT_ACCOUNT);

            assertThat(status(one, one.keys(HumeEmulator.DEFAULT_ACCOUNT).apiKey())).isEqualTo(200);
            assertThat(status(two, one.keys(HumeEmulator.DEFAULT_ACCOUNT).apiKey())).isEqualTo(401);
        }
    }

    @Test
    void start_takenPort_failsAndNamesTheProperty() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatIllegalStateException().isThrownBy(() -> HumeEmulator.start(taken.getLocalPort(), DEFAULT_ONLY))
                    .withMessageContaining("127.0.0.1:" + taken.getLocalPort()).withMessageContaining("hume.devservices.port")
                    .withMessageContaining("the port is taken");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  " })
    void start_blankAccount_rejected(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> HumeEmulator.start(0, List.of(name)))
                .withMessage("account: the name must not be blank");
    }

    @Test
    void start_again_sameKeys() {
        EmulatorKeys first;
        try (HumeEmulator emulator = HumeEmulator.start(0, List.of("a", "b"))) {
            first = emulator.keys("b");
            emulator.regenerateKeys("b");
        }
        try (HumeEmulator emulator = HumeEmulator.start(0, List.of("b"))) {
            assertThat(emulator.keys("b")).isEqualTo(first);
        }
    }

    @Test
    void close_portFreed_canBeBoundAtOnce() throws IOException {
        HumeEmulator emulator = HumeEmulator.start(0, DEFAULT_ONLY);
        status(emulator, "any");

        emulator.close();

        try (ServerSocket again = new ServerSocket()) {
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress("127.0.0.1", emulator.port()));
            assertThat(again.getLocalPort()).isEqualTo(emulator.port());
        }
    }

    @Test
    void close_portFreed_nextEmulatorServesThere() {
        HumeEmulator emulator = HumeEmulator.start(0, DEFAULT_ONLY);
        status(emulator, "any");
        emulator.close();

        try (HumeEmulator next = HumeEmulator.start(emulator.port(), DEFAULT_ONLY)) {
            assertThat(next.port()).isEqualTo(emulator.port());
            assertThat(status(next, next.keys(HumeEmulator.DEFAULT_ACCOUNT).apiKey())).isEqualTo(200);
        }
    }

    @Test
    void close_twice_secondDoesNothing() {
        HumeEmulator emulator = HumeEmulator.start(0, DEFAULT_ONLY);

        emulator.close();
        emulator.close();

        assertThatThrownBy(() -> status(emulator, "any")).isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void close_whileARequestIsDelayed_connectionClosed() {
        HumeEmulator emulator = HumeEmulator.start(0, DEFAULT_ONLY);
        new EmulatorCall(emulator.baseUri(), "PUT", "/emulator/api/fault").json("{\"delay_millis\":600000}").send();
        CompletableFuture<Reply> pending = new EmulatorCall(emulator.baseUri(), "POST", "/v0/tts").sendAsync();
        await()
                .until(() -> emulator.overview().getJsonObject("counts").getInteger("requests") == 1);

        emulator.close();

        assertThat(pending).failsWithin(Duration.ofSeconds(10)).withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void keys_unknownAccount_rejectedWithTheKnownOnes() {
        try (HumeEmulator emulator = HumeEmulator.start(0, List.of("known"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> emulator.keys("nobody"))
                    .withMessage("account: there is no \"nobody\", only [known]");
        }
    }

    @Test
    void ensureAccount_new_addedAndServed() {
        try (HumeEmulator emulator = HumeEmulator.start(0, List.of())) {
            emulator.ensureAccount("late");

            assertThat(status(emulator, emulator.keys("late").apiKey())).isEqualTo(200);
        }
    }

    @Test
    void ensureAccount_known_keysUnchanged() {
        try (HumeEmulator emulator = HumeEmulator.start(0, DEFAULT_ONLY)) {
            EmulatorKeys current = emulator.regenerateKeys(HumeEmulator.DEFAULT_ACCOUNT);

            emulator.ensureAccount(HumeEmulator.DEFAULT_ACCOUNT);

            assertThat(emulator.keys(HumeEmulator.DEFAULT_ACCOUNT)).isEqualTo(current);
        }
    }

    @Test
    void ensureAccount_thenReset_accountStaysWithFirstKeys() {
        try (HumeEmulator emulator = HumeEmulator.start(0, DEFAULT_ONLY)) {
            emulator.ensureAccount("late");
            EmulatorKeys first = emulator.keys("late");
            emulator.regenerateKeys("late");

            emulator.reset();

            assertThat(emulator.keys("late")).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "default", "~default", "with space", "a:b", "\u00e4\u20ac", "a-1", "100%" })
    void keys_anyAccountName_usableAndTheirOwn(String name) {
        try (HumeEmulator emulator = HumeEmulator.start(0, List.of(HumeEmulator.DEFAULT_ACCOUNT, "a", name))) {
            EmulatorKeys keys = emulator.keys(name);

            Reply reply = new EmulatorCall(emulator.baseUri(), "POST", "/oauth2-cc/token").basic(keys)
                    .form("grant_type=client_credentials").send();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(status(emulator, keys.apiKey())).isEqualTo(200);
            assertThat(emulator.revokeTokens(name)).isEqualTo(1);
            assertThat(keys).isNotIn(emulator.keys(HumeEmulator.DEFAULT_ACCOUNT), emulator.keys("a"));
        }
    }

    @Test
    void keys_asText_masked() {
        try (HumeEmulator emulator = HumeEmulator.start(0, DEFAULT_ONLY)) {
            EmulatorKeys keys = emulator.keys(HumeEmulator.DEFAULT_ACCOUNT);

            assertThat(keys.toString()).doesNotContain(keys.apiKey(), keys.secretKey());
        }
    }

    private static int status(HumeEmulator emulator, String apiKey) {
        return new EmulatorCall(emulator.baseUri(), "GET", "/v0/evi/configs").apiKey(apiKey).send().status();
    }
}
