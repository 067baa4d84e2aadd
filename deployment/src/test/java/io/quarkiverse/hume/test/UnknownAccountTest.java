package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusProdModeTest;

/** An annotation that names an account without configuration. Test mode is more lenient: {@link MissingKeysTest}. */
class UnknownAccountTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Elsewhere.class))
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-rest-client-jackson", Version.getVersion())))
            .setApplicationName("unknown-account")
            .setRun(true)
            .setExpectExit(true);

    @Path("/")
    @RegisterRestClient
    @HumeAuthenticated(account = "elsewhere")
    public interface Elsewhere {
        @GET
        String get();
    }

    @Test
    void start_fails() {
        assertThat(APPLICATION.getExitCode()).isNotZero();
        assertThat(APPLICATION.getStartupConsoleOutput()).contains("hume.accounts.\"elsewhere\".api-key is not set",
                "UnknownAccountTest$Elsewhere");
    }
}
