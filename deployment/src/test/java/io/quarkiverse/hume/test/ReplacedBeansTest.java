package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokenSource;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** The application's beans for keys and tokens replace those of the extension. */
class ReplacedBeansTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Vault.class, Gateway.class))
            .overrideConfigKey("hume.devservices.enabled", "false");

    @ApplicationScoped
    public static class Vault implements HumeCredentialsProvider {
        @Override
        public Uni<HumeCredentials> getCredentials(String account) {
            return Uni.createFrom().item(HumeCredentials.of("key-of-" + account.replaceAll("\\W", ""), "secret"));
        }
    }

    @ApplicationScoped
    public static class Gateway implements HumeTokenSource {
        static final List<String> ASKED = new CopyOnWriteArrayList<>();

        @Override
        public Uni<AccessToken> requestToken(String account, HumeCredentials credentials) {
            ASKED.add(account + " " + credentials.apiKey());
            return Uni.createFrom().item(AccessToken.of("from-the-gateway", Instant.now(), Duration.ofMinutes(30)));
        }
    }

    @Inject
    HumeTokens tokens;
    @Inject
    HumeAccounts accounts;

    @Test
    void tokens_comeFromTheReplacementsOnce() {
        assertThat(tokens.await().value()).isEqualTo("from-the-gateway");
        assertThat(tokens.await().value()).isEqualTo("from-the-gateway");
        assertThat(Gateway.ASKED).containsExactly("<default> key-of-default");
        assertThat(accounts.get(HumeAccount.DEFAULT).strategy()).isEqualTo(HumeStrategy.TOKEN);
    }
}
