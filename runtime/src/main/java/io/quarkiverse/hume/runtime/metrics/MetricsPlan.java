package io.quarkiverse.hume.runtime.metrics;

import java.util.Set;

/**
 * The features of the application, so that only metrics of existing features are registered.
 *
 * @param webSockets whether the application can open WebSocket connections
 * @param browserTokenAccount the account whose tokens browsers get; {@code null} if the application has no such endpoint
 * @param relayAccount the account whose credential the relay uses; {@code null} if the application has no relay
 * @param webhookAccounts the accounts whose webhooks the application receives
 */
public record MetricsPlan(boolean webSockets, String browserTokenAccount, String relayAccount, Set<String> webhookAccounts) {
}
