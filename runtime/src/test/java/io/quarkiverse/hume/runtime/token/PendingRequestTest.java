package io.quarkiverse.hume.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class PendingRequestTest {

    private final PendingRequest pending = new PendingRequest(0, 0, 1, RequestCause.NEED);
    private final List<Boolean> lockHeld = new ArrayList<>();
    private final List<Throwable> problems = new ArrayList<>();

    @Test
    void end_cancelsOutsideOfTheLock() {
        pending.whenEnded(this::cancel);
        pending.whenEnded(this::cancel);
        pending.end(problems::add);
        assertThat(lockHeld).containsExactly(false, false);
    }

    @Test
    void whenEnded_afterTheEnd_cancelsAtOnceAndOutsideOfTheLock() {
        pending.end(problems::add);
        assertThat(pending.whenEnded(this::cancel)).isFalse();
        assertThat(lockHeld).containsExactly(false);
    }

    @Test
    void end_cancellationThrows_theOthersAreStillCancelled() {
        NoClassDefFoundError error = new NoClassDefFoundError();
        pending.whenEnded(() -> {
            throw error;
        });
        pending.whenEnded(this::cancel);
        pending.end(problems::add);
        assertThat(lockHeld).containsExactly(false);
        assertThat(problems).containsExactly(error);
    }

    @Test
    void claim_onlyTheFirstDecides() {
        assertThat(pending.claim()).isTrue();
        assertThat(pending.claim()).isFalse();
    }

    /** What cancels the request of an application's HumeTokenSource. */
    private void cancel() {
        lockHeld.add(Thread.holdsLock(pending));
    }
}
