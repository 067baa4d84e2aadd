package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkus.arc.Unremovable;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.Vertx;

/** A call is retried once after a 401, for every return type, if its body can be sent again. */
class UnauthorizedRetryTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ApplicationToken.class, VoiceClient.class,
                    TokenStrategyTest.Programmatic.class));

    private static final int HEALTHY_CALLS = 200;

    /** Violates its contract by throwing an exception, in a method in which an exception could easily be lost. */
    @Singleton
    @Unremovable
    @Alternative
    @Priority(1)
    public static class Listening implements AccountListener.Factory {

        static volatile boolean broken;
        static volatile Enum<?> thrown;

        @Override
        public AccountListener listener(String account) {
            return new AccountListener() {
                @Override
                public void unauthorized(Transport transport, UnauthorizedOutcome outcome) {
                    if (broken) {
                        thrown = outcome;
                        throw new IllegalStateException("broken at " + outcome);
                    }
                }
            };
        }
    }

    @RestClient
    VoiceClient voice;
    @Inject
    HumeTokens tokens;
    @Inject
    Vertx vertx;

    @BeforeEach
    void revokeTheTokenInUse() {
        ApplicationToken.revoke();
    }

    @TestFactory
    Stream<DynamicTest> revokedToken_everyReturnType_succeedsAfterOneRetry() {
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
            HumeEmulator.connect().requests("/v0/evi/configs").haveStatuses(401, 200);
            HumeEmulator.connect().tokenRequests().haveSize(1);
        }));
    }

    @Test
    void programmaticClient_isRetriedAfter401() {
        TokenStrategyTest.Programmatic client = QuarkusRestClientBuilder.newBuilder()
                .baseUri(HumeEmulator.connect().uri()).register(new HumeRequestFilter())
                .build(TokenStrategyTest.Programmatic.class);
        assertThat(client.get()).contains("configs_page");
        HumeEmulator.connect().requests("/v0/evi/configs").haveSize(2);
    }

    @Test
    void eventLoopCaller_isRetriedWithoutBlocking() throws Exception {
        CompletableFuture<String> result = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(
                ignored -> voice.uni().subscribe().with(result::complete, result::completeExceptionally));
        assertThat(result.get()).contains("configs_page");
        HumeEmulator.connect().requests("/v0/evi/configs").haveSize(2);
    }

    @Test
    void secondUnauthorized_goesToTheCaller() {
        HumeEmulator.connect().api().fail(HumeFault.status(401).body("{}").atPath("/v0/evi/configs"));
        assertThatThrownBy(() -> voice.plain()).isInstanceOf(WebApplicationException.class)
                .satisfies(e -> assertThat(((WebApplicationException) e).getResponse().getStatus()).isEqualTo(401))
                .hasMessageContaining("401").hasMessageContaining("Hume rejected the access token");
        HumeEmulator.connect().requests("/v0/evi/configs").haveSize(2);
    }

    /** A path that takes no tokens, called beside one that does: it costs the others nothing, and a token now and then. */
    @ParameterizedTest
    @ValueSource(ints = { 2, 10, 50 })
    void rejectingPath_otherCallsNeverFail(int rejectedPerSecond) {
        assertThat(voice.plain()).contains("configs_page");
        ApplicationToken.renew();
        HumeEmulator.connect().api().fail(HumeFault.status(401).body("{}").atPath("/v0/evi/echo"));
        int before = HumeEmulator.connect().tokenRequests().size();
        int every = 100 / rejectedPerSecond;
        List<CompletableFuture<String>> healthy = new ArrayList<>();
        List<CompletableFuture<?>> rejected = new ArrayList<>();
        Multi.createFrom().ticks().every(Duration.ofMillis(10)).select().first(HEALTHY_CALLS).onOverflow().buffer()
                .onItem().invoke(tick -> {
                    healthy.add(voice.uni().subscribeAsCompletionStage());
                    if (tick % every == 0) {
                        rejected.add(voice.postLater("x").onItem().<Integer> transform(answer -> 200)
                                .onFailure(WebApplicationException.class)
                                .recoverWithItem(e -> ((WebApplicationException) e).getResponse().getStatus())
                                .subscribeAsCompletionStage());
                    }
                }).collect().last().await().indefinitely();
        assertThat(healthy).hasSize(HEALTHY_CALLS)
                .allSatisfy(call -> assertThat(call.join()).contains("configs_page"));
        assertThat(rejected).hasSize(HEALTHY_CALLS / every)
                .allSatisfy(call -> assertThat(call.join()).isEqualTo(401));
        // At once, then after 1, 3, 7, 15, 31 and 63 seconds, whatever succeeds in between.
        assertThat(HumeEmulator.connect().tokenRequests().size() - before).isBetween(1, 7);
    }

    @Test
    void tokenIsRevokedUnderLoad_allCallsRecover() {
        assertThat(voice.plain()).contains("configs_page");
        ApplicationToken.renew();
        int before = HumeEmulator.connect().tokenRequests().size();
        List<CompletableFuture<String>> calls = new ArrayList<>();
        Multi.createFrom().ticks().every(Duration.ofMillis(10)).select().first(HEALTHY_CALLS).onOverflow().buffer()
                .onItem().invoke(tick -> {
                    if (tick == HEALTHY_CALLS / 2) {
                        HumeEmulator.connect().revokeTokens();
                    }
                    calls.add(voice.uni().subscribeAsCompletionStage());
                }).collect().last().await().indefinitely();
        assertThat(calls).hasSize(HEALTHY_CALLS).allSatisfy(call -> assertThat(call.join()).contains("configs_page"));
        assertThat(HumeEmulator.connect().tokenRequests().size() - before).isEqualTo(1);
    }

    @Test
    void forbidden_neitherRepeatsNorInvalidates() {
        tokens.reject(tokens.await());
        String before = tokens.await().value();
        HumeEmulator.connect().api().fail(HumeFault.status(403).body("{}").atPath("/v0/evi/configs"));
        assertThatThrownBy(() -> voice.plain()).isInstanceOf(WebApplicationException.class);
        HumeEmulator.connect().requests("/v0/evi/configs").haveSize(1);
        assertThat(tokens.await().value()).isEqualTo(before);
    }

    @Test
    void stringBody_isSentAgain_streamIsNot() {
        assertThatThrownBy(() -> voice.post("again")).isInstanceOf(WebApplicationException.class)
                .hasMessageContaining("404");
        HumeEmulator.connect().requests("/v0/evi/echo").haveStatuses(401, 404);
        assertThat(HumeEmulator.connect().requests("/v0/evi/echo")).extracting(RecordedRequest::bodySize).containsExactly(5L,
                5L);
        revokeTheTokenInUse();
        assertThatThrownBy(() -> voice.upload(new ByteArrayInputStream("once".getBytes())))
                .isInstanceOf(WebApplicationException.class).hasMessageContaining("401")
                .hasMessageContaining("Hume rejected the access token");
        HumeEmulator.connect().requests("/v0/evi/echo").haveSize(1);
        assertThat(voice.plain()).contains("configs_page");
    }

    @TestFactory
    Stream<DynamicTest> exceptionOnTheWay_endsTheCall() {
        Map<String, Runnable> faults = Map.of(
                "RECOVERED", () -> {
                },
                "REJECTED_AGAIN",
                () -> HumeEmulator.connect().api().fail(HumeFault.status(401).body("{}").atPath("/v0/evi/configs")),
                "NO_CREDENTIAL", () -> HumeEmulator.connect().tokenEndpoint().fail(HumeFault.status(400).body("{}")));
        return faults.entrySet().stream().map(fault -> DynamicTest.dynamicTest(fault.getKey(), () -> {
            revokeTheTokenInUse();
            fault.getValue().run();
            Listening.broken = true;
            try {
                // With the exception, or with the 401 that is the answer so far.
                assertThatThrownBy(() -> voice.uni().await().atMost(Duration.ofSeconds(20)))
                        .isNotInstanceOf(TimeoutException.class);
                assertThat(Listening.thrown).hasToString(fault.getKey());
            } finally {
                Listening.broken = false;
                ApplicationToken.renew();
            }
        }));
    }
}
