package io.quarkiverse.hume.emulator.credential;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All keys one account has had, as one immutable value.
 *
 * @param number of the generated keys, counting from 1
 * @param serial of the current keys, never used again, not even after a reset: a token names the keys that bought it with it
 * @param retired oldest first
 */
public record KeyRing(String account, int number, long serial, EmulatorKeys current, List<RetiredKeys> retired) {

    private static final int REMEMBERED = 100;

    /**
     * @param diesAt the first instant at which the keys are refused
     * @param tokensDieAt the first instant at which the tokens bought with them are refused
     */
    record RetiredKeys(long serial, EmulatorKeys keys, Instant diesAt, Instant tokensDieAt) {
    }

    static KeyRing initial(String account, long serial) {
        return new KeyRing(account, 1, serial, EmulatorKeys.numbered(account, 1), List.of());
    }

    KeyRing regenerate(long newSerial, Instant diesAt, Instant tokensDieAt) {
        return replace(EmulatorKeys.numbered(account, number + 1), newSerial, diesAt, tokensDieAt);
    }

    KeyRing replace(EmulatorKeys keys, long newSerial, Instant diesAt, Instant tokensDieAt) {
        List<RetiredKeys> all = new ArrayList<>(retired);
        all.add(new RetiredKeys(serial, current, diesAt, tokensDieAt));
        List<RetiredKeys> newest = all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
        return new KeyRing(account, number + 1, newSerial, keys, List.copyOf(newest));
    }

    /** Whether tokens bought with the keys of that serial are still good. */
    boolean honoursTokensOf(long tokenSerial, Instant now) {
        return tokenSerial == serial || retired.stream()
                .anyMatch(keys -> keys.serial() == tokenSerial && now.isBefore(keys.tokensDieAt()));
    }
}
