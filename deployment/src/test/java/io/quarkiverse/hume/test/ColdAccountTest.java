package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** A thousand concurrent callers before the first token is available: one token request serves them all. */
class ColdAccountTest {

    private static final int CALLERS = 1_000;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class))
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            .overrideConfigKey("hume.token.timeout", "30S");

    @RestClient
    VoiceClient voice;
    @Inject
    HumeTokens tokens;
    @Inject
    Vertx vertx;

    @Test
    void thousandCallersAtOnce_makeOneTokenRequestAndAllSucceed() throws Exception {
        HumeEmulator.connect().tokenEndpoint().latency(Duration.ofMillis(300));
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            boolean onEventLoop = i % 2 == 0;
            CompletableFuture<String> call = new CompletableFuture<>();
            calls.add(call);
            threads.execute(() -> {
                await(start);
                if (onEventLoop) {
                    vertx.getOrCreateContext().runOnContext(ignored -> connect(voice.uni(), call));
                } else {
                    connect(Uni.createFrom().item(() -> voice.plain()), call);
                }
            });
        }
        start.countDown();
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
        threads.shutdown();
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).contains("configs_page"));
        HumeEmulator.connect().tokenRequests().haveSize(1);
        assertThat(HumeEmulator.connect().requests().size())
                .isGreaterThan(CALLERS);
    }

    private static void connect(Uni<String> call, CompletableFuture<String> result) {
        call.subscribe().with(result::complete, result::completeExceptionally);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
