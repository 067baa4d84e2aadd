package io.quarkiverse.hume.runtime.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

class RefusalLogTest {

    private final List<String> log = new ArrayList<>();
    private final List<Runnable> ends = new ArrayList<>();
    private final RefusalLog refusals = new RefusalLog((delay, task) -> {
        assertThat(delay).isEqualTo(Duration.ofMinutes(1));
        ends.add(task);
    }, new RefusalLog.Lines() {
        @Override
        public void another(WebhookOutcome reason, String resource) {
            log.add("another " + reason + " " + resource);
        }

        @Override
        public void summary(WebhookOutcome reason, int count, String resource) {
            log.add(count + " more " + reason + " " + resource);
        }
    });

    private void refuse(WebhookOutcome reason, String resource) {
        refusals.refused(reason, resource, () -> log.add("first " + reason + " " + resource));
    }

    private void minute() {
        List<Runnable> due = new ArrayList<>(ends);
        ends.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void oneReason_firstInFullAndTheRestCounted() {
        refuse(WebhookOutcome.FORGED, "a");
        for (int i = 0; i < 500; i++) {
            refuse(WebhookOutcome.FORGED, "b");
        }
        assertThat(log).filteredOn(line -> line.startsWith("another")).hasSize(500);
        minute();
        assertThat(log).filteredOn(line -> !line.startsWith("another")).containsExactly("first FORGED a", "500 more FORGED b");
        assertThat(ends).as("nothing is left to do").isEmpty();
    }

    @Test
    void eachReason_hasItsOwnMinute() {
        refuse(WebhookOutcome.FORGED, "a");
        refuse(WebhookOutcome.UNSIGNED, "a");
        minute();
        assertThat(log).containsExactly("first FORGED a", "first UNSIGNED a");
    }

    @Test
    void nextMinute_beginsInFull() {
        refuse(WebhookOutcome.FORGED, "a");
        refuse(WebhookOutcome.FORGED, "a");
        minute();
        refuse(WebhookOutcome.FORGED, "b");
        assertThat(log).containsExactly("first FORGED a", "another FORGED a", "1 more FORGED a", "first FORGED b");
    }
}
