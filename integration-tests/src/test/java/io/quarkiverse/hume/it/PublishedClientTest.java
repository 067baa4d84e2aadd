package io.quarkiverse.hume.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.machine.RequiresProgram;
import io.quarkiverse.hume.machine.Tool;
import io.quarkiverse.hume.machine.Tools;
import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.junit.QuarkusTest;

/** Hume's published TypeScript client works with the emulator as it does with Hume. Needs Node.js. */
@RequiresProgram(value = { "node --test",
        "npm" }, remedy = "Install Node.js 18 or newer with npm (Debian, Ubuntu: apt-get install nodejs npm)")
@QuarkusTest
class PublishedClientTest {

    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path WORK = Path.of("target", "published-client");

    @ConnectHumeEmulator
    HumeEmulator emulator;

    @Inject
    HumeTokens tokens;

    @Test
    void publishedClient_talksToTheEmulator() throws Exception {
        prepare();
        String browserToken = SignIn.as("guest").request().post("/hume/token").then().statusCode(200).extract()
                .path("access_token");
        Ended talk = run("node", "talk.mjs", emulator.uri().toString(), emulator.defaultAccount().keys().apiKey(),
                tokens.await().value(), browserToken);
        assertThat(talk.status()).as(talk.output()).isZero();
        assertThat(talk.output()).contains("apiKey: chat_metadata", "accessToken: chat_metadata", "browserToken: chat_metadata",
                "rejected key: 401");
    }

    /** Its own strict deserializers read every answer. */
    @Test
    void publishedClient_findsEveryEndpointAndSocket() throws Exception {
        prepare();
        Ended talk = run("node", "endpoints.mjs", emulator.uri().toString(), emulator.defaultAccount().keys().apiKey(),
                tokens.await().value());
        assertThat(talk.status()).as(talk.output()).isZero();
        assertThat(talk.output()).contains("apiKey: 44 of 44 endpoints, 3 of 3 sockets",
                "accessToken: 44 of 44 endpoints, 3 of 3 sockets");
    }

    private static void prepare() throws IOException {
        Files.createDirectories(WORK);
        for (String file : List.of("package.json", "package-lock.json", "talk.mjs", "endpoints.mjs")) {
            Files.writeString(WORK.resolve(file), Files.readString(SOURCES.resolve(file)));
        }
        Tools.assume(new Tool("Hume's client from npm", "Give npm a registry that has it (npm config set registry)",
                PublishedClientTest::install));
    }

    /** A fault in the package or in its lock file fails the test; an unreachable registry counts as a missing program. */
    private static Optional<String> install() {
        Ended npm = run("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1");
        assertThat(npm.output()).doesNotContain("EINTEGRITY", "EUSAGE", "EJSONPARSE");
        return npm.status() == 0 ? Optional.empty()
                : Optional.of(npm.output().lines().filter(line -> line.contains("npm error") || line.contains("npm ERR!"))
                        .collect(Collectors.joining(" ", "npm ended with the status " + npm.status() + " ", "")));
    }

    private static Ended run(String... command) {
        Path output = WORK.resolve("output.txt");
        try {
            Process process = new ProcessBuilder(command).directory(WORK.toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return new Ended(-1, command[0] + " error: not within three minutes");
            }
            return new Ended(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + command[0], e);
        }
    }

    private record Ended(int status, String output) {
    }
}
