package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/**
 * A token endpoint that returns the received keys in any part of its response: no exception, cause or suppressed exception,
 * account status or log record at TRACE contains them.
 */
class ReflectedKeysTest {

    private static final String API_KEY = "canary-api-key-5b1f";
    private static final String SECRET_KEY = "canary-secret-key-9c2e";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ReflectingEndpoint.class, SecretForms.class))
            .setBeforeAllCustomizer(ReflectingEndpoint::start)
            .overrideConfigKey("hume.api-key", API_KEY)
            .overrideConfigKey("hume.secret-key", SECRET_KEY)
            .overrideConfigKey("hume.base-url", "${reflecting.url}")
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            .overrideConfigKey("hume.token.check-every", "1H")
            .overrideConfigKey("hume.token.timeout", "2S")
            .overrideConfigKey("hume.token.retry.max-retries", "1")
            .overrideConfigKey("hume.token.retry.delay", "1MS")
            .overrideConfigKey("hume.token.retry.max-delay", "2MS")
            .overrideConfigKey("quarkus.log.min-level", "TRACE")
            .overrideConfigKey("quarkus.log.level", "TRACE")
            .overrideConfigKey("quarkus.log.console.level", "WARN")
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(ReflectedKeysTest::assertNoKeys);

    @Inject
    HumeTokens tokens;
    @Inject
    HumeAccounts accounts;

    @TestFactory
    Stream<DynamicTest> reflectedKeys_areNotRepeated() {
        return Stream.of(ReflectingEndpoint.parts()).map(part -> DynamicTest.dynamicTest(part, () -> {
            ReflectingEndpoint.part(part);
            AtomicReference<HumeAuthenticationException> failure = new AtomicReference<>();
            // The first call may get the failure of the part before, with the back-off that belongs to it.
            await().until(() -> {
                int before = ReflectingEndpoint.requests();
                try {
                    tokens.await();
                } catch (HumeAuthenticationException e) {
                    failure.set(e);
                }
                return ReflectingEndpoint.requests() > before && failure.get() != null;
            });
            StringWriter everything = new StringWriter();
            failure.get().printStackTrace(new PrintWriter(everything));
            everything.append(failure.get().toString()).append(accounts.all().toString());
            assertThat(SecretForms.found(everything.toString(), API_KEY, SECRET_KEY)).as(everything.toString()).isEmpty();
        }));
    }

    private static void assertNoKeys(List<LogRecord> records) {
        String log = records.stream().map(ReflectedKeysTest::text).collect(Collectors.joining("\n"));
        assertThat(log).contains("no new access token for the default Hume account");
        assertThat(records).anyMatch(record -> record.getLevel().intValue() < 500);
        assertThat(records.stream().map(ReflectedKeysTest::text)
                .filter(text -> !SecretForms.found(text, API_KEY, SECRET_KEY).isEmpty())).isEmpty();
        assertThat(SecretForms.found(log, API_KEY, SECRET_KEY)).as("spread over several records").isEmpty();
        assertThat(records).as("of others, with what they were sent").noneMatch(record -> record.getLevel().intValue() >= 900
                && !record.getLoggerName().equals("io.quarkiverse.hume"));
    }

    private static String text(LogRecord record) {
        StringWriter text = new StringWriter();
        text.append(record.getLoggerName()).append(' ')
                .append(new PatternFormatter("%m").format(ExtLogRecord.wrap(record)));
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }
}
