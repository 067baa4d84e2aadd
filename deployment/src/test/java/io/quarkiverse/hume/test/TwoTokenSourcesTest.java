package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeTokenSource;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/**
 * Two beans of the same type, or one with a qualifier that keeps it from being used: the keys would be sent to the wrong
 * place, so the start fails and lists all the beans.
 */
class TwoTokenSourcesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class))
            .overrideConfigKey("hume.devservices.enabled", "false")
            .overrideConfigKey("hume.api-key", "s3cr3t-key")
            .overrideConfigKey("hume.secret-key", "s3cr3t-secret")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "There are several beans of the type HumeTokenSource: [" + TwoTokenSourcesTest.class.getName()
                            + "$Gateway, " + TwoTokenSourcesTest.class.getName() + "$Leftover]",
                    "@Alternative",
                    "No bean of the type HumeCredentialsProvider is used, because each of ["
                            + TwoTokenSourcesTest.class.getName() + "$Vault] has a qualifier",
                    "keys are read from the configuration instead", "Remove the qualifier"));

    @ApplicationScoped
    public static class Gateway implements HumeTokenSource {
        @Override
        public Uni<AccessToken> requestToken(String account, HumeCredentials credentials) {
            throw new AssertionError();
        }
    }

    @Singleton
    public static class Leftover extends Gateway {
    }

    @ApplicationScoped
    @HumeAccount("cloud")
    public static class Vault implements HumeCredentialsProvider {
        @Override
        public Uni<HumeCredentials> getCredentials(String account) {
            throw new AssertionError();
        }
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
