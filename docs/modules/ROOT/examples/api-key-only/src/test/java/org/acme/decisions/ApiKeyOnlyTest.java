package org.acme.decisions;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.machine.RequiresProgram;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/** Everything works without what only access tokens need; run once in the test's process and once packaged. */
@QuarkusTest
class ApiKeyOnlyTest {

    private static final Path SCRIPTS = Path.of("src", "test", "shell");
    private static final Path WORK = Path.of("target", "shell");

    private final String control = ConfigProvider.getConfig().getValue("hume.emulator.url", String.class) + "/emulator";

    @TestHTTPResource
    String application;

    @Test
    @RequiresProgram(value = { "bash", "curl" }, remedy = "Install bash and curl, so that they are on the PATH")
    void commandsOfThePage_askWithTheApiKey() throws Exception {
        given().delete(control + "/requests").then().statusCode(200);
        assertThat(run(SCRIPTS.resolve("decisions.sh"))).isEqualToIgnoringNewLines(
                Files.readString(SCRIPTS.resolve("decisions.json")));
        given().get(control + "/requests").then().statusCode(200)
                .body("requests.path", equalTo(List.of("/v0/decisions/file")))
                .body("requests.credential", equalTo(List.of("api-key")));
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
