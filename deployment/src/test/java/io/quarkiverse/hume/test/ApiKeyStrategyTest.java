package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;

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

/** The API key strategy: one header, and no component for tokens in the application. */
class ApiKeyStrategyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class))
            .overrideConfigKey("hume.strategy", "api-key");

    @RestClient
    VoiceClient voice;
    @Inject
    Instance<HumeTokens> tokens;

    @BeforeEach
    void reset() {
        HumeEmulator.connect().forgetRequests();
        HumeEmulator.connect().api().recover();
    }

    @Test
    void call_carriesExactlyTheApiKey() {
        assertThat(voice.plain()).contains("configs_page");
        var request = HumeEmulator.connect().requests("/v0/evi/configs").single();
        assertThat(request.credential()).isEqualTo(CredentialKind.API_KEY);
        assertThat(request.headers().get("X-Hume-Api-Key"))
                .containsExactly("emulator-api-key-default-1");
        HumeEmulator.connect().tokenRequests().areEmpty();
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
        HumeEmulator.connect().api().fail(HumeFault.status(401).body("{}"));
        assertThatThrownBy(() -> voice.plain()).isInstanceOf(WebApplicationException.class)
                .hasMessageContaining("hume.api-key").hasMessageNotContaining("emulator-api-key");
        HumeEmulator.connect().requests("/v0/evi/configs").haveSize(1);
    }

    @Test
    void rejectedKey_withABodyThatCannotBeSentAgain_namesTheProperty() {
        HumeEmulator.connect().api().fail(HumeFault.status(401).body("{}"));
        assertThatThrownBy(() -> voice.upload(new ByteArrayInputStream("once".getBytes())))
                .isInstanceOf(WebApplicationException.class).hasMessageContaining("401")
                .hasMessageContaining("Hume rejected the API key in hume.api-key. If further calls are rejected");
        HumeEmulator.connect().requests("/v0/evi/echo").haveSize(1);
    }
}
