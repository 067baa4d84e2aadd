package io.quarkiverse.hume.devui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;

import io.quarkiverse.hume.chromium.Chromium;
import io.quarkiverse.hume.chromium.Visitor;
import io.quarkiverse.hume.machine.Tools;
import io.quarkiverse.hume.test.SecretSearch;
import io.quarkus.test.QuarkusDevModeTest;

/** Known keys, and a Hume that repeats them in its answers: nothing of them arrives in the browser but their ends. */
class DevUICanaryTest {

    private static final String API_KEY = "canary-of-the-api-key-A1b2";
    private static final String SECRET_KEY = "canary-of-the-secret-key-C3d4";
    private static final String SHORT_KEY = "tiny-canary";
    private static final String TOKEN = "canary-of-the-token-E5f6";

    private static final HttpServer HUME = hume();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = VoiceApplication.create("""
            hume.api-key=%1$s
            hume.secret-key=%2$s
            hume.api-key-expires-at=2099-12-31
            hume.base-url=http://127.0.0.1:%3$d
            hume.accounts."cloud".api-key=%4$s
            hume.accounts."cloud".base-url=http://127.0.0.1:%3$d
            hume.accounts."cloud".rest-clients=decisions
            """.formatted(API_KEY, SECRET_KEY, HUME.getAddress().getPort(), SHORT_KEY));

    @AfterAll
    static void stopHume() {
        HUME.stop(0);
    }

    /** The application starts once for all of them. */
    @TestFactory
    Stream<DynamicTest> secrets() {
        return Stream.of(dynamicTest("keys come from the file, and short ones are masked altogether", this::keys),
                dynamicTest("without the emulator there is nothing to drive", this::emulator),
                dynamicTest("the browser receives nothing but the ends of keys", this::browser));
    }

    private void keys() throws Exception {
        JsonNode keys = JsonRpc.call("keys");
        assertThat(keys.get("<default>").toString()).isEqualTo("{\"apiKey\":{\"masked\":\"••••••••A1b2\","
                + "\"source\":\"application.properties\"},\"secretKey\":{\"masked\":\"••••••••C3d4\","
                + "\"source\":\"application.properties\"}}");
        assertThat(keys.get("cloud").get("apiKey").get("masked").asText()).isEqualTo("••••••••");
    }

    private void emulator() throws Exception {
        assertThat(JsonRpc.call("emulator").toString()).isEqualTo("{\"running\":false}");
    }

    private void browser() {
        Tools.assume(Chromium.TOOL);
        try (Chromium chromium = Chromium.open(); Visitor visitor = chromium.visitor()) {
            Page page = visitor.page();
            String root = ConfigProvider.getConfig().getValue("test.url", String.class);
            page.navigate(root + "/q/dev-ui/extensions");
            page.locator("a:has-text('Accounts')").click();
            for (String account : List.of("<default>", "cloud")) {
                page.locator("[data-account='" + account + "'] #test").click();
                assertThat(page.locator("[data-account='" + account + "'] #outcome")).containsText("403");
            }
            page.locator("[data-account='<default>'] #refresh").click();
            assertThat(page.locator("[data-account='<default>'] #outcome")).containsText("new access token");
            assertThat(page.locator("qwc-hume-emulator")).hasCount(0);
            assertThat(page.locator("[data-account='<default>'] #key-expiry")).containsText("2099");
            assertThat(page.locator("[data-account='cloud'] #key-expiry")).hasCount(0);
            String received = visitor.received();
            assertThat(received).contains("••••A1b2", "••••C3d4").doesNotContain("canary", "-A1b2", "-C3d4", "n-E5f6");
            assertThat(SecretSearch.of(API_KEY, SECRET_KEY, SHORT_KEY, TOKEN).findings(received)).isEmpty();
        }
    }

    /** Issues a token, and refuses every call with a body and a header that repeat what it knows. */
    private static HttpServer hume() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                boolean token = exchange.getRequestURI().getPath().equals("/oauth2-cc/token");
                String text = token ? "{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"Bearer\",\"expires_in\":1800}"
                        : "{\"error\":\"refused: " + API_KEY + " " + SECRET_KEY + " " + SHORT_KEY + " " + TOKEN + "\"}";
                byte[] body = text.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.getResponseHeaders().set("X-Canary", TOKEN);
                exchange.sendResponseHeaders(token ? 200 : 403, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
