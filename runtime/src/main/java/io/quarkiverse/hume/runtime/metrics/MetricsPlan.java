package io.quarkiverse.hume.runtime.metrics;

import java.util.Set;

/**
 * The features of the application, so that only metrics of existing features are registered.
 *
 * @param webSockets whether it can open WebSocket connections
 * @param browserTokenAccount whose tokens browsers get; {@code null} if they get none
 * @param relayAccount with whose credential it relays; {@code null} if it has no relay
 * @param webhookAccounts whose webhooks it receives
 */
public record MetricsPlan(boolean webSockets, String browserTokenAccount, String relayAccount, Set<String> webhookAccounts) {
}
