package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Without the application's scheduler, the first token is still requested at startup, and tokens are renewed by a timer. */
class SchedulerSwitchedOffTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.HEALTH))
            .withApplicationRoot(jar -> jar.addClasses(ForcedExtensions.class, ObservedHume.class, BrowserCall.class,
                    BrowserCall.Answer.class))
            .setBeforeAllCustomizer(() -> {
                ObservedHume.start();
                ObservedHume.answer("short-lived");
            })
            .overrideConfigKey("hume.api-key", ObservedHume.API_KEY)
            .overrideConfigKey("hume.secret-key", ObservedHume.SECRET_KEY)
            .overrideConfigKey("hume.base-url", "${observed.url}")
            .overrideConfigKey("quarkus.scheduler.enabled", "false")
            .overrideConfigKey("hume.health.startup.enabled", "true")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume"))
            .assertLogRecords(records -> assertThat(records.stream()
                    .map(record -> new PatternFormatter("%m").format(ExtLogRecord.wrap(record)))
                    .filter(line -> line.contains("HUME0021"))).singleElement().asString()
                    .endsWith("because quarkus.scheduler.enabled is false"));

    @Test
    void tokens_areRequestedAndRenewed() {
        await().until(() -> BrowserCall.anonymous().get("/q/health/started").status() == 200);
        await().until(() -> ObservedHume.tokenRequests() >= 3);
    }
}
