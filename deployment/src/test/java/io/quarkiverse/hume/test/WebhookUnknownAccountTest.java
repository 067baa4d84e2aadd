package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.QuarkusUnitTest;

/** An account that nobody configured, without the emulator, which would have keys for it. */
class WebhookUnknownAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, Hooks.class))
            .overrideConfigKey("hume.webhook.signing-key", "s3cr3t")
            .overrideConfigKey("hume.devservices.enabled", "false")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.accounts.\"elsewhere\".webhook.signing-key is not set", "WebhookUnknownAccountTest$Hooks#post"));

    @Path("/hooks")
    public static class Hooks {
        @POST
        @HumeWebhook(account = "elsewhere")
        public String post(String body) {
            return body;
        }
    }

    @Test
    void start_isRefused() {
        fail("the application must not start");
    }
}
