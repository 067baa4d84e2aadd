package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/**
 * With a configured strategy, the start does not call a credentials provider. If the provider has no secret key, the first
 * request for a token says so.
 */
class UnaskedProviderTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(CredentialStore.class))
            .overrideConfigKey("hume.devservices.enabled", "false")
            .overrideConfigKey("hume.strategy", "api-key")
            .overrideConfigKey("hume.credentials-provider", "hume")
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            .overrideConfigKey("hume.accounts.voice.strategy", "token")
            .overrideConfigKey("hume.accounts.voice.api-key", "key")
            .overrideConfigKey("hume.accounts.voice.secret-key", "secret")
            .overrideConfigKey("hume.accounts.voice.token.acquire-at-startup", "false");

    @Inject
    HumeTokens tokens;
    @Inject
    HumeAccounts accounts;

    @Test
    void providerWithoutSecretKey_firstRequestSaysWhatToDo() {
        assertThat(accounts.get(HumeAccount.DEFAULT).strategy()).isEqualTo(HumeStrategy.API_KEY);
        assertThat(CredentialStore.questions()).isZero();
        CredentialStore.hold(Map.of("api-key", "only-this"));
        assertThatThrownBy(() -> tokens.await()).isInstanceOf(HumeAuthenticationException.class)
                .hasMessageContaining("There is no secret key for the default Hume account, and access tokens need one. Add it"
                        + " where the API key comes from (the credentials provider \"hume\" (hume.credentials-provider))")
                .satisfies(failure -> assertThat(((HumeAuthenticationException) failure).reason())
                        .isEqualTo(Reason.MISSING_CREDENTIALS));
    }
}
