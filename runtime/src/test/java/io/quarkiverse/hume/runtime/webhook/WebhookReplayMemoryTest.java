package io.quarkiverse.hume.runtime.webhook;

import static io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome.ACCEPTED;
import static io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome.FORGOTTEN;
import static io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome.REPLAYED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class WebhookReplayMemoryTest {

    private static final long NEVER = -1;
    private static final ReplayMemory.Delivery ANSWERED = () -> false;

    private final AtomicInteger full = new AtomicInteger();
    private final ReplayMemory memory = new ReplayMemory(3, full::incrementAndGet);

    @Test
    void atTheLimit_theOldestSecondIsEvictedAndRejectedFromThenOn() {
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(ACCEPTED);
        assertThat(memory.accept("b", 11, NEVER, ANSWERED)).isEqualTo(ACCEPTED);
        assertThat(memory.accept("c", 12, NEVER, ANSWERED)).isEqualTo(ACCEPTED);
        assertThat(full).hasValue(0);
        assertThat(memory.accept("d", 13, NEVER, ANSWERED)).isEqualTo(ACCEPTED);
        assertThat(full).hasValue(1);
        assertThat(memory.size()).isEqualTo(3);
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(FORGOTTEN);
        assertThat(memory.accept("late", 9, NEVER, ANSWERED)).isEqualTo(FORGOTTEN);
        assertThat(memory.accept("b", 11, NEVER, ANSWERED)).isEqualTo(REPLAYED);
    }

    @Test
    void expiredEntries_areEvictedAndStayRejected() {
        memory.accept("a", 10, NEVER, ANSWERED);
        memory.accept("b", 11, NEVER, ANSWERED);
        assertThat(memory.accept("c", 12, 10, ANSWERED)).isEqualTo(ACCEPTED);
        assertThat(memory.size()).isEqualTo(2);
        // The clock is set back: what was forgotten is not accepted again.
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(FORGOTTEN);
        assertThat(full).hasValue(0);
    }

    @Test
    void olderThanEverythingRemembered_isAcceptedOnce() {
        memory.accept("a", 10, NEVER, ANSWERED);
        memory.accept("b", 11, NEVER, ANSWERED);
        memory.accept("c", 12, NEVER, ANSWERED);
        assertThat(memory.accept("older", 5, NEVER, ANSWERED)).isEqualTo(ACCEPTED);
        assertThat(memory.accept("older", 5, NEVER, ANSWERED)).isEqualTo(FORGOTTEN);
        assertThat(memory.size()).isEqualTo(3);
    }

    @Test
    void release_makesRoom() {
        memory.accept("a", 10, NEVER, ANSWERED);
        memory.release("a", 10, ANSWERED);
        memory.release("a", 10, ANSWERED);
        memory.release("never seen", 99, ANSWERED);
        assertThat(memory.size()).isZero();
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(ACCEPTED);
    }

    @Test
    void released_emptySecondIsRemoved() {
        ReplayMemory one = new ReplayMemory(1, full::incrementAndGet);
        one.accept("a", 1, NEVER, ANSWERED);
        one.release("a", 1, ANSWERED);
        one.accept("b", 2, NEVER, ANSWERED);
        assertThat(full).hasValue(0);
        one.accept("c", 3, NEVER, ANSWERED);
        assertThat(full).hasValue(1);
        assertThat(one.size()).isEqualTo(1);
        assertThat(one.accept("b", 2, NEVER, ANSWERED)).isEqualTo(FORGOTTEN);
    }

    @Test
    void unanswered_mayComeAgainAFewTimes() {
        for (int i = 0; i <= ReplayMemory.MAX_UNANSWERED; i++) {
            assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(ACCEPTED);
            assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(REPLAYED);
            memory.releaseUnanswered("a", 10, ANSWERED);
            memory.releaseUnanswered("never seen", 99, ANSWERED);
        }
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(REPLAYED);
        memory.releaseUnanswered("a", 10, ANSWERED);
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(REPLAYED);
        assertThat(memory.size()).isEqualTo(1);
        memory.release("a", 10, ANSWERED);
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).as("the application itself asks for it").isEqualTo(ACCEPTED);
    }

    @Test
    void undeliveredResponse_isDetectedAtTheNextDelivery() {
        AtomicBoolean lost = new AtomicBoolean();
        memory.accept("a", 10, NEVER, lost::get);
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(REPLAYED);
        lost.set(true);
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(ACCEPTED);
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(REPLAYED);
        ReplayMemory.Delivery unanswered = () -> true;
        ReplayMemory.Delivery last = ANSWERED;
        for (int i = 1; i < ReplayMemory.MAX_UNANSWERED; i++) {
            memory.releaseUnanswered("a", 10, last);
            assertThat(memory.accept("a", 10, NEVER, unanswered)).isEqualTo(ACCEPTED);
            last = unanswered;
        }
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).as("a few times only").isEqualTo(REPLAYED);
    }

    @Test
    void answer_thatArrived_isNotLookedAtAgain() {
        ReplayMemory.Delivery delivery = () -> true;
        memory.accept("a", 10, NEVER, delivery);
        memory.answered("a", 10, delivery);
        memory.answered("never seen", 99, delivery);
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(REPLAYED);
    }

    /** The application's failure, the end of the response and that of the request are reported one after the other. */
    @Test
    void lateReportsOfAnEarlierDelivery_doNotConcernALaterOne() {
        ReplayMemory.Delivery earlier = () -> false;
        ReplayMemory.Delivery later = () -> true;
        memory.accept("a", 10, NEVER, earlier);
        memory.release("a", 10, earlier);
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(ACCEPTED);
        memory.release("a", 10, earlier);
        memory.releaseUnanswered("a", 10, earlier);
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).isEqualTo(REPLAYED);
        memory.release("a", 10, ANSWERED);
        memory.accept("a", 10, NEVER, later);
        memory.answered("a", 10, earlier);
        assertThat(memory.accept("a", 10, NEVER, ANSWERED)).as("the answer to the later one is lost").isEqualTo(ACCEPTED);
        memory.release("a", 10, later);
        assertThat(memory.accept("a", 10, NEVER, later)).isEqualTo(REPLAYED);
    }

    @Test
    void unanswered_isOneOfThoseRemembered() {
        memory.accept("a", 10, NEVER, ANSWERED);
        memory.releaseUnanswered("a", 10, ANSWERED);
        memory.accept("a", 10, NEVER, ANSWERED);
        assertThat(memory.size()).isEqualTo(1);
    }

    @Test
    void anyOrder_nothingIsAcceptedTwiceAndMemoryIsBounded() {
        Random random = new Random(7);
        Set<String> accepted = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            long second = Math.max(0, i / 50 + random.nextInt(5) - 2);
            String signature = second + "/" + random.nextInt(4);
            long useless = random.nextInt(10) == 0 ? second - 3 : NEVER;
            if (memory.accept(signature, second, useless, ANSWERED) == ACCEPTED) {
                assertThat(accepted.add(signature)).as(signature).isTrue();
            }
            assertThat(memory.size()).isLessThanOrEqualTo(3);
        }
        assertThat(accepted).hasSizeGreaterThan(400);
    }
}
