package org.acme.voice;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class HumeEventsTest {

    private static final Queue<HumeEvents.ChatEvent> RECEIVED = new ConcurrentLinkedQueue<>();

    /** The rest of the application. */
    @Singleton
    public static class Listener {

        void on(@Observes HumeEvents.ChatEvent event) {
            RECEIVED.add(event);
        }
    }

    @ConfigProperty(name = "hume.webhook.signing-key")
    String signingKey;
    @TestHTTPResource("/hume-events")
    URI address;
    @ConnectHumeEmulator
    HumeEmulator emulator;

    // tag::signed[]
    @Test
    void signedByHand_arrives() throws Exception {
        String body = "{\"event_name\": \"chat_ended\", \"chat_id\": \"c1\"}";
        long timestamp = InstantSource.system().instant().getEpochSecond();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(signingKey.getBytes(UTF_8), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal((body + "." + timestamp).getBytes(UTF_8)));

        given().contentType("application/json").body(body)
                .header("X-Hume-AI-Webhook-Timestamp", timestamp)
                .header("X-Hume-AI-Webhook-Signature", signature)
                .post("/hume-events").then().statusCode(204);
        assertThat(RECEIVED).contains(new HumeEvents.ChatEvent("chat_ended", "c1"));
    }
    // end::signed[]

    // tag::emulator[]
    @Test
    void genuine_arrives_andForged_doesNot() {
        assertThat(emulator.webhook("chat_started").signedWith(signingKey).sendTo(address)).containsExactly(204);
        assertThat(emulator.webhook("chat_started").signedWith("another").sendTo(address)).containsExactly(401);
    }
    // end::emulator[]
}
