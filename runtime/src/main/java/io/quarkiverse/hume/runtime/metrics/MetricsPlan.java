package io.quarkiverse.hume.runtime.metrics;

import java.util.Set;

/**
 * What the application has besides accounts, so that there are no metrics of what cannot happen.
 *
 * @param webSockets whether it can open WebSocket connections
 * @param browserTokenAccount whose tokens browsers get; {@code null} if they get none
 * @param webhookAccounts whose webhooks it receives
 */
public record MetricsPlan(boolean webSockets, String browserTokenAccount, Set<String> webhookAccounts) {
}
