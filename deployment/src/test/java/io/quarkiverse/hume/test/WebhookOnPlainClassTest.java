package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.QuarkusUnitTest;

/** The build fails for the annotation on a class that is not a resource. */
class WebhookOnPlainClassTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, Hooks.class))
            .overrideConfigKey("hume.webhook.signing-key", "s3cr3t")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "@HumeWebhook is on io.quarkiverse.hume.test.WebhookOnPlainClassTest$Hooks, which is no JAX-RS resource"));

    @HumeWebhook
    public static class Hooks {
        @POST
        @Path("/x")
        public String post(String body) {
            return body;
        }
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
