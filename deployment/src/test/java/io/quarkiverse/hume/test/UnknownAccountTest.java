package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;

/** An annotation that names an account without configuration, where no emulator provides its keys. */
class UnknownAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, Elsewhere.class))
            .overrideConfigKey("hume.devservices.enabled", "false")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.accounts.\"elsewhere\".api-key is not set", "UnknownAccountTest$Elsewhere"));

    @Path("/")
    @RegisterRestClient
    @HumeAuthenticated(account = "elsewhere")
    public interface Elsewhere {
        @GET
        String get();
    }

    @Test
    void start_isRefused() {
        fail("the application must not start");
    }
}
