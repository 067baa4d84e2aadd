package io.quarkiverse.hume.runtime.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.runtime.config.KeyExpiryConverter;
import io.quarkiverse.hume.runtime.expiry.KeyExpiryWatch.Watched;
import io.quarkiverse.hume.runtime.token.TokenClock;

/** Daily warnings before the expiry of a key, in simulated time. */
class KeyExpiryWatchTest {

    private static final Instant START = Instant.parse("2027-01-01T09:30:00Z");

    private final List<Instant> reports = new ArrayList<>();
    private final List<Instant> reportedAt = new ArrayList<>();
    private Instant now = START;
    private String property;
    private Instant provided;
    private Instant renewed;
    private int providerCalls;
    private Runnable next;

    private KeyExpiryWatch watch(Duration warning) {
        KeyExpiry expiry = new KeyExpiry("hume.api-key-expires-at", name -> Optional.ofNullable(property), Optional.empty(),
                () -> Optional.ofNullable(provided), () -> {
                    providerCalls++;
                    provided = renewed != null ? renewed : provided;
                });
        Watched watched = new Watched("<default>", "the bean", "its answer", expiry, warning, date -> {
            reports.add(date);
            reportedAt.add(now);
        });
        KeyExpiryWatch watch = new KeyExpiryWatch(List.of(watched), new TokenClock() {
            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public Instant now() {
                return now;
            }
        }, (delay, task) -> {
            assertThat(delay).isEqualTo(KeyExpiryWatch.INTERVAL);
            next = task;
            return () -> next = null;
        }, Runnable::run);
        watch.start();
        return watch;
    }

    private void pass(Duration time) {
        Instant end = now.plus(time);
        while (next != null && now.plus(KeyExpiryWatch.INTERVAL).compareTo(end) <= 0) {
            now = now.plus(KeyExpiryWatch.INTERVAL);
            next.run();
        }
        now = end;
    }

    @Test
    void keyThatExpires_isReportedOnceADayFromTheWarningOnAndAfterwards() {
        property = "2027-01-31";
        watch(Duration.ofDays(14));
        pass(Duration.ofDays(15));
        assertThat(reports).isEmpty();
        pass(Duration.ofDays(17));
        assertThat(reports).hasSize(17).containsOnly(Instant.parse("2027-01-31T00:00:00Z"));
        assertThat(reportedAt.get(0)).isEqualTo("2027-01-17T00:00:00Z");
        for (int i = 1; i < reportedAt.size(); i++) {
            assertThat(Duration.between(reportedAt.get(i - 1), reportedAt.get(i))).isEqualTo(Duration.ofDays(1));
        }
    }

    @Test
    void startWithinTheWarning_isReportedAtOnce() {
        property = "2027-01-02T00:00:00+01:00";
        watch(Duration.ofDays(14));
        assertThat(reports).containsExactly(Instant.parse("2027-01-01T23:00:00Z"));
    }

    @Test
    void replacedKey_hasItsOwnDate() {
        property = "2027-01-05";
        watch(Duration.ofDays(14));
        property = "2027-12-31";
        pass(Duration.ofDays(10));
        assertThat(reports).hasSize(1);
        property = "2027-01-20";
        pass(KeyExpiryWatch.INTERVAL);
        assertThat(reports).hasSize(2).endsWith(Instant.parse("2027-01-20T00:00:00Z"));
    }

    @Test
    void invalidDate_keepsThePreviousOne() {
        property = "2027-01-05";
        watch(Duration.ofDays(14));
        property = "soon";
        pass(Duration.ofDays(2));
        assertThat(reports).hasSize(3).containsOnly(Instant.parse("2027-01-05T00:00:00Z"));
    }

    @Test
    void providersDate_countsWithoutTheProperty() {
        provided = START.plus(Duration.ofDays(3));
        watch(Duration.ofDays(14));
        assertThat(reports).containsExactly(provided);
        property = "2028-01-01";
        pass(Duration.ofDays(2));
        assertThat(reports).hasSize(1);
    }

    @Test
    void keyThatTheProviderHasReplaced_isNotReported() {
        provided = START.plus(Duration.ofDays(20));
        watch(Duration.ofDays(14));
        pass(Duration.ofDays(8));
        assertThat(reports).hasSize(3).containsOnly(provided);
        assertThat(providerCalls).isEqualTo(3);
        renewed = START.plus(Duration.ofDays(200));
        pass(Duration.ofDays(100));
        assertThat(reports).hasSize(3);
        assertThat(providerCalls).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({ "5, 'replace it where the key comes from (the bean), with the new date in its answer'",
            "-5, 'replace it where the key comes from (the bean). If it was replaced already, correct its answer'" })
    void providersDate_messageNamesTheProvider(int days, String text) {
        provided = START.plus(Duration.ofDays(days));
        assertThat(log(() -> watch(Duration.ofDays(14)))).singleElement().asString().contains(text)
                .doesNotContain("hume.api-key");
    }

    @Test
    void configuredDateOfAProvidersKey_messageNamesBoth() {
        property = "2027-01-05";
        assertThat(log(() -> watch(Duration.ofDays(14)))).singleElement().asString()
                .contains("comes from (the bean), with the new date in hume.api-key-expires-at");
    }

    private static List<String> log(Runnable task) {
        List<String> log = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                log.add(new PatternFormatter("%s").format(ExtLogRecord.wrap(record)));
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        Logger logger = Logger.getLogger("io.quarkiverse.hume");
        logger.addHandler(handler);
        try {
            task.run();
        } finally {
            logger.removeHandler(handler);
        }
        return log;
    }

    @Test
    void unknownDate_isNotReported() {
        watch(Duration.ofDays(365));
        pass(Duration.ofDays(30));
        assertThat(reports).isEmpty();
    }

    @Test
    void noWarning_reportsOnlyWhatHasExpired() {
        property = "2027-01-02";
        watch(Duration.ZERO);
        pass(Duration.ofHours(14));
        assertThat(reports).isEmpty();
        pass(Duration.ofHours(1));
        assertThat(reports).hasSize(1);
    }

    @Test
    void closedWatch_checksNoMore() {
        property = "2027-01-02";
        watch(Duration.ofDays(14)).close();
        assertThat(next).isNull();
        assertThat(reports).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "2027-01-31, 2027-01-31T00:00:00Z", "' 2027-01-31 ', 2027-01-31T00:00:00Z",
            "2027-01-31T12:00:00Z, 2027-01-31T12:00:00Z", "2027-01-31T12:00:00.5+02:00, 2027-01-31T10:00:00.5Z" })
    void date_isRead(String text, Instant expected) {
        assertThat(new KeyExpiryConverter().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = { "soon", "2027-13-01", "2027-02-30", "31.01.2027", "2027-01-31T12:00:00", "1801353600", "14D",
            " " })
    void otherText_isRejected(String text) {
        assertThatThrownBy(() -> new KeyExpiryConverter().convert(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2027-01-31T12:00:00Z");
    }
}
