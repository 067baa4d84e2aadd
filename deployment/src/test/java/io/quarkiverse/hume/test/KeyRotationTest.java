package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.test.EmulatedAccount.Keys;
import io.quarkus.test.QuarkusUnitTest;

/** Keys in a mounted secret that are regenerated and replaced, in the way Kubernetes does it, while the application runs. */
class KeyRotationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class))
            .setBeforeAllCustomizer(KeyRotationTest::mount)
            .overrideConfigKey("hume.secrets-directory", "${rotation.directory}")
            .overrideConfigKey("hume.base-url", "${rotation.emulator}")
            .overrideConfigKey("hume.emulator.url", "${rotation.emulator}")
            .overrideConfigKey("hume.accounts.\"unretried\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"unretried\".retry-on-unauthorized", "false")
            .overrideConfigKey("hume.accounts.\"unretried\".secrets-directory", "${rotation.directory}")
            .overrideConfigKey("hume.accounts.\"unretried\".base-url", "${rotation.emulator}")
            .overrideConfigKey("hume.token.retry.delay", "1MS")
            .overrideConfigKey("hume.token.retry.max-delay", "2MS");

    /** Has the same keys. Its calls are not retried after a 401. */
    @jakarta.ws.rs.Path("/v0/evi/chats")
    @RegisterRestClient(configKey = "unretried")
    @HumeAuthenticated(account = "unretried")
    public interface Unretried {
        @GET
        String chats();
    }

    @RestClient
    VoiceClient voice;
    @RestClient
    Unretried unretried;
    @Inject
    HumeAccounts accounts;

    private static void mount() {
        try {
            var emulator = io.quarkiverse.hume.emulator.HumeEmulator.start(0, Set.of("<default>"));
            System.setProperty("rotation.emulator", emulator.baseUri().toString());
            System.setProperty("rotation.directory", Files.createTempDirectory("hume-secret").toString());
            write("emulator-api-key-default-1", "emulator-secret-key-default-1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The kubelet writes a directory with a time stamp and lets the link "..data" point to it; the files are links to what is
     * below "..data", so all change at the same time.
     */
    private static void write(String apiKey, String secretKey) {
        Path directory = Path.of(System.getProperty("rotation.directory"));
        Path data = directory.resolve("..data");
        try {
            Path before = Files.exists(data) ? data.toRealPath() : null;
            Path stamped = Files.createTempDirectory(directory, "..2026_11_24_12_00_00.");
            Files.writeString(stamped.resolve("api-key"), apiKey + "\n");
            Files.writeString(stamped.resolve("secret-key"), secretKey + "\n");
            Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), stamped.getFileName());
            Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
            if (before == null) {
                Files.createSymbolicLink(directory.resolve("api-key"), Path.of("..data", "api-key"));
                Files.createSymbolicLink(directory.resolve("secret-key"), Path.of("..data", "secret-key"));
            } else {
                Files.delete(before.resolve("api-key"));
                Files.delete(before.resolve("secret-key"));
                Files.delete(before);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void firstKeys() {
        HumeEmulator.connect().resetWithTokens();
        write("emulator-api-key-default-1", "emulator-secret-key-default-1");
        await().ignoreExceptions().until(() -> voice.plain() != null && voice.withApiKey() != null);
        HumeEmulator.connect().forgetRequests();
    }

    /** @return the new keys; the old ones and their tokens end at once, or after so many seconds */
    private static Keys regenerate(int overlapSeconds) {
        return HumeEmulator.connect().defaultAccount().regenerateKeys(Duration.ofSeconds(overlapSeconds));
    }

    private static void mount(Keys keys) {
        write(keys.apiKey(), keys.secretKey());
    }

    @Test
    void startup_decidesByTheMountedFiles() {
        assertThat(accounts.get("<default>").strategy()).isEqualTo(HumeStrategy.TOKEN);
    }

    @Test
    void replacedKeys_tokenStrategy_callSucceeds() {
        mount(regenerate(0));
        assertThat(voice.plain()).contains("configs_page");
        HumeEmulator.connect().requests("/v0/evi/configs").haveStatuses(401, 200);
        HumeEmulator.connect().requests("/oauth2-cc/token").haveStatuses(401, 200);
    }

    @Test
    void replacedKeys_apiKeyStrategy_callSucceedsAndTokensFollow() {
        mount(regenerate(0));
        assertThat(voice.withApiKey()).contains("chats_page");
        HumeEmulator.connect().requests("/v0/evi/chats").haveStatuses(401, 200);
        await().until(() -> HumeEmulator.connect().tokenRequests().size() == 1);
        assertThat(voice.plain()).contains("configs_page");
        HumeEmulator.connect().tokenRequests().haveSize(1);
    }

    @Test
    void replacedKeys_withoutRetries_callGetsThe401AndLaterCallsSucceed() {
        await().ignoreExceptions().until(() -> unretried.chats() != null);
        mount(regenerate(0));
        HumeEmulator.connect().forgetRequests();
        assertThatThrownBy(() -> unretried.chats()).hasMessageContainingAll("401",
                "rejected the API key in hume.accounts.\"unretried\".api-key");
        HumeEmulator.connect().requests("/v0/evi/chats").haveStatuses(401);
        await().ignoreExceptions().until(() -> unretried.chats().contains("chats_page"));
    }

    @Test
    void keysNotYetReplaced_areAClearErrorAndRecoverWithoutRestart() {
        Keys keys = regenerate(0);
        assertThatThrownBy(() -> voice.withApiKey()).hasMessageContainingAll("401", "rejected the API key in hume.api-key");
        assertThatThrownBy(() -> voice.plain()).hasMessageContainingAll("does not accept the keys", "hume.secret-key");
        mount(keys);
        await().ignoreExceptions().until(() -> voice.plain() != null && voice.withApiKey() != null);
    }

    @Test
    void overlapOfOldAndNewKeys_losesNoCall() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean withApiKey = i % 2 == 0;
            results.add(callers.submit(() -> {
                int calls = 0;
                for (; !stop.get(); calls++) {
                    assertThat(withApiKey ? voice.withApiKey() : voice.plain()).contains("_page");
                }
                return calls;
            }));
        }
        for (int rotation = 0; rotation < 3; rotation++) {
            mount(regenerate(1));
            String alive = HumeEmulator.connect().defaultAccount().keys().apiKey();
            await().until(() -> HumeEmulator.connect().requests("/v0/evi/chats").stream()
                    .anyMatch(request -> request.header("X-Hume-Api-Key").equals(Optional.of(alive))
                            && request.status().orElse(0) == 200));
        }
        stop.set(true);
        for (Future<Integer> result : results) {
            assertThat(result.get()).isGreaterThan(10);
        }
        callers.shutdown();
    }
}
