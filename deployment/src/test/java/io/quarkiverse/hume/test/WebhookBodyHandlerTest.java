package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;

/** The application installs a body handler for all routes: webhooks are still verified, and a warning is logged. */
class WebhookBodyHandlerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(WebhookCalls.class))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("hume.webhook.signing-key", WebhookCalls.KEY)
            .overrideConfigKey("hume.webhook.max-body-size", "2K");

    @Singleton
    public static class Bodies {
        void install(@Observes Router router) {
            router.route().order(-10).handler(BodyHandler.create(false));
        }
    }

    @Path("/hooks")
    public static class Hooks {
        @POST
        @HumeWebhook
        public String post(String body) {
            return body;
        }
    }

    @Test
    void body_thatIsThereAlready_isCheckedAndWarnedOfOnce() {
        WebhookCalls calls = new WebhookCalls();
        try {
            String body = WebhookCalls.body();
            assertThat(calls.deliver("/hooks", WebhookCalls.KEY, body).body()).isEqualTo(body);
            assertThat(calls.deliver("/hooks", "another", body).statusCode()).isEqualTo(401);
            long now = WebhookCalls.now();
            String large = "x".repeat(2049);
            assertThat(calls.sendChunked("/hooks", large, WebhookCalls.sign(WebhookCalls.KEY, large, now), "" + now)
                    .statusCode()).isEqualTo(413);
            assertThat(calls.deliver("/hooks", WebhookCalls.KEY, large).statusCode()).isEqualTo(413);
            assertThat(List.copyOf(calls.warnings())).extracting(line -> line.substring(0, 8)).containsExactly("HUME0057",
                    "HUME0042", "HUME0047");
        } finally {
            calls.end();
        }
    }
}
