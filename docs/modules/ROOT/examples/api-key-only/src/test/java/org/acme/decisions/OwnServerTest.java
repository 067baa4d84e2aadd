package org.acme.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The key of a test resource, and not that of the emulator, which the build started. */
// tag::resource[]
@QuarkusTest
@WithTestResource(OwnServer.class)
class OwnServerTest {
    // end::resource[]

    @Path("/v0/decisions/run")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Runs {
        @GET
        String runs();
    }

    @RestClient
    Runs runs;

    @Test
    void ownServer_receivesTheKeyOfTheTest() {
        assertThat(runs.runs()).isEqualTo("received test at /v0/decisions/run");
    }
}
