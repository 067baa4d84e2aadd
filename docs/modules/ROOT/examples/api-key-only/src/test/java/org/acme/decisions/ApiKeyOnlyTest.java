package org.acme.decisions;

import static io.quarkiverse.hume.test.CredentialKind.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.machine.RequiresProgram;
import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/** Everything works without what only access tokens need; run once in the test's process and once packaged. */
@QuarkusTest
class ApiKeyOnlyTest {

    private static final Path SCRIPTS = Path.of("src", "test", "shell");
    private static final Path WORK = Path.of("target", "shell");

    @ConnectHumeEmulator
    HumeEmulator emulator;

    @TestHTTPResource
    String application;

    @Test
    @RequiresProgram(value = { "bash", "curl" }, remedy = "Install bash and curl, so that they are on the PATH")
    void commandsOfThePage_askWithTheApiKey() throws Exception {
        assertThat(run(SCRIPTS.resolve("decisions.sh"))).isEqualToIgnoringNewLines(
                Files.readString(SCRIPTS.resolve("decisions.json")));
        emulator.requests().havePaths("/v0/decisions/file").haveCredentials(API_KEY);
    }

    private String run(Path script) throws IOException, InterruptedException {
        String commands = Files.readString(script).replace("localhost:8080",
                application.replaceFirst("^http://", "").replaceFirst("/$", ""));
        Files.createDirectories(WORK);
        Path output = WORK.resolve("decisions.txt").toAbsolutePath();
        Process process = new ProcessBuilder("bash", "-ec", commands).directory(WORK.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
