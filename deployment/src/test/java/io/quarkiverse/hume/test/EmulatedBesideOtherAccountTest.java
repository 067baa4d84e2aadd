package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkus.test.QuarkusUnitTest;

/**
 * One account is emulated, and another one has a key, which may be real: a client may use both, as in production, and the key
 * does not reach the emulator.
 */
class EmulatedBesideOtherAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("microprofile.rest.client.disable.default.mapper", "true")
            .overrideConfigKey("hume.base-url", "https://not-there.hume.ai")
            .overrideConfigKey("hume.accounts.real.base-url", "https://not-there.hume.ai")
            .overrideConfigKey("hume.accounts.real.api-key", "real-key-of-production")
            .overrideConfigKey("quarkus.rest-client.misled.url", "${hume.emulator.url}");

    @Path("/v0/evi/configs")
    @RegisterRestClient
    public interface Both {
        @GET
        @HumeAuthenticated
        String emulated();

        @GET
        @HumeAuthenticated(account = "real")
        String real();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "misled")
    @HumeAuthenticated(account = "real")
    public interface Misled {
        @GET
        String get();
    }

    @RestClient
    Both both;
    @RestClient
    Misled misled;
    @Inject
    @HumeAccount("real")
    HumeWebSockets sockets;

    @BeforeEach
    void forget() {
        HumeEmulator.connect().forgetRequests();
    }

    @Test
    void callOfTheEmulatedAccount_goesToTheEmulator() {
        assertThat(both.emulated()).contains("configs_page");
        HumeEmulator.connect().requests("/v0/evi/configs").haveCredentials(CredentialKind.TOKEN);
    }

    /** The host does not exist, so the call fails, but the emulator receives nothing. */
    @Test
    void callOfTheOtherAccount_goesToItsOwnHost() {
        assertThatThrownBy(() -> both.real()).hasStackTraceContaining("not-there.hume.ai")
                .isNotInstanceOf(HumeAuthenticationException.class);
        HumeEmulator.connect().requests("/v0/evi/configs").areEmpty();
    }

    @Test
    void keyOfTheOtherAccount_isNotSentToTheEmulator() {
        assertThatThrownBy(() -> misled.get()).isInstanceOfSatisfying(HumeAuthenticationException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.UNTRUSTED_DESTINATION);
            assertThat(failure).hasMessageContainingAll("may be real", "hume.accounts.\"real\".api-key");
        });
        URI chat = HumeEmulator.connect().socketUri("/v0/evi/chat");
        assertThatThrownBy(() -> sockets.handshake(chat).await().indefinitely())
                .isInstanceOf(HumeAuthenticationException.class).hasMessageContaining("may be real");
        HumeEmulator.connect().requests("/v0/*").areEmpty();
    }
}
