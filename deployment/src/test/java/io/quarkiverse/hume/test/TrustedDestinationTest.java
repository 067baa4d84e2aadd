package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.rest.client.reactive.Url;
import io.quarkus.test.QuarkusUnitTest;

/**
 * A credential is sent to trusted hosts only, is not added to an existing one, and does not follow a redirect to another
 * origin.
 */
class TrustedDestinationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Stranger.class))
            .overrideConfigKey("quarkus.rest-client.follow-redirects", "true")
            .overrideConfigKey("quarkus.rest-client.fixed.headers.X-Hume-Api-Key", "of-the-application")
            .overrideConfigKey("quarkus.rest-client.untrusted.url", "https://api.hume.ai.example.com");

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "open")
    @HumeAuthenticated
    public interface Open {
        @GET
        String get();

        @GET
        String at(@Url String url);

        @GET
        @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
        String withKey();

        @GET
        Response own(@HeaderParam("Authorization") String header);
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "fixed")
    @HumeAuthenticated
    public interface Fixed {
        @GET
        Response get();
    }

    @Path("/")
    @RegisterRestClient(configKey = "untrusted")
    @HumeAuthenticated
    public interface Untrusted {
        @GET
        String get();
    }

    @RestClient
    Open open;
    @Inject
    HumeTokens tokens;
    @RestClient
    Fixed fixed;
    @RestClient
    Untrusted untrusted;

    Stranger stranger;

    @BeforeEach
    void start() {
        stranger = new Stranger();
        HumeEmulator.connect().forgetRequests();
    }

    @AfterEach
    void stop() {
        HumeEmulator.connect().api().recover();
        stranger.close();
    }

    @Test
    void redirectToAnotherOrigin_carriesNoCredential() {
        HumeEmulator.connect().api()
                .fail(HumeFault.status(302).header("Location", "http://127.0.0.1:" + stranger.port() + "/elsewhere"));
        assertThat(open.get()).isEqualTo("stranger");
        assertThat(open.withKey()).isEqualTo("stranger");
        assertThat(stranger.received()).hasSize(2).allSatisfy(headers -> {
            assertThat(headers.contains("Authorization")).isFalse();
            assertThat(headers.contains("X-Hume-Api-Key")).isFalse();
        });
    }

    @Test
    void unauthorizedByAnotherOrigin_rejectsNoToken() {
        AccessToken token = tokens.await();
        HumeEmulator.connect().api()
                .fail(HumeFault.status(302).header("Location", "http://127.0.0.1:" + stranger.port() + "/unauthorized"));
        assertThatThrownBy(() -> open.get()).hasMessageContaining("401");
        assertThat(stranger.received()).hasSize(1);
        assertThat(tokens.await()).isSameAs(token);
    }

    @Test
    void redirectWithinTheOrigin_keepsTheCredential() {
        HumeEmulator.connect().api().fail(
                HumeFault.status(302).times(1).header("Location", HumeEmulator.connect().uri().toString() + "/v0/evi/chats"));
        assertThat(open.get()).contains("chats_page");
        HumeEmulator.connect().requests("/v0/evi/chats").haveCredentials(CredentialKind.TOKEN);
    }

    @Test
    void urlParameterToAnUntrustedHost_failsBeforeAnythingIsSent() {
        assertThatThrownBy(() -> open.at("https://hume.example.net/v0/evi/configs"))
                .isInstanceOfSatisfying(HumeAuthenticationException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNTRUSTED_DESTINATION))
                .hasMessageContainingAll("hume.example.net", "hume.trusted-hosts", "was not sent");
    }

    @Test
    void urlParameterWithoutEncryption_failsBeforeAnythingIsSent() {
        assertThatThrownBy(() -> open.at("http://api.hume.ai/v0/evi/configs"))
                .isInstanceOf(HumeAuthenticationException.class).hasMessageContainingAll("unencrypted", "api.hume.ai");
    }

    @Test
    void clientWithAnUntrustedUrl_failsBeforeAnythingIsSent() {
        assertThatThrownBy(() -> untrusted.get()).isInstanceOf(HumeAuthenticationException.class)
                .hasMessageContainingAll("api.hume.ai.example.com", "hume.trusted-hosts");
    }

    @Test
    void headerOfTheApplication_isLeftAlone() {
        assertThatThrownBy(() -> open.own("Bearer of-the-application")).hasMessageContaining("401");
        var request = HumeEmulator.connect().requests("/v0/evi/configs").single();
        assertThat(request.headers().get("Authorization"))
                .containsExactly("Bearer of-the-application");
        assertThat(request.headers().containsKey("X-Hume-Api-Key")).isFalse();
    }

    @Test
    void headerFromConfiguration_isLeftAlone() {
        assertThatThrownBy(() -> fixed.get()).hasMessageContaining("401");
        var request = HumeEmulator.connect().requests("/v0/evi/configs").single();
        assertThat(request.headers().get("X-Hume-Api-Key")).containsExactly("of-the-application");
        assertThat(request.headers().containsKey("Authorization")).isFalse();
    }
}
