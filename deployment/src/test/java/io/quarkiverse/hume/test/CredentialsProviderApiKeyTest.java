package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** A single credentials provider needs no name, named accounts have their own entries, and a single secret is the API key. */
class CredentialsProviderApiKeyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Store.class))
            .overrideConfigKey("hume.credentials-provider", "voice")
            .overrideConfigKey("hume.accounts.\"cloud\".credentials-provider", "cloud")
            .overrideConfigKey("hume.accounts.\"cloud\".strategy", "api-key");

    @ApplicationScoped
    public static class Store implements CredentialsProvider {
        @Override
        public Uni<Map<String, String>> getCredentialsAsync(String name) {
            return Uni.createFrom().item(Map.of("password", "key-of-" + name));
        }
    }

    @Inject
    HumeAccounts accounts;
    @Inject
    HumeCredentialsProvider provider;

    @Test
    void strategy_isThatOfTheKeysThereAre() {
        assertThat(accounts.get("<default>").strategy()).isEqualTo(HumeStrategy.API_KEY);
        assertThat(accounts.get("<default>").reason()).isEqualTo("decided at startup: no secret key");
    }

    @Test
    void accounts_haveTheirOwnEntries() {
        assertThat(provider.getCredentials("<default>").await().indefinitely())
                .isEqualTo(HumeCredentials.ofApiKey("key-of-voice"));
        assertThat(provider.getCredentials("cloud").await().indefinitely())
                .isEqualTo(HumeCredentials.ofApiKey("key-of-cloud"));
    }
}
