package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.runtime.refresh.TokenRefresher;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;

/** The API key strategy: one header, and nothing in the application that tokens would need. */
class ApiKeyStrategyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(EmulatorControl.class, VoiceClient.class))
            .overrideConfigKey("hume.strategy", "api-key");

    @RestClient
    VoiceClient voice;
    @Inject
    Instance<HumeTokens> tokens;

    @BeforeEach
    void reset() {
        EmulatorControl.call("DELETE", "/requests", null);
        EmulatorControl.call("DELETE", "/api/fault", null);
    }

    @Test
    void call_carriesExactlyTheApiKey() {
        assertThat(voice.plain()).contains("configs_page");
        var request = EmulatorControl.request("/v0/evi/configs");
        assertThat(request.getString("credential")).isEqualTo("api-key");
        assertThat(request.getJsonObject("headers").getJsonArray("X-Hume-Api-Key"))
                .containsExactly("emulator-api-key-default-1");
        assertThat(EmulatorControl.tokenRequests()).isZero();
    }

    @Test
    void application_containsNoTokenBeansNoJobAndNoTokenClient() {
        assertThat(tokens.isUnsatisfied()).isTrue();
        assertThat(Arc.container().listAll(Object.class)).noneMatch(handle -> handle.getBean().getBeanClass().getName()
                .startsWith(TokenRefresher.class.getPackageName() + "."));
        assertThat(Arc.container().listAll(io.quarkus.scheduler.Scheduler.class)).allSatisfy(
                scheduler -> assertThat(scheduler.get().isStarted()).isFalse());
    }

    @Test
    void rejectedKeyWithoutAnother_isNotRepeatedAndNamesTheProperty() {
        EmulatorControl.apiFault(Map.of("status", 401, "body", "{}"));
        assertThatThrownBy(() -> voice.plain()).isInstanceOf(WebApplicationException.class)
                .hasMessageContaining("hume.api-key").hasMessageNotContaining("emulator-api-key");
        assertThat(EmulatorControl.requests("/v0/evi/configs")).hasSize(1);
    }
}
