package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/**
 * {@code hume.tracing.enabled=false} and {@code hume.tracing.redact-credentials=false}: the extension neither adds nor changes
 * spans.
 */
class TracingSwitchedOffTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.TRACING))
            .withApplicationRoot(jar -> jar.addClasses(ForcedExtensions.class, BrowserCall.class, BrowserCall.Answer.class,
                    SpanRecorder.class))
            .overrideConfigKey("hume.tracing.enabled", "false")
            .overrideConfigKey("hume.tracing.redact-credentials", "false")
            .overrideConfigKey("quarkus.otel.traces.exporter", "none");

    @Path("/careless")
    public static class Careless {

        @GET
        public String get() {
            return "";
        }
    }

    @Inject
    HumeTokens tokens;
    @Inject
    SpanRecorder recorder;

    @Test
    void spans_areNotOurs() {
        tokens.await();
        BrowserCall.anonymous().get("/careless?api_key=visible");
        await().until(() -> recorder.lines().stream().anyMatch(line -> line.contains("api_key=visible")));
        assertThat(recorder.named(TracingTest.SPAN)).isEmpty();
        assertThat(recorder.lines()).noneMatch(line -> line.contains("/oauth2-cc/token"));
    }
}
