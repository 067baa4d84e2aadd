package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.ThrowingSupplier;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeRateLimitException;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.Vertx;

/** Calls beyond the limit of requests, and calls that are answered with 429. */
class RateLimitedCallsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ApplicationToken.class, VoiceClient.class))
            .overrideConfigKey("hume.rate-limit.requests-per-minute", "10000")
            .overrideConfigKey("hume.accounts.small.rate-limit.requests-per-minute", "2")
            .overrideConfigKey("hume.accounts.small.rate-limit.max-wait", "0S")
            .overrideConfigKey("hume.accounts.one.rate-limit.requests-per-minute", "3")
            .overrideConfigKey("hume.accounts.one.rate-limit.max-wait", "0S")
            .overrideConfigKey("hume.accounts.one.rate-limit.name", "organization")
            .overrideConfigKey("hume.accounts.two.rate-limit.requests-per-minute", "3")
            .overrideConfigKey("hume.accounts.two.rate-limit.max-wait", "0S")
            .overrideConfigKey("hume.accounts.two.rate-limit.name", "organization")
            .overrideConfigKey("hume.accounts.paced.rate-limit.requests-per-minute", "20")
            .overrideConfigKey("hume.accounts.paced.rate-limit.max-wait", "0S")
            .overrideConfigKey("hume.accounts.without.retry-on-unauthorized", "false")
            .overrideConfigKey("hume.accounts.without.rate-limit.requests-per-minute", "100");

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "small")
    public interface Small {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "one")
    public interface One {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "two")
    public interface Two {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "without")
    public interface WithoutRetry {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "unlimited")
    public interface Unlimited {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "paced")
    public interface Paced {
        @GET
        String get();
    }

    @RestClient
    VoiceClient voice;
    @RestClient
    Paced paced;
    @RestClient
    Small small;
    @RestClient
    One one;
    @RestClient
    Two two;
    @RestClient
    WithoutRetry withoutRetry;
    @RestClient
    Unlimited unlimited;
    @Inject
    Vertx vertx;

    @BeforeEach
    void goodToken() {
        HumeEmulator.connect().api().unlimited();
        ApplicationToken.renew();
        assertThat(voice.plain()).contains("configs_page");
        HumeEmulator.connect().forgetRequests();
    }

    private static void refuse(int times) {
        HumeEmulator.connect().api().fail(HumeFault.status(429).header("Retry-After", "0").times(times).afterAuthentication());
    }

    private static RecordedRequests requests() {
        return HumeEmulator.connect().requests("/v0/evi/configs");
    }

    @TestFactory
    Stream<DynamicTest> rejectedCall_isSentAgain() {
        Map<String, ThrowingSupplier<?>> calls = new LinkedHashMap<>();
        calls.put("plain", voice::plain);
        calls.put("Uni", () -> voice.uni().await().indefinitely());
        calls.put("CompletionStage", () -> voice.stage().toCompletableFuture().get());
        calls.put("Multi", () -> voice.multi().collect().first().await().indefinitely());
        calls.put("Response", () -> voice.response().readEntity(String.class));
        calls.put("RestResponse", () -> voice.restResponse().getEntity());
        calls.put("bytes", () -> new String(voice.bytes(), StandardCharsets.UTF_8));
        calls.put("InputStream", () -> new String(voice.stream().readAllBytes(), StandardCharsets.UTF_8));
        calls.put("File", () -> Files.readString(voice.file().toPath()));
        return calls.entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
            HumeEmulator.connect().forgetRequests();
            refuse(1);
            assertThat(call.getValue().get().toString()).contains("configs_page");
            requests().haveStatuses(429, 200);
        }));
    }

    @Test
    void callThatIsRejectedAgain_goesToTheCaller() {
        refuse(2);
        assertThat(catchThrowableOfType(WebApplicationException.class, voice::plain).getResponse().getStatus()).isEqualTo(429);
        requests().haveStatuses(429, 429);
    }

    @Test
    void bodyThatCanBeSentOnce_isNotSentAgain() {
        refuse(1);
        assertThat(catchThrowableOfType(WebApplicationException.class,
                () -> voice.upload(new ByteArrayInputStream(new byte[10]))).getResponse().getStatus()).isEqualTo(429);
        HumeEmulator.connect().requests("/v0/evi/echo").haveStatuses(429);
    }

    @Test
    void longRetryAfter_isNotWaitedFor() {
        HumeEmulator.connect().api()
                .fail(HumeFault.status(429).header("Retry-After", "3600").times(1).afterAuthentication());
        assertThat(catchThrowableOfType(WebApplicationException.class, withoutRetry::get).getResponse().getStatus())
                .isEqualTo(429);
        // What Hume has said applies to the calls after it, too.
        assertThat(catchThrowableOfType(HumeRateLimitException.class, withoutRetry::get).retryAt())
                .isAfter(Instant.now().plusSeconds(3_000));
    }

    @Test
    void revokedTokenAfterARejection_isReplaced() {
        HumeEmulator.connect().revokeTokens();
        HumeEmulator.connect().api().fail(HumeFault.status(429).header("Retry-After", "0").times(1));
        assertThat(voice.plain()).contains("configs_page");
        requests().haveStatuses(429, 401, 200);
    }

    @Test
    void eventLoop_isNotBlockedByTheWait() throws Exception {
        HumeEmulator.connect().api().fail(HumeFault.status(429).header("Retry-After", "1").times(1).afterAuthentication());
        CompletableFuture<String> result = new CompletableFuture<>();
        CompletableFuture<Void> other = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(ignored -> {
            voice.uni().subscribe().with(result::complete, result::completeExceptionally);
            vertx.runOnContext(later -> other.complete(null));
        });
        other.get();
        assertThat(result.get()).contains("configs_page");
        requests().haveStatuses(429, 200);
    }

    @Test
    void callBeyondTheLimit_failsBeforeItIsSent() {
        small.get();
        small.get();
        HumeEmulator.connect().forgetRequests();
        assertThatThrownBy(small::get).isInstanceOfSatisfying(HumeRateLimitException.class, failure -> {
            assertThat(failure.account()).isEqualTo("small");
            assertThat(failure.retryAt()).isAfter(Instant.now());
            assertThat(failure).hasMessageContaining("hume.accounts.\"small\".rate-limit.max-wait");
        });
        requests().areEmpty();
    }

    @Test
    void accountsOfOneOrganization_shareTheLimit() {
        one.get();
        two.get();
        one.get();
        assertThat(catchThrowable(two::get)).isInstanceOf(HumeRateLimitException.class);
        assertThat(catchThrowable(one::get)).isInstanceOf(HumeRateLimitException.class);
    }

    @Test
    void withoutALimit_theRejectionGoesToTheCaller() {
        unlimited.get();
        HumeEmulator.connect().forgetRequests();
        refuse(1);
        assertThat(catchThrowableOfType(WebApplicationException.class, unlimited::get).getResponse().getStatus())
                .isEqualTo(429);
        requests().haveStatuses(429);
    }

    @Test
    void limitThatHumeEnforces_isNotExceeded() {
        HumeEmulator.connect().api().limit(20, "paced");
        List<Throwable> failures = IntStream.range(0, 25).mapToObj(i -> catchThrowable(paced::get)).filter(Objects::nonNull)
                .toList();
        assertThat(failures).hasSize(5).hasOnlyElementsOfType(HumeRateLimitException.class);
        // Another test may have revoked the account's token.
        assertThat(requests().stream().map(request -> request.status().orElseThrow()).filter(status -> status != 401))
                .hasSize(20).containsOnly(200);
    }

    @Test
    void limitThatHumeEnforces_isExceededWithoutTheProperty() {
        unlimited.get();
        HumeEmulator.connect().api().limit(20, "unlimited");
        List<Throwable> failures = IntStream.range(0, 25).mapToObj(i -> catchThrowable(unlimited::get))
                .filter(Objects::nonNull).toList();
        assertThat(failures).hasSize(5).allSatisfy(
                failure -> assertThat(((WebApplicationException) failure).getResponse().getStatus()).isEqualTo(429));
    }
}
