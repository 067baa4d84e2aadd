package org.acme.voice;

import static io.quarkiverse.hume.test.CredentialKind.TOKEN;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

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

@QuarkusTest
class BrowserTokenTest {

    private static final Path SCRIPTS = Path.of("src", "test", "node");

    @TestHTTPResource
    String application;
    @ConnectHumeEmulator
    HumeEmulator emulator;

    @Test
    void caller_getsAToken() {
        given().auth().preemptive().basic("alice", "alice").get("/hume/token").then().statusCode(200)
                .header("Cache-Control", "no-store").body("token_type", equalTo("Bearer"))
                .body("expires_in", greaterThan(0));
    }

    @Test
    void otherUsers_getNoToken() {
        given().auth().preemptive().basic("bob", "bob").get("/hume/token").then().statusCode(403);
        given().get("/hume/token").then().statusCode(401);
    }

    /** Node.js stands in for the browser: the script of the page, as the application serves it, opens a chat. */
    @Test
    @RequiresProgram(value = "node --experimental-websocket", remedy = "Install Node.js 20.10 or newer")
    void script_opensAChat() throws Exception {
        Path script = Files.createDirectories(Path.of("target", "browser")).resolve("chat.mjs");
        Files.writeString(script, given().get("/chat.js").then().statusCode(200).extract().asString());
        String output = run("node", "--experimental-websocket", SCRIPTS.resolve("browser.mjs").toString(),
                script.toUri().toString(), application, emulator.socketUri("").toString());
        assertThat(output).contains("chat_metadata", "assistant_end");
        emulator.requests("/v0/evi/chat").haveCredentials(TOKEN);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path output = Path.of("target", "browser", "output.txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
