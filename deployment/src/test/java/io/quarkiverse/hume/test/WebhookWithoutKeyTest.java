package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusProdModeTest;

/** The application does not start without a key for verification. Test mode is more lenient: {@link MissingKeysTest}. */
class WebhookWithoutKeyTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Hooks.class))
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-rest-jackson", Version.getVersion())))
            .setApplicationName("webhook-without-key")
            .setRun(true)
            .setExpectExit(true);

    @Path("/hooks")
    public static class Hooks {
        @POST
        @HumeWebhook
        public String post(String body) {
            return body;
        }
    }

    @Test
    void start_fails() {
        assertThat(APPLICATION.getExitCode()).isNotZero();
        assertThat(APPLICATION.getStartupConsoleOutput())
                .contains("hume.webhook.signing-key is not set, and hume.api-key is not"
                        + " set, so that webhooks for the default Hume", "WebhookWithoutKeyTest$Hooks#post");
    }
}
