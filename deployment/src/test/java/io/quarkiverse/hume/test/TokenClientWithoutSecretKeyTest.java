package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkus.test.QuarkusUnitTest;

/** The start fails if a client uses tokens of an account that has only an API key. */
class TokenClientWithoutSecretKeyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, WantsTokens.class))
            .overrideConfigKey("hume.api-key", "s3cr3t-key")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.secret-key is not set", "TokenClientWithoutSecretKeyTest$WantsTokens uses access tokens"));

    @Path("/")
    @RegisterRestClient
    @HumeAuthenticated(strategy = HumeStrategy.TOKEN)
    public interface WantsTokens {
        @GET
        String get();
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
