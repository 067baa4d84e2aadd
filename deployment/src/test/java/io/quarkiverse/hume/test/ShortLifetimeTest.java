package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.LogRecord;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/**
 * Token endpoints that state lifetimes of seconds, milliseconds or zero: calls succeed where possible, tokens are requested
 * once a second at most, and one log message reports the lifetime.
 */
class ShortLifetimeTest {

    private static final int CALLERS = 8;
    private static final Duration CALLING = Duration.ofSeconds(3);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ShortLivedTokens.class))
            .setBeforeAllCustomizer(ShortLivedTokens::start)
            .overrideConfigKey("hume.strategy", "token")
            .overrideConfigKey("hume.api-key", "key")
            .overrideConfigKey("hume.secret-key", "secret")
            // A busy machine is no failure of the token endpoint.
            .overrideConfigKey("hume.token.timeout", "1m")
            .overrideConfigKey("hume.accounts.one.token.timeout", "1m")
            .overrideConfigKey("hume.accounts.moment.token.timeout", "1m")
            .overrideConfigKey("hume.accounts.zero.token.timeout", "1m")
            .overrideConfigKey("hume.base-url", "${tokens.url}/1800")
            .overrideConfigKey("hume.accounts.one.base-url", "${tokens.url}/1")
            .overrideConfigKey("hume.accounts.one.api-key", "key")
            .overrideConfigKey("hume.accounts.one.secret-key", "secret")
            .overrideConfigKey("hume.accounts.moment.base-url", "${tokens.url}/0.05")
            .overrideConfigKey("hume.accounts.moment.api-key", "key")
            .overrideConfigKey("hume.accounts.moment.secret-key", "secret")
            .overrideConfigKey("hume.accounts.zero.base-url", "${tokens.url}/0")
            .overrideConfigKey("hume.accounts.zero.api-key", "key")
            .overrideConfigKey("hume.accounts.zero.secret-key", "secret")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume"))
            .assertLogRecords(ShortLifetimeTest::assertWarnings);

    private static void assertWarnings(List<LogRecord> records) {
        List<String> lines = records.stream().map(record -> new PatternFormatter("%m").format(ExtLogRecord.wrap(record)))
                .toList();
        assertThat(lines).filteredOn(line -> line.contains("HUME0010")).hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("the Hume account \"one\" was valid for",
                        "hume.accounts.\"one\".token.path"))
                .anySatisfy(line -> assertThat(line).contains("the Hume account \"moment\" was valid for", " expires_in "));
        assertThat(lines).filteredOn(line -> line.contains("HUME0003")).singleElement().asString()
                .contains("\"zero\"", "expires_in that is not more than zero");
    }

    @RegisterRestClient
    @HumeAuthenticated(account = "one")
    public interface One {
        @GET
        Uni<String> get();
    }

    @RegisterRestClient
    @HumeAuthenticated(account = "moment")
    public interface Moment {
        @GET
        Uni<String> get();
    }

    @RestClient
    One one;
    @RestClient
    Moment moment;
    @Inject
    @HumeAccount("zero")
    HumeTokens zero;

    @ParameterizedTest
    @ValueSource(strings = { "1", "0.05" })
    void everyCallSucceeds_withOneTokenRequestASecond(String lifetime) throws Exception {
        Supplier<Uni<String>> call = lifetime.equals("1") ? one::get : moment::get;
        int before = ShortLivedTokens.requests(lifetime);
        long start = System.nanoTime();
        long answers = 0;
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<Long>> calling = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                calling.add(callers.submit(() -> callUntil(start + CALLING.toNanos(), call)));
            }
            for (Future<Long> caller : calling) {
                answers += caller.get(1, TimeUnit.MINUTES);
            }
        } finally {
            callers.shutdownNow();
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat(answers).isGreaterThanOrEqualTo(CALLERS);
        assertThat(ShortLivedTokens.requests(lifetime) - before).isBetween(2, (int) seconds + 3);
    }

    private static long callUntil(long end, Supplier<Uni<String>> call) {
        long answers = 0;
        while (System.nanoTime() - end < 0) {
            assertThat(call.get().await().atMost(Duration.ofSeconds(30))).isEqualTo("valid");
            answers++;
        }
        return answers;
    }

    @Test
    void lifetimeOfZero_isAnErrorWithoutAFloodOfRequests() {
        int before = ShortLivedTokens.requests("0");
        long start = System.nanoTime();
        while (System.nanoTime() - start < CALLING.toNanos()) {
            assertThatThrownBy(zero::await).isInstanceOf(HumeAuthenticationException.class)
                    .hasMessageContainingAll("expires_in that is not more than zero", "hume.accounts.\"zero\".token.path");
        }
        // The back-off begins with half a second, and callers shorten it to about a second.
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat(ShortLivedTokens.requests("0") - before).isBetween(1, (int) (2 * seconds) + 3);
    }
}
