package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.Vertx;

/** A 401 is healed once, for every return type, if the body can be sent again. */
class UnauthorizedRetryTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(EmulatorControl.class, VoiceClient.class,
                    TokenStrategyTest.Programmatic.class));

    @RestClient
    VoiceClient voice;
    @Inject
    HumeTokens tokens;
    @Inject
    Vertx vertx;

    @BeforeEach
    void revokeTheTokenInUse() {
        EmulatorControl.revokeTheToken();
    }

    @TestFactory
    Stream<DynamicTest> revokedToken_everyReturnType_isHealedByOneRepetition() {
        Map<String, Callable<Object>> calls = Map.of("plain", () -> voice.plain(),
                "Uni", () -> voice.uni().await().indefinitely(),
                "CompletionStage", () -> voice.stage().toCompletableFuture().get(),
                "Multi", () -> voice.multi().collect().asList().await().indefinitely(),
                "Response", () -> voice.response().readEntity(String.class),
                "RestResponse", () -> voice.restResponse().getEntity(),
                "Uni<RestResponse>", () -> voice.uniRestResponse().await().indefinitely().getEntity(),
                "bytes", () -> new String(voice.bytes()),
                "InputStream", () -> new String(voice.stream().readAllBytes()),
                "File", () -> Files.readString(voice.file().toPath()));
        return calls.entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
            revokeTheTokenInUse();
            assertThat(call.getValue().call().toString()).contains("configs_page");
            assertThat(EmulatorControl.requests("/v0/evi/configs")).extracting(request -> request.getInteger("status"))
                    .containsExactly(401, 200);
            assertThat(EmulatorControl.tokenRequests()).isEqualTo(1);
        }));
    }

    @Test
    void programmaticClient_isHealed() {
        TokenStrategyTest.Programmatic client = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create(EmulatorControl.url())).register(new HumeRequestFilter())
                .build(TokenStrategyTest.Programmatic.class);
        assertThat(client.get()).contains("configs_page");
        assertThat(EmulatorControl.requests("/v0/evi/configs")).hasSize(2);
    }

    @Test
    void eventLoopCaller_isHealedWithoutBlocking() throws Exception {
        CompletableFuture<String> result = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(
                ignored -> voice.uni().subscribe().with(result::complete, result::completeExceptionally));
        assertThat(result.get()).contains("configs_page");
        assertThat(EmulatorControl.requests("/v0/evi/configs")).hasSize(2);
    }

    @Test
    void secondUnauthorized_goesToTheCaller() {
        EmulatorControl.apiFault(Map.of("status", 401, "body", "{}", "path", "/v0/evi/configs"));
        assertThatThrownBy(() -> voice.plain()).isInstanceOf(WebApplicationException.class)
                .satisfies(e -> assertThat(((WebApplicationException) e).getResponse().getStatus()).isEqualTo(401));
        assertThat(EmulatorControl.requests("/v0/evi/configs")).hasSize(2);
    }

    @Test
    void forbidden_neitherRepeatsNorInvalidates() {
        tokens.reject(tokens.await());
        String before = tokens.await().value();
        EmulatorControl.apiFault(Map.of("status", 403, "body", "{}", "path", "/v0/evi/configs"));
        assertThatThrownBy(() -> voice.plain()).isInstanceOf(WebApplicationException.class);
        assertThat(EmulatorControl.requests("/v0/evi/configs")).hasSize(1);
        assertThat(tokens.await().value()).isEqualTo(before);
    }

    @Test
    void stringBody_isSentAgain_streamIsNot() {
        assertThatThrownBy(() -> voice.post("again")).isInstanceOf(WebApplicationException.class)
                .hasMessageContaining("404");
        assertThat(EmulatorControl.requests("/v0/evi/echo")).extracting(request -> request.getInteger("status"))
                .containsExactly(401, 404);
        assertThat(EmulatorControl.requests("/v0/evi/echo")).extracting(request -> request.getInteger("body_size"))
                .containsExactly(5, 5);
        revokeTheTokenInUse();
        assertThatThrownBy(() -> voice.upload(new ByteArrayInputStream("once".getBytes())))
                .isInstanceOf(WebApplicationException.class).hasMessageContaining("401");
        assertThat(EmulatorControl.requests("/v0/evi/echo")).hasSize(1);
        assertThat(voice.plain()).contains("configs_page");
    }
}
