package io.quarkiverse.hume.runtime.webhook;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/**
 * Limits the log messages about rejected webhooks: for each reason, the first rejection within a minute is logged in full, and
 * the number of the others is logged at the end of the minute. Each account has its own instance. Thread-safe.
 */
final class RejectionLog {

    static final Duration PERIOD = Duration.ofMinutes(1);

    private final SigningKeys.Delays delays;
    private final Lines lines;
    private final Map<WebhookOutcome, Period> periods = new EnumMap<>(WebhookOutcome.class);

    /** Logs the messages that replace full ones. */
    interface Lines {

        /** Logs a rejection for a reason for which a full message was logged less than a minute ago. */
        void another(WebhookOutcome reason, String resource);

        /** @param resource the resource that received the last of the rejected webhooks */
        void summary(WebhookOutcome reason, int count, String resource);
    }

    private static final class Period {
        private int others;
        private String lastResource;
    }

    RejectionLog(SigningKeys.Delays delays, Lines lines) {
        this.delays = delays;
        this.lines = lines;
    }

    /** @param full logs the full message */
    void rejected(WebhookOutcome reason, String resource, Runnable full) {
        boolean first;
        synchronized (periods) {
            Period period = periods.get(reason);
            first = period == null;
            if (first) {
                periods.put(reason, new Period());
            } else {
                period.others++;
                period.lastResource = resource;
            }
        }
        if (first) {
            full.run();
            delays.after(PERIOD, () -> end(reason));
        } else {
            lines.another(reason, resource);
        }
    }

    private void end(WebhookOutcome reason) {
        Period period;
        synchronized (periods) {
            period = periods.remove(reason);
        }
        if (period.others > 0) {
            lines.summary(reason, period.others, period.lastResource);
        }
    }
}
