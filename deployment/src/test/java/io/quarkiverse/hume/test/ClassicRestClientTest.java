package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;

/**
 * The build fails for an application with the REST client of RESTEasy Classic, which would not authenticate annotated
 * interfaces.
 */
class ClassicRestClientTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.CLASSIC_REST_CLIENT))
            .withApplicationRoot(
                    jar -> jar.addClasses(ForcedExtensions.class, ConfigurationFailureTests.class, Annotated.class))
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "This application has quarkus-resteasy-client (RESTEasy Classic) beside quarkus-rest-client, which"
                            + " quarkus-hume brings along",
                    "Replace quarkus-resteasy-client by quarkus-rest-client", "exclude it there"));

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Annotated {
        @GET
        String get();
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
