package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.rest.client.reactive.Url;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** A host of Hume in the URL of a client, from any source: while the emulator replaces Hume, requests go to the emulator. */
class EmulatedDestinationTest {

    private static final String HUME = "https://api.hume.ai";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(
                    jar -> jar.addClasses(InAnnotation.class, OfSeveralAccounts.class, InProperty.class, InUri.class,
                            WithLateFilter.class, Late.class, Plain.class))
            .overrideConfigKey("microprofile.rest.client.disable.default.mapper", "true")
            .overrideConfigKey("quarkus.rest-client.in-property.url", "HTTPS://API.Hume.ai:443")
            .overrideConfigKey("quarkus.rest-client.\"" + InUri.class.getName() + "\".uri", HUME)
            .overrideConfigKey("hume.accounts.named.base-url", HUME)
            .overrideConfigKey("hume.accounts.named.trusted-hosts", "gateway.example.com")
            .overrideConfigKey("quarkus.rest-client.with-late-filter.url", "http://localhost:1")
            .overrideConfigKey("hume.trusted-hosts", "*.hume.ai,gateway.example.com")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume"))
            .assertLogRecords(records -> assertThat(records.stream()
                    .map(record -> String.format(record.getMessage(), record.getParameters()))
                    .filter(message -> message.startsWith("HUME0063"))).doesNotHaveDuplicates()
                    .anySatisfy(
                            message -> assertThat(message).contains("$InAnnotation to https://api.hume.ai go to the emulator"
                                    + " at http://127.0.0.1:", "To call Hume, set hume.api-key"))
                    .anySatisfy(message -> assertThat(message).contains("$InUri to https://api.hume.ai go to the emulator",
                            "To call Hume, set hume.accounts.\"named\".api-key")));

    @Path("/v0/evi/configs")
    @RegisterRestClient(baseUri = HUME)
    public interface InAnnotation {
        @GET
        @HumeAuthenticated
        Response get();

        @GET
        @HumeAuthenticated
        Uni<Response> at(@Url String url);

        @GET
        @HumeAuthenticated
        Response own(@HeaderParam("X-Hume-Api-Key") String key);

        @GET
        Response withoutCredential();
    }

    /** The accounts of its calls are both emulated. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(baseUri = HUME)
    public interface OfSeveralAccounts {
        @GET
        @HumeAuthenticated
        Response get();

        @GET
        @HumeAuthenticated(account = "named")
        Response named();

        @GET
        Response withoutCredential();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "in-property")
    @HumeAuthenticated
    public interface InProperty {
        @GET
        Response get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "named")
    public interface InUri {
        @GET
        Response get();

        @GET
        Response at(@Url String url);
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "with-late-filter")
    @HumeAuthenticated
    @RegisterProvider(value = Late.class, priority = Integer.MAX_VALUE)
    public interface WithLateFilter {
        @GET
        Response get();
    }

    @Priority(Integer.MAX_VALUE)
    public static class Late implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.setUri(URI.create(HUME + "/v0/evi/configs"));
        }
    }

    @Path("/v0/evi/configs")
    public interface Plain {
        @GET
        Response get();
    }

    @RestClient
    InAnnotation inAnnotation;
    @RestClient
    OfSeveralAccounts ofSeveralAccounts;
    @RestClient
    InProperty inProperty;
    @RestClient
    InUri inUri;
    @RestClient
    WithLateFilter withLateFilter;
    @Inject
    @HumeAccount("named")
    HumeWebSockets sockets;

    @BeforeEach
    void forget() {
        HumeEmulator.connect().forgetRequests();
    }

    @TestFactory
    Stream<DynamicTest> everySourceOfAUrl_leadsToTheEmulator() {
        Map<String, Supplier<Response>> calls = Map.of("annotation", inAnnotation::get, "property", inProperty::get,
                "uri of a named account", inUri::get,
                "parameter", () -> inAnnotation.at("https://api.cloud.hume.ai").await().indefinitely(),
                "late filter", withLateFilter::get,
                "builder", () -> QuarkusRestClientBuilder.newBuilder().baseUri(URI.create(HUME))
                        .register(new HumeRequestFilter()).build(Plain.class).get());
        return calls.entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
            forget();
            assertThat(call.getValue().get().getStatus()).isEqualTo(200);
            HumeEmulator.connect().requests("/v0/evi/configs").haveCredentials(CredentialKind.TOKEN);
        }));
    }

    @Test
    void otherCallsOfTheClient_areNotSentEither() {
        assertThat(inAnnotation.withoutCredential().getStatus()).isEqualTo(401);
        HumeEmulator.connect().requests("/v0/evi/configs").haveCredentials(CredentialKind.NONE);
        forget();
        assertThat(inAnnotation.own("of-the-call").getStatus()).isEqualTo(401);
        assertThat(HumeEmulator.connect().requests("/v0/evi/configs").single().headers().get("X-Hume-Api-Key"))
                .isEqualTo(List.of("of-the-call"));
    }

    @Test
    void callsOfSeveralAccounts_goToTheEmulator() {
        assertThat(ofSeveralAccounts.get().getStatus()).isEqualTo(200);
        assertThat(ofSeveralAccounts.named().getStatus()).isEqualTo(200);
        forget();
        assertThat(ofSeveralAccounts.withoutCredential().getStatus()).isEqualTo(401);
        HumeEmulator.connect().requests("/v0/evi/configs").haveCredentials(CredentialKind.NONE);
    }

    /** Outside of tests, this host is not trusted: neither that of the base URL nor one that the property lists. */
    @Test
    void hostThatIsNotTrusted_isRejectedAsInProduction() {
        assertThatThrownBy(() -> inUri.at("https://api.cloud.hume.ai/v0/evi/configs"))
                .isInstanceOf(HumeAuthenticationException.class)
                .hasMessageContainingAll("api.cloud.hume.ai is not trusted", "hume.accounts.\"named\".trusted-hosts");
        assertThatThrownBy(() -> sockets.handshake(URI.create("wss://api.cloud.hume.ai/v0/evi/chat")).await().indefinitely())
                .isInstanceOf(HumeAuthenticationException.class).hasMessageContaining("api.cloud.hume.ai is not trusted");
        HumeEmulator.connect().requests("/v0/*").areEmpty();
    }

    @Test
    void credentialOfTheEmulator_staysOnTheMachine() {
        assertThatThrownBy(() -> inAnnotation.at("https://gateway.example.com/v0/evi/configs").await().indefinitely())
                .isInstanceOf(HumeAuthenticationException.class)
                .hasMessageContainingAll("the emulator replaces Hume", "hume.api-key");
        assertThatThrownBy(() -> inAnnotation.at("http://api.hume.ai/v0/evi/configs").await().indefinitely())
                .isInstanceOf(HumeAuthenticationException.class).hasMessageContaining("unencrypted");
    }
}
