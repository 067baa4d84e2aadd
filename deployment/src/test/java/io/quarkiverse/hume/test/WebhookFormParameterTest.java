package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.QuarkusUnitTest;

/** The start fails for a webhook method with form parameters, because its body would be read before the verification. */
class WebhookFormParameterTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, Hooks.class))
            .overrideConfigKey("hume.webhook.signing-key", "s3cr3t")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "@HumeWebhook does not work with form parameters", "WebhookFormParameterTest$Hooks#post"));

    @Path("/hooks")
    public static class Hooks {
        @POST
        @HumeWebhook
        public String post(@FormParam("x") String x) {
            return x;
        }
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
