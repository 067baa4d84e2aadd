package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.test.QuarkusUnitTest;

/**
 * With several credentials providers, the configuration has to name one; for an unknown name, the message lists the known
 * ones.
 */
class CredentialsProvidersTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, CredentialStore.class, Other.class))
            .overrideConfigKey("hume.credentials-provider", "hume")
            .overrideConfigKey("hume.accounts.\"typo\".credentials-provider", "hume")
            .overrideConfigKey("hume.accounts.\"typo\".credentials-provider-name", "tset-store")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.credentials-provider is set, but there is more than one CredentialsProvider bean. Choose with"
                            + " hume.credentials-provider-name. There is [other-store, test-store]",
                    "hume.accounts.\"typo\".credentials-provider-name is \"tset-store\", but there is no CredentialsProvider"
                            + " bean of that name. There is [other-store, test-store]"));

    @ApplicationScoped
    @Named("other-store")
    public static class Other implements CredentialsProvider {
        @Override
        public Map<String, String> getCredentials(String name) {
            return Map.of();
        }
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
