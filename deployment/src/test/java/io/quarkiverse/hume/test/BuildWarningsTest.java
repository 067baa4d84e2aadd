package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** A production build of an application with many possible mistakes that the runtime configuration can still correct. */
class BuildWarningsTest {

    private static final String HERE = "io.quarkiverse.hume.test.BuildWarningsTest$";

    @RegisterExtension
    static final QuarkusProdModeTest BUILD = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class, Misspelt.class, WithTokens.class,
                    Mixed.class, PassingOn.class, Stranger.class, Hooks.class, User.class))
            .setApplicationName("warnings")
            // For the webhook
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-rest-jackson", Version.getVersion())))
            .overrideConfigKey("hume.api-key", "s3cr3t-default")
            .overrideConfigKey("hume.webhook.signing-key", "${SIGNING_KEY:},s3cr3t-signing")
            .overrideConfigKey("hume.accounts.\"cloud\".api-key", "${CLOUD_KEY:s3cr3t-fallback}")
            .overrideConfigKey("hume.accounts.\"cloud\".base-url", "http://api.example.com")
            .overrideConfigKey("hume.accounts.\"other\".api-key", "${OTHER_KEY}")
            .overrideConfigKey("hume.accounts.\"other\".secret-key", "${OTHER_SECRET:${OLD_OTHER_SECRET:}}")
            .overrideConfigKey("hume.accounts.\"other\".base-url", "http://localhost:8080")
            .overrideConfigKey("hume.accounts.\"staged\".api-key", "${STAGED_KEY}")
            .overrideConfigKey("%prod.hume.accounts.\"staged\".secret-key", "s3cr3t-staged")
            .overrideConfigKey("hume.accounts.staged.webhook.signing-key", "s3cr3t-staged-signing")
            .overrideConfigKey("%dev.hume.accounts.\"other\".api-key", "s3cr3t-dev")
            .overrideConfigKey("hume.shared-state.client-name", "shared")
            .overrideConfigKey("hume.shared-state.timeout", "1S")
            .overrideConfigKey("quarkus.rest-client.voice.url", "http://api.example.com")
            .overrideConfigKey("quarkus.rest-client.voice.headers.\"x-hume-api-key\"", "s3cr3t-header")
            .overrideConfigKey("quarkus.rest-client.stranger.url", "http://api.example.com")
            .overrideConfigKey("org.eclipse.microprofile.rest.client.propagateHeaders", "X-Trace,Authorization")
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue()
                    && record.getLoggerName().startsWith("io.quarkiverse.hume"));

    @ProdBuildResults
    ProdModeTestResults build;

    @Test
    void warnings_nameWhatToDo() {
        assertWarning("HUME0110: the REST client " + HERE + "Misspelt uses the account \"clod\", of which this build sees"
                + " no configuration. It sees [cloud, other, staged]. Did you mean \"cloud\"? Unless"
                + " hume.accounts.\"clod\".api-key is set where the application runs, correct the name");
        assertWarning("HUME0110: @HumeAccount on " + HERE + "User#sockets uses the account \"elsewhere\", of which this"
                + " build sees no configuration. It sees [cloud, other, staged]. Unless");
        assertWarning("HUME0110: @HumeWebhook on " + HERE + "Hooks#received uses the account \"Othr\"",
                "Did you mean \"other\"?");
        assertWarning("HUME0111: the REST client " + HERE + "WithTokens uses access tokens of the Hume account \"cloud\","
                + " but this build sees only an API key. Unless hume.accounts.\"cloud\".secret-key is set where the application"
                + " runs, it will not start");
        assertWarning("HUME0111: " + HERE + "User#tokens uses access tokens of the default Hume account",
                "hume.secret-key");
        assertWarning(
                "HUME0112: " + HERE + "Mixed#own has @ClientHeaderParam(name = \"Authorization\"), so its calls carry"
                        + " that and not the Hume credential");
        assertWarning("HUME0113: the REST client " + HERE + "PassingOn has @RegisterClientHeaders, and"
                + " org.eclipse.microprofile.rest.client.propagateHeaders contains Authorization");
        assertWarning("HUME0114: quarkus.rest-client.voice.headers.\"x-hume-api-key\" is set, so calls of the REST client"
                + " io.quarkiverse.hume.test.VoiceClient carry that header");
        assertWarning("HUME0115: hume.accounts.\"cloud\".base-url is not https, so that the application will not start");
        assertWarning("HUME0115: quarkus.rest-client.voice.url is not https, so that calls of the client will fail");
        assertWarning("HUME0115: the baseUri in @RegisterRestClient of " + HERE + "PassingOn is not https");
        assertWarning("HUME0116: The value of hume.api-key is in application.properties and is built into the"
                + " application: everyone who has the application has the key. Set the environment variable HUME_API_KEY where the"
                + " application runs, or write hume.api-key=${HUME_API_KEY}");
        assertWarning("HUME0116: The value of hume.webhook.signing-key is in");
        assertWarning("HUME0116: The value of hume.accounts.\"cloud\".api-key is in",
                "HUME_ACCOUNTS__CLOUD__API_KEY");
        assertWarning("HUME0116: The value of hume.accounts.\"staged\".secret-key is in");
        assertWarning("HUME0116: The value of hume.accounts.staged.webhook.signing-key is in",
                "HUME_ACCOUNTS__STAGED__WEBHOOK_SIGNING_KEY");
        assertWarning(
                "HUME0167: hume.shared-state.client-name is set and has no effect, because hume.shared-state is not redis");
        assertWarning("HUME0167: hume.shared-state.timeout is set and has no effect", "or remove hume.shared-state.timeout");
        assertThat(messages()).hasSize(18).noneMatch(message -> message.contains("s3cr3t"));
    }

    private void assertWarning(String start, String... parts) {
        assertThat(messages()).filteredOn(message -> message.startsWith(start)).as(start).singleElement()
                .satisfies(message -> List.of(parts).forEach(part -> assertThat(message).contains(part)));
    }

    private List<String> messages() {
        return build.getRetainedBuildLogRecords().stream()
                .map(record -> String.format(record.getMessage(), record.getParameters())).toList();
    }

    @Path("/misspelt")
    @RegisterRestClient
    @HumeAuthenticated(account = "clod")
    public interface Misspelt {
        @GET
        String get();
    }

    @Path("/tokens")
    @RegisterRestClient
    @HumeAuthenticated(account = "cloud", strategy = HumeStrategy.TOKEN)
    public interface WithTokens {
        @GET
        String get();
    }

    @Path("/mixed")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Mixed {
        @GET
        String get();

        @GET
        @Path("/own")
        @ClientHeaderParam(name = "Authorization", value = "Bearer s3cr3t")
        String own();
    }

    @Path("/passing-on")
    @RegisterRestClient(baseUri = "http://api.example.com")
    @RegisterClientHeaders
    @HumeAuthenticated
    public interface PassingOn {
        @GET
        String get();
    }

    /** A client that does not call Hume. */
    @Path("/stranger")
    @RegisterRestClient(configKey = "stranger")
    @RegisterClientHeaders
    public interface Stranger {
        @GET
        String get();
    }

    @Path("/hooks")
    public static class Hooks {
        @POST
        @HumeWebhook(account = "Othr")
        public String received(String body) {
            return body;
        }
    }

    @Singleton
    public static class User {
        @Inject
        HumeTokens tokens;
        @Inject
        @HumeAccount("elsewhere")
        HumeWebSockets sockets;
    }
}
