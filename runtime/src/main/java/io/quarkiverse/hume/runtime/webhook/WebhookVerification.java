package io.quarkiverse.hume.runtime.webhook;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkiverse.hume.runtime.account.AccountListener;
import io.quarkiverse.hume.runtime.account.AccountListener.WebhookOutcome;
import io.quarkiverse.hume.runtime.account.HumeLog;
import io.quarkiverse.hume.runtime.account.WebhookSettings;

/** The verification of one account's webhooks, wherever they arrive. */
final class WebhookVerification {

    private final WebhookSettings settings;
    private final WebhookVerifier verifier;
    private final AccountListener listener;
    private final AtomicBoolean fullBefore = new AtomicBoolean();

    WebhookVerification(WebhookSettings settings, AccountListener listener, InstantSource clock) {
        this.settings = settings;
        this.listener = listener;
        this.verifier = new WebhookVerifier(settings.tolerance(), settings.clockSkew(),
                new ReplayMemory(settings.replayLimit(), this::full), clock);
    }

    WebhookSettings settings() {
        return settings;
    }

    WebhookVerifier verifier() {
        return verifier;
    }

    void decided(WebhookOutcome outcome) {
        listener.webhook(outcome);
    }

    void decided(WebhookVerdict verdict) {
        decided(switch (verdict) {
            case ACCEPTED -> WebhookOutcome.ACCEPTED;
            case UNSIGNED -> WebhookOutcome.UNSIGNED;
            case MALFORMED -> WebhookOutcome.MALFORMED;
            case FORGED -> WebhookOutcome.FORGED;
            case STALE -> WebhookOutcome.STALE;
            case FUTURE -> WebhookOutcome.FUTURE;
            case REPLAYED -> WebhookOutcome.REPLAYED;
            case FORGOTTEN -> WebhookOutcome.FORGOTTEN;
        });
    }

    private void full() {
        if (fullBefore.compareAndSet(false, true)) {
            HumeLog.LOG.webhookMemoryFull(settings.replayLimit(), settings.account());
        }
    }
}
