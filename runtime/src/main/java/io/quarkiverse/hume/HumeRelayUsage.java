package io.quarkiverse.hume;

import java.util.Optional;

/**
 * A CDI event: Hume has answered a request that was relayed for a user, and said what it bills. Fired asynchronously, so it is
 * for observers with {@code @ObservesAsync}, which may block. Source: Hume, "Audio Decisions", {@code received.input_tokens}.
 *
 * @param account whose credential the request had
 * @param user the name of the user who is signed in; empty if the relay is public
 * @param operation the entry of {@code hume.relay.allow} that the request matched, such as {@code POST /v0/decisions/file}
 * @param inputTokens of this request, at least 1
 * @param totalInputTokens of all requests of this user since the application started, this one included; of this instance, and
 *        begun anew for a user who was not seen while 10,000 others were. Of a public relay, those of the network address
 */
public record HumeRelayUsage(String account, Optional<String> user, String operation, long inputTokens,
        long totalInputTokens) {
}
