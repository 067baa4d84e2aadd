package io.quarkiverse.hume.runtime.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

class RejectionLogTest {

    private final List<String> log = new ArrayList<>();
    private final List<Runnable> ends = new ArrayList<>();
    private final RejectionLog rejections = new RejectionLog((delay, task) -> {
        assertThat(delay).isEqualTo(Duration.ofMinutes(1));
        ends.add(task);
    }, new RejectionLog.Lines() {
        @Override
        public void another(WebhookOutcome reason, String resource) {
            log.add("another " + reason + " " + resource);
        }

        @Override
        public void summary(WebhookOutcome reason, int count, String resource) {
            log.add(count + " more " + reason + " " + resource);
        }
    });

    private void reject(WebhookOutcome reason, String resource) {
        rejections.rejected(reason, resource, () -> log.add("first " + reason + " " + resource));
    }

    private void minute() {
        List<Runnable> due = new ArrayList<>(ends);
        ends.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void oneReason_firstInFullAndTheRestCounted() {
        reject(WebhookOutcome.FORGED, "a");
        for (int i = 0; i < 500; i++) {
            reject(WebhookOutcome.FORGED, "b");
        }
        assertThat(log).filteredOn(line -> line.startsWith("another")).hasSize(500);
        minute();
        assertThat(log).filteredOn(line -> !line.startsWith("another")).containsExactly("first FORGED a", "500 more FORGED b");
        assertThat(ends).as("nothing is left to do").isEmpty();
    }

    @Test
    void eachReason_hasItsOwnMinute() {
        reject(WebhookOutcome.FORGED, "a");
        reject(WebhookOutcome.UNSIGNED, "a");
        minute();
        assertThat(log).containsExactly("first FORGED a", "first UNSIGNED a");
    }

    @Test
    void nextMinute_firstRejectionIsLoggedInFull() {
        reject(WebhookOutcome.FORGED, "a");
        reject(WebhookOutcome.FORGED, "a");
        minute();
        reject(WebhookOutcome.FORGED, "b");
        assertThat(log).containsExactly("first FORGED a", "another FORGED a", "1 more FORGED a", "first FORGED b");
    }
}
