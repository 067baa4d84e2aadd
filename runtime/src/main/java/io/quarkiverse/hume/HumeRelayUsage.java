package io.quarkiverse.hume;

import java.util.Optional;

/**
 * A CDI event, fired when Hume has answered a request that was relayed for a user and has reported the number of billed tokens.
 * It is fired asynchronously, so observers need {@code @ObservesAsync} and may block. Source: Hume, "Audio Decisions", {@code
 * received.input_tokens}.
 *
 * @param account the name of the account whose credential the request carried, {@link HumeAccount#DEFAULT} for the default one
 * @param user the name of the signed-in user; empty if the relay is public
 * @param operation the entry of {@code hume.relay.allow} that the request matched, such as {@code POST /v0/decisions/file}
 * @param inputTokens the billed tokens of this request, at least 1
 * @param totalInputTokens the billed tokens of all requests of this user since the application started, including this request.
 *        Each instance of the application counts separately, for the 10,000 users who sent requests most recently; the count of
 *        any other user starts again at zero. With a public relay, the total is that of the network address
 */
public record HumeRelayUsage(String account, Optional<String> user, String operation, long inputTokens,
        long totalInputTokens) {
}
