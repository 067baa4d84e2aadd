package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Accounts with their own keys, several keys at once, and the API key instead of a signing key. */
class WebhookKeysTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(WebhookCalls.class))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.log.category.\"io.quarkiverse.hume\".level", "DEBUG")
            .overrideConfigKey("hume.strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"rotating\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"failing\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"attacked\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"silent\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"rotating\".webhook.signing-key", "s3cr3t-old,s3cr3t\\,n\u00ebw");

    private static final Map<String, AtomicInteger> QUESTIONS = new ConcurrentHashMap<>();
    private static final Map<String, String> API_KEYS = new ConcurrentHashMap<>();
    private static volatile boolean hangs;

    /** Returns the first key for every account, unless a test has set another one. */
    @Singleton
    public static class Keys implements HumeCredentialsProvider {
        @Override
        public Uni<HumeCredentials> getCredentials(String account) {
            questions(account).incrementAndGet();
            if (account.equals("failing") && !API_KEYS.containsKey(account)) {
                return Uni.createFrom().failure(new IllegalStateException("s3cr3t"));
            }
            if (account.equals("silent") && hangs) {
                return Uni.createFrom().nothing();
            }
            return Uni.createFrom().item(() -> HumeCredentials.ofApiKey(API_KEYS.getOrDefault(account, "s3cr3t-api-1")))
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        }
    }

    private static AtomicInteger questions(String account) {
        return QUESTIONS.computeIfAbsent(account, unused -> new AtomicInteger());
    }

    @Path("/hooks")
    @HumeWebhook
    public static class Hooks {
        @POST
        @Path("/default")
        public Uni<String> byDefault(String body) {
            return Uni.createFrom().item(body);
        }

        @POST
        @Path("/attacked")
        @HumeWebhook(account = "attacked")
        public String attacked(String body) {
            return body;
        }

        @POST
        @Path("/silent")
        @HumeWebhook(account = "silent")
        public String silent(String body) {
            return body;
        }

        @POST
        @Path("/failing")
        @HumeWebhook(account = "failing")
        public String failing(String body) {
            return body;
        }

        @POST
        @Path("/rotating")
        @HumeWebhook(account = "rotating")
        public String rotating(String body) {
            return body;
        }
    }

    private WebhookCalls calls;

    @BeforeEach
    void listen() {
        calls = new WebhookCalls();
    }

    @AfterEach
    void end() {
        calls.end();
    }

    private int deliver(String path, String key) {
        return calls.deliver("/hooks/" + path, key, WebhookCalls.body()).statusCode();
    }

    @Test
    void apiKey_replaced_isUsed() {
        assertThat(deliver("default", "s3cr3t-api-1")).isEqualTo(200);
        API_KEYS.put(HumeAccount.DEFAULT, "s3cr3t-api-2");
        // If the provider was asked just before, it waits for the next question.
        assertThat(deliver("default", "s3cr3t-api-2")).isEqualTo(200);
        assertThat(deliver("default", "s3cr3t-api-1")).isEqualTo(401);
        assertThat(calls.log()).singleElement().asString().startsWith("HUME0042").doesNotContain("s3cr3t");
    }

    @Test
    void fiveHundredForgeries_fewProviderCallsAndOneWarning_genuineOnesAccepted() {
        assertThat(deliver("attacked", "s3cr3t-api-1")).isEqualTo(200);
        questions("attacked").set(0);
        long begin = System.nanoTime();
        ExecutorService senders = Executors.newFixedThreadPool(20);
        List<Future<Integer>> forgeries = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            forgeries.add(senders.submit(() -> deliver("attacked", "s3cr3t-forged")));
            if (i % 50 == 0) {
                assertThat(deliver("attacked", "s3cr3t-api-1")).isEqualTo(200);
            }
        }
        assertThat(forgeries).allSatisfy(forgery -> assertThat(forgery.get()).isEqualTo(401));
        senders.shutdown();
        long intervals = Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 5;
        assertThat((long) questions("attacked").get()).isLessThanOrEqualTo(intervals + 2);
        assertThat(calls.warnings()).filteredOn(line -> line.startsWith("HUME0042")).hasSizeLessThanOrEqualTo(1);
        API_KEYS.put("attacked", "s3cr3t-api-2");
        await().atMost(Duration.ofSeconds(12)).until(() -> deliver("attacked", "s3cr3t-api-2") == 200);
    }

    @Test
    void providerThatNeverAnswers_knownKeysStayValid() {
        assertThat(deliver("silent", "s3cr3t-api-1")).isEqualTo(200);
        hangs = true;
        await().pollDelay(Duration.ofSeconds(5)).until(() -> deliver("silent", "s3cr3t-api-1") == 200);
        assertThat(calls.log()).filteredOn(line -> line.startsWith("HUME0055")).singleElement().asString()
                .contains("has not answered").doesNotContain("s3cr3t");
    }

    @Test
    void providerThatFails_isAServerErrorWithoutDetails() {
        String body = WebhookCalls.body();
        var response = calls.deliver("/hooks/failing", "s3cr3t-api-1", body);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(response.body()).contains("\"status\":503").doesNotContain("s3cr3t");
        assertThat(calls.log()).singleElement().asString().startsWith("HUME0048").doesNotContain("s3cr3t-");
        API_KEYS.put("failing", "s3cr3t-api-1");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> calls.deliver("/hooks/failing", "s3cr3t-api-1", body).statusCode() == 200);
    }

    @Test
    void severalKeys_allVerify_andOnlyThoseOfTheAccount() {
        assertThat(deliver("rotating", "s3cr3t-old")).isEqualTo(200);
        assertThat(deliver("rotating", "s3cr3t,n\u00ebw")).isEqualTo(200);
        assertThat(deliver("rotating", "s3cr3t-api-1")).isEqualTo(401);
        assertThat(deliver("default", "s3cr3t-old")).isEqualTo(401);
        assertThat(calls.log()).hasSize(2);
    }
}
