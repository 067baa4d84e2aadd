package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusProdModeTest;

/**
 * What only the first token request needs is not loaded at the start: classes are most of the time that the extension adds to
 * the start of an application.
 */
class StartupClassesTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClass(VoiceClient.class))
            .setApplicationName("startup-classes")
            .setJVMArgs(List.of("-Xlog:class+load"))
            // Otherwise, the response could arrive before the start is complete.
            .setRuntimeProperties(Map.of("hume.token.acquire-at-startup", "false", "hume.api-key", "key", "hume.secret-key",
                    "secret", "quarkus.http.port", "0"))
            .setRun(true);

    @Test
    void start_loadsNeitherAJsonParserNorAnHttpClient() {
        String start = APPLICATION.getStartupConsoleOutput();
        assertThat(start).contains("io.quarkiverse.hume.runtime.token.TokenKeeper ")
                .doesNotContain("com.fasterxml.jackson.databind.deser.BeanDeserializerFactory ",
                        "io.vertx.core.http.impl.HttpClientImpl ", "io.vertx.core.http.HttpClientOptions ",
                        "io.vertx.core.buffer.impl.VertxByteBufAllocator ", "io.smallrye.faulttolerance.",
                        "io.quarkiverse.hume.runtime.endpoint.TokenEndpoint ");
    }

    @Test
    void defaultsOfTheConfiguration_needNeitherDateFormatsNorTheChecksOfHosts() {
        assertThat(APPLICATION.getStartupConsoleOutput())
                .contains("io.quarkiverse.hume.runtime.config.KeyExpiryConverter ",
                        "io.quarkiverse.hume.runtime.config.AccountConfigValidator ")
                .doesNotContain("java.time.format.DateTimeParseException ",
                        "io.quarkiverse.hume.runtime.config.TrustedHostEntry ");
    }
}
