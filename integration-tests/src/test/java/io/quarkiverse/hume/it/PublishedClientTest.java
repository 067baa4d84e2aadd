package io.quarkiverse.hume.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.junit.QuarkusTest;

/** Hume's own published TypeScript client talks to the emulator: proof that it is an honest one. Needs Node.js. */
@QuarkusTest
class PublishedClientTest {

    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path WORK = Path.of("target", "published-client");

    @ConfigProperty(name = "hume.emulator.url")
    String emulator;

    @Inject
    HumeTokens tokens;

    @Test
    void publishedClient_talksToTheEmulator() throws Exception {
        assumeTrue(exists("node") && exists("npm"), "Node.js");
        Files.createDirectories(WORK);
        for (String file : List.of("package.json", "package-lock.json", "talk.mjs")) {
            Files.writeString(WORK.resolve(file), Files.readString(SOURCES.resolve(file)));
        }
        run("npm", "ci", "--no-audit", "--no-fund");
        String apiKey = given().get(emulator + "/emulator").then().extract().path("accounts[0].api_key");
        String browserToken = SignIn.as("guest").request().post("/hume/token").then().statusCode(200).extract()
                .path("access_token");
        String output = run("node", "talk.mjs", emulator, apiKey, tokens.await().value(), browserToken);
        assertThat(output).contains("apiKey: chat_metadata", "accessToken: chat_metadata", "browserToken: chat_metadata",
                "rejected key: 401");
    }

    private static boolean exists(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path output = WORK.resolve("output.txt");
        Process process = new ProcessBuilder(command).directory(WORK.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(command[0] + ": " + text).isZero();
        return text;
    }
}
