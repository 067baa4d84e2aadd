package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Accounts with keys of their own, several keys at once, and the API key in place of a signing key. */
class WebhookKeysTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(WebhookCalls.class))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("hume.strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"rotating\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"rotating\".webhook.signing-key", "s3cr3t-old,s3cr3t\\,n\u00ebw");

    private static volatile String apiKey;

    @Singleton
    public static class Keys implements HumeCredentialsProvider {
        @Override
        public Uni<HumeCredentials> getCredentials(String account) {
            return Uni.createFrom().item(() -> {
                if (apiKey == null) {
                    throw new IllegalStateException("s3cr3t");
                }
                return HumeCredentials.ofApiKey(apiKey);
            }).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        }
    }

    @Path("/hooks")
    @HumeWebhook
    public static class Hooks {
        @POST
        @Path("/default")
        public Uni<String> byDefault(String body) {
            return Uni.createFrom().item(body);
        }

        @POST
        @Path("/rotating")
        @HumeWebhook(account = "rotating")
        public String rotating(String body) {
            return body;
        }
    }

    private WebhookCalls calls;

    @BeforeEach
    void firstKey() {
        calls = new WebhookCalls();
        apiKey = "s3cr3t-api-1";
    }

    @AfterEach
    void end() {
        calls.end();
    }

    private int deliver(String path, String key) {
        return calls.deliver("/hooks/" + path, key, WebhookCalls.body()).statusCode();
    }

    @Test
    void apiKey_verifiesAsItIsNow() {
        assertThat(deliver("default", "s3cr3t-api-1")).isEqualTo(200);
        assertThat(deliver("default", "s3cr3t-api-2")).isEqualTo(401);
        apiKey = "s3cr3t-api-2";
        assertThat(deliver("default", "s3cr3t-api-1")).isEqualTo(401);
        assertThat(deliver("default", "s3cr3t-api-2")).isEqualTo(200);
        assertThat(calls.log()).hasSize(2).allMatch(line -> line.startsWith("HUME0042"))
                .noneMatch(line -> line.contains("s3cr3t"));
    }

    @Test
    void providerThatFails_isAServerErrorWithoutDetails() {
        apiKey = null;
        String body = WebhookCalls.body();
        var response = calls.deliver("/hooks/default", "s3cr3t-api-1", body);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(response.body()).contains("\"status\":503").doesNotContain("s3cr3t");
        assertThat(calls.log()).singleElement().asString().startsWith("HUME0048").doesNotContain("s3cr3t-");
        apiKey = "s3cr3t-api-1";
        assertThat(calls.deliver("/hooks/default", "s3cr3t-api-1", body).statusCode()).isEqualTo(200);
    }

    @Test
    void severalKeys_allVerify_andOnlyThoseOfTheAccount() {
        assertThat(deliver("rotating", "s3cr3t-old")).isEqualTo(200);
        assertThat(deliver("rotating", "s3cr3t,n\u00ebw")).isEqualTo(200);
        assertThat(deliver("rotating", "s3cr3t-api-1")).isEqualTo(401);
        assertThat(deliver("default", "s3cr3t-old")).isEqualTo(401);
        assertThat(calls.log()).hasSize(2);
    }
}
