package org.acme.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.machine.RequiresProgram;
import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/** The commands of the pages, where there are a Bash and a curl. */
@RequiresProgram(value = { "bash", "curl" }, remedy = "Install bash and curl, so that they are on the PATH")
@QuarkusTest
class ShellTest {

    private static final Path SCRIPTS = Path.of("src", "test", "shell");
    private static final Path WORK = Path.of("target", "shell");

    @TestHTTPResource
    String application;
    @ConnectHumeEmulator
    HumeEmulator emulator;

    @BeforeEach
    void hasTools() throws Exception {
        Files.createDirectories(WORK);
    }

    @Test
    void speech_isSaved() throws Exception {
        assertThat(run("speech.sh")).isEqualTo("200 audio/wav\n");
        assertThat(Files.readAllBytes(WORK.resolve("morning.wav"))).startsWith('R', 'I', 'F', 'F');
    }

    @Test
    void browserToken_isIssued() throws Exception {
        assertThat(run("browser-token.sh").lines()).contains("HTTP/1.1 200 OK", "Content-Type: application/json",
                "Cache-Control: no-store").last().asString()
                .matches("\\{\"access_token\":\"[^\"]+\",\"token_type\":\"Bearer\",\"expires_in\":\\d+}");
    }

    @Test
    void emulator_isControlled() throws Exception {
        assertThat(run("emulator.sh")).contains("{\"revoked\":1}").contains("\"status\":503");
    }

    private String run(String script) throws IOException, InterruptedException {
        String commands = Files.readString(SCRIPTS.resolve(script)).replace("localhost:8080",
                application.replaceFirst("^http://", "").replaceFirst("/$", ""));
        Path output = WORK.resolve(script + ".txt").toAbsolutePath();
        ProcessBuilder shell = new ProcessBuilder("bash", "-ec", commands).directory(WORK.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().put("EMULATOR", emulator.uri().toString());
        Process process = shell.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

}
