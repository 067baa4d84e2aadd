package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.Vertx;

/** The token strategy against the emulator: every way to authenticate a client, every return type, every kind of thread. */
class TokenStrategyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class))
            .overrideConfigKey("hume.rest-clients", "generated");

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "partly")
    public interface PartlyAuthenticated {
        @GET
        @HumeAuthenticated
        String authenticated();

        @GET
        Response bare();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "generated")
    public interface Generated {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "filtered")
    @RegisterProvider(HumeRequestFilter.class)
    public interface Filtered {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    public interface Programmatic {
        @GET
        String get();
    }

    @HumeAuthenticated
    public interface Annotated {
        @GET
        @Path("/configs")
        String inherited();
    }

    @Path("/v0/evi")
    @RegisterRestClient(configKey = "inheriting")
    public interface Inheriting extends Annotated {
    }

    @RestClient
    VoiceClient voice;
    @RestClient
    PartlyAuthenticated partly;
    @RestClient
    Generated generated;
    @RestClient
    Filtered filtered;
    @RestClient
    Inheriting inheriting;
    @Inject
    HumeTokens tokens;
    @Inject
    HumeAccounts accounts;
    @Inject
    Vertx vertx;

    @BeforeEach
    void forgetEarlierRequests() {
        tokens.await(); // The token request of the start is one of the earlier requests
        HumeEmulator.connect().forgetRequests();
    }

    @TestFactory
    Stream<DynamicTest> everyReturnType_carriesExactlyOneBearerToken() {
        Map<String, Callable<Object>> calls = Map.ofEntries(Map.entry("plain", () -> voice.plain()),
                Map.entry("Uni", () -> voice.uni().await().indefinitely()),
                Map.entry("CompletionStage", () -> voice.stage().toCompletableFuture().get()),
                Map.entry("Multi", () -> voice.multi().collect().asList().await().indefinitely()),
                Map.entry("Response", () -> voice.response().readEntity(String.class)),
                Map.entry("RestResponse", () -> voice.restResponse().getEntity()),
                Map.entry("Uni<RestResponse>", () -> voice.uniRestResponse().await().indefinitely().getEntity()),
                Map.entry("bytes", () -> new String(voice.bytes())),
                Map.entry("InputStream", () -> new String(voice.stream().readAllBytes())),
                Map.entry("File", () -> Files.readString(voice.file().toPath())),
                Map.entry("programmatic", () -> programmatic(new HumeRequestFilter()).get()),
                Map.entry("@RegisterProvider", () -> filtered.get()),
                Map.entry("hume.rest-clients", () -> generated.get()),
                Map.entry("one method", () -> partly.authenticated()),
                Map.entry("inherited", () -> inheriting.inherited()));
        return calls.entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
            forgetEarlierRequests();
            assertThat(call.getValue().call().toString()).contains("configs_page");
            HumeEmulator.connect().requests("/v0/evi/configs").haveCredentials(CredentialKind.TOKEN);
        }));
    }

    private static Programmatic programmatic(HumeRequestFilter filter) {
        return QuarkusRestClientBuilder.newBuilder().baseUri(HumeEmulator.connect().uri()).register(filter)
                .build(Programmatic.class);
    }

    @Test
    void methodWithoutAnnotation_carriesNoCredential() {
        assertThatThrownBy(() -> partly.bare()).hasMessageContaining("401");
        HumeEmulator.connect().requests("/v0/evi/configs").haveCredentials(CredentialKind.NONE);
    }

    @Test
    void methodWithItsOwnStrategy_carriesTheApiKeyAndNothingElse() {
        voice.withApiKey();
        HumeEmulator.connect().requests("/v0/evi/chats").haveCredentials(CredentialKind.API_KEY);
    }

    @Test
    void programmaticFilter_withStrategy_carriesTheApiKey() {
        programmatic(new HumeRequestFilter("<default>", HumeStrategy.API_KEY)).get();
        HumeEmulator.connect().requests("/v0/evi/configs").haveCredentials(CredentialKind.API_KEY);
    }

    @Test
    void eventLoopWithoutToken_isNotBlockedAndSucceeds() throws Exception {
        tokens.reject(tokens.await());
        CompletableFuture<String> result = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(ignored -> voice.uni().subscribe().with(result::complete,
                result::completeExceptionally));
        assertThat(result.get()).contains("configs_page");
    }

    @Test
    void virtualThreadWithoutToken_waitsAndSucceeds() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads");
        tokens.reject(tokens.await());
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        CompletableFuture<String> result = new CompletableFuture<>();
        Runnable call = () -> {
            try {
                result.complete(voice.plain());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        };
        Class.forName("java.lang.Thread$Builder").getMethod("start", Runnable.class).invoke(builder, call);
        assertThat(result.get()).contains("configs_page");
    }

    @Test
    void allClientsAndInjectedTokens_shareOneToken() {
        AccessToken token = tokens.await();
        voice.plain();
        generated.get();
        filtered.get();
        RecordedRequests requests = HumeEmulator.connect().requests("/v0/evi/configs");
        assertThat(requests).hasSize(3).allSatisfy(request -> assertThat(
                request.headers().get("Authorization")).containsExactly(token.authorization()));
        HumeEmulator.connect().tokenRequests().areEmpty();
    }

    @Test
    void status_containsStrategyAndTokenButNoSecret() {
        AccessToken token = tokens.await();
        assertThat(accounts.all()).hasSize(1);
        assertThat(accounts.get("<default>").strategy()).isEqualTo(HumeStrategy.TOKEN);
        assertThat(accounts.get("<default>").token().orElseThrow().expiresAt()).contains(token.expiresAt());
        assertThat(accounts.all().toString()).doesNotContain(token.value()).doesNotContain("emulator-secret-key");
    }
}
