package io.quarkiverse.hume.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class FlightTest {

    private final Flight flight = new Flight(0, 0, 1, false);
    private final List<Boolean> lockHeld = new ArrayList<>();
    private final List<Throwable> problems = new ArrayList<>();

    @Test
    void end_cancelsOutsideOfTheLock() {
        flight.whenEnded(this::cancel);
        flight.whenEnded(this::cancel);
        flight.end(problems::add);
        assertThat(lockHeld).containsExactly(false, false);
    }

    @Test
    void whenEnded_afterTheEnd_cancelsAtOnceAndOutsideOfTheLock() {
        flight.end(problems::add);
        assertThat(flight.whenEnded(this::cancel)).isFalse();
        assertThat(lockHeld).containsExactly(false);
    }

    @Test
    void end_cancellationThrows_theOthersAreStillCancelled() {
        NoClassDefFoundError error = new NoClassDefFoundError();
        flight.whenEnded(() -> {
            throw error;
        });
        flight.whenEnded(this::cancel);
        flight.end(problems::add);
        assertThat(lockHeld).containsExactly(false);
        assertThat(problems).containsExactly(error);
    }

    @Test
    void claim_onlyTheFirstDecides() {
        assertThat(flight.claim()).isTrue();
        assertThat(flight.claim()).isFalse();
    }

    /** What cancels the request of an application's HumeTokenSource. */
    private void cancel() {
        lockHeld.add(Thread.holdsLock(flight));
    }
}
