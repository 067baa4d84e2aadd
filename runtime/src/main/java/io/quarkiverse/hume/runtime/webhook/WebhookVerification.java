package io.quarkiverse.hume.runtime.webhook;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkiverse.hume.runtime.account.HumeLog;
import io.quarkiverse.hume.runtime.account.WebhookSettings;

/** The verification of one account's webhooks, wherever they arrive. */
final class WebhookVerification {

    private final WebhookSettings settings;
    private final WebhookVerifier verifier;
    private final AtomicBoolean fullBefore = new AtomicBoolean();

    WebhookVerification(WebhookSettings settings, InstantSource clock) {
        this.settings = settings;
        this.verifier = new WebhookVerifier(settings.tolerance(), settings.clockSkew(),
                new ReplayMemory(settings.replayLimit(), this::full), clock);
    }

    WebhookSettings settings() {
        return settings;
    }

    WebhookVerifier verifier() {
        return verifier;
    }

    private void full() {
        if (fullBefore.compareAndSet(false, true)) {
            HumeLog.LOG.webhookMemoryFull(settings.replayLimit(), settings.account());
        }
    }
}
