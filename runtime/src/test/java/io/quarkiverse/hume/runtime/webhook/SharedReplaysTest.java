package io.quarkiverse.hume.runtime.webhook;

import static io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome.ACCEPTED;
import static io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome.REPLAYED;
import static io.quarkiverse.hume.runtime.webhook.WebhookVectors.ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/** The joint decision of the replay cache of one instance and of the shared one. */
class SharedReplaysTest {

    private static final Instant NOW = Instant.ofEpochSecond(ASCII.seconds());

    private final List<String> calls = new ArrayList<>();
    private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(true);
    private final WebhookVerifier verifier = new WebhookVerifier("voice", Duration.ofSeconds(180), Duration.ofSeconds(30),
            new ReplayMemory(100, () -> {
            }), new SharedReplays() {

                @Override
                public CompletionStage<Boolean> claim(String account, String signature, Duration lifetime) {
                    assertThat(signature).isEqualTo(ASCII.signature);
                    calls.add("claim " + account + " " + lifetime.toSeconds());
                    return answer;
                }

                @Override
                public void release(String account, String signature) {
                    calls.add("release " + account);
                }

                @Override
                public void releaseUnanswered(String account, String signature, int limit) {
                    calls.add("unanswered " + account + " " + limit);
                }
            }, () -> NOW);

    private WebhookOutcome accept(ReplayMemory.Delivery delivery) {
        return verifier.accept(ASCII.headers(), delivery).toCompletableFuture().join();
    }

    private static ReplayMemory.Delivery delivery() {
        return new ReplayMemory.Delivery() {
            @Override
            public boolean isAnswerLost() {
                return false;
            }
        };
    }

    @Test
    void ownMemory_isAskedFirst() {
        assertThat(accept(delivery())).isEqualTo(ACCEPTED);
        assertThat(accept(delivery())).isEqualTo(REPLAYED);
        // Its timestamp may be accepted for 180 seconds, by clocks that differ by 30, and Redis by another 5.
        assertThat(calls).containsExactly("claim voice 215");
    }

    @Test
    void replayFromElsewhere_isNotRememberedAsOwn() {
        answer = CompletableFuture.completedFuture(false);
        assertThat(accept(delivery())).isEqualTo(REPLAYED);
        answer = CompletableFuture.completedFuture(true);
        assertThat(accept(delivery())).as("the other instance has given it back").isEqualTo(ACCEPTED);
    }

    @Test
    void copyThatComesWhileTheOthersAreAsked_isAReplay() {
        answer = new CompletableFuture<>();
        CompletableFuture<WebhookOutcome> first = verifier.accept(ASCII.headers(), delivery()).toCompletableFuture();
        assertThat(accept(delivery())).isEqualTo(REPLAYED);
        assertThat(first).isNotDone();
        answer.complete(true);
        assertThat(first).isCompletedWithValue(ACCEPTED);
    }

    @Test
    void lateReportOfAnEarlierDelivery_releasesNothing() {
        ReplayMemory.Delivery first = delivery();
        ReplayMemory.Delivery second = delivery();
        accept(first);
        verifier.release(ASCII.headers(), first);
        accept(second);
        verifier.release(ASCII.headers(), first);
        verifier.releaseUnanswered(ASCII.headers(), first);
        assertThat(calls).containsExactly("claim voice 215", "release voice", "claim voice 215");
        verifier.releaseUnanswered(ASCII.headers(), second);
        assertThat(calls).last().isEqualTo("unanswered voice 5");
    }
}
