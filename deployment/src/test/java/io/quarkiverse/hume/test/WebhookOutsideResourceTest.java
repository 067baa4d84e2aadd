package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.QuarkusUnitTest;

/** The build fails for the annotation on a method that is not a resource method. */
class WebhookOutsideResourceTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, Hooks.class))
            .overrideConfigKey("hume.webhook.signing-key", "s3cr3t")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "@HumeWebhook is on io.quarkiverse.hume.test.WebhookOutsideResourceTest$Hooks#helper, which is no JAX-RS"));

    @Path("/hooks")
    public static class Hooks {
        @POST
        @HumeWebhook
        public String post(String body) {
            return body;
        }

        @HumeWebhook
        public String helper(String body) {
            return body;
        }
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
