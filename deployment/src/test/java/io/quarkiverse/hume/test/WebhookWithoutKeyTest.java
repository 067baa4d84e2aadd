package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.QuarkusUnitTest;

/** Nothing to verify with. */
class WebhookWithoutKeyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, Hooks.class))
            .overrideConfigKey("hume.devservices.enabled", "false")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.webhook.signing-key is not set, and hume.api-key is not set, so that webhooks for the default Hume",
                    "WebhookWithoutKeyTest$Hooks#post"));

    @Path("/hooks")
    public static class Hooks {
        @POST
        @HumeWebhook
        public String post(String body) {
            return body;
        }
    }

    @Test
    void start_isRefused() {
        fail("the application must not start");
    }
}
