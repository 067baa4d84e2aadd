package io.quarkiverse.hume.runtime.webhook;

import static io.quarkiverse.hume.runtime.webhook.WebhookVerdict.ACCEPTED;
import static io.quarkiverse.hume.runtime.webhook.WebhookVerdict.FORGOTTEN;
import static io.quarkiverse.hume.runtime.webhook.WebhookVerdict.REPLAYED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class WebhookReplayMemoryTest {

    private static final long NEVER = -1;

    private final AtomicInteger full = new AtomicInteger();
    private final ReplayMemory memory = new ReplayMemory(3, full::incrementAndGet);

    @Test
    void atTheLimit_theOldestSecondIsForgottenAndClosed() {
        assertThat(memory.accept("a", 10, NEVER)).isEqualTo(ACCEPTED);
        assertThat(memory.accept("b", 11, NEVER)).isEqualTo(ACCEPTED);
        assertThat(memory.accept("c", 12, NEVER)).isEqualTo(ACCEPTED);
        assertThat(full).hasValue(0);
        assertThat(memory.accept("d", 13, NEVER)).isEqualTo(ACCEPTED);
        assertThat(full).hasValue(1);
        assertThat(memory.size()).isEqualTo(3);
        assertThat(memory.accept("a", 10, NEVER)).isEqualTo(FORGOTTEN);
        assertThat(memory.accept("late", 9, NEVER)).isEqualTo(FORGOTTEN);
        assertThat(memory.accept("b", 11, NEVER)).isEqualTo(REPLAYED);
    }

    @Test
    void whatIsTooOldAnyway_makesRoomAndStaysRefused() {
        memory.accept("a", 10, NEVER);
        memory.accept("b", 11, NEVER);
        assertThat(memory.accept("c", 12, 10)).isEqualTo(ACCEPTED);
        assertThat(memory.size()).isEqualTo(2);
        // The clock is set back: what was forgotten is not accepted again.
        assertThat(memory.accept("a", 10, NEVER)).isEqualTo(FORGOTTEN);
        assertThat(full).hasValue(0);
    }

    @Test
    void olderThanEverythingRemembered_isAcceptedOnce() {
        memory.accept("a", 10, NEVER);
        memory.accept("b", 11, NEVER);
        memory.accept("c", 12, NEVER);
        assertThat(memory.accept("older", 5, NEVER)).isEqualTo(ACCEPTED);
        assertThat(memory.accept("older", 5, NEVER)).isEqualTo(FORGOTTEN);
        assertThat(memory.size()).isEqualTo(3);
    }

    @Test
    void release_makesRoom() {
        memory.accept("a", 10, NEVER);
        memory.release("a", 10);
        memory.release("a", 10);
        memory.release("never seen", 99);
        assertThat(memory.size()).isZero();
        assertThat(memory.accept("a", 10, NEVER)).isEqualTo(ACCEPTED);
    }

    @Test
    void anyOrder_nothingIsAcceptedTwiceAndMemoryIsBounded() {
        Random random = new Random(7);
        Set<String> accepted = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            long second = Math.max(0, i / 50 + random.nextInt(5) - 2);
            String signature = second + "/" + random.nextInt(4);
            long useless = random.nextInt(10) == 0 ? second - 3 : NEVER;
            if (memory.accept(signature, second, useless) == ACCEPTED) {
                assertThat(accepted.add(signature)).as(signature).isTrue();
            }
            assertThat(memory.size()).isLessThanOrEqualTo(3);
        }
        assertThat(accepted).hasSizeGreaterThan(400);
    }
}
