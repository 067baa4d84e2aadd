package io.quarkiverse.hume.emulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The accounts and their keys: one immutable map, replaced whole, so that a look-up never sees half a change. */
final class EmulatorAccounts {

    private final InstantSource clock;
    private final AtomicLong serials = new AtomicLong();
    private final AtomicReference<Map<String, KeyRing>> rings = new AtomicReference<>(Map.of());

    EmulatorAccounts(InstantSource clock, Collection<String> names) {
        this.clock = clock;
        names.forEach(this::ensure);
    }

    /** The pair an API key belongs to; {@code live} is false when it is retired and its time is over. */
    record KeyMatch(String account, long serial, EmulatorKeys keys, boolean live) {
    }

    /** Adds the account if there is none of that name. */
    void ensure(String account) {
        if (account == null || account.isBlank()) {
            throw new InvalidInputException("account: the name must not be blank");
        }
        rings.updateAndGet(old -> old.containsKey(account) ? old
                : with(old, KeyRing.initial(account, serials.incrementAndGet())));
    }

    List<KeyRing> all() {
        return List.copyOf(rings.get().values());
    }

    EmulatorKeys keys(String account) {
        return ring(rings.get(), account).current();
    }

    /** @throws InvalidInputException if there is no such account */
    void requireKnown(String account) {
        ring(rings.get(), account);
    }

    /** Live keys win over retired ones that happen to be equal. */
    Optional<KeyMatch> find(String apiKey) {
        Instant now = clock.instant();
        KeyMatch retiredMatch = null;
        for (KeyRing ring : rings.get().values()) {
            if (ring.current().apiKey().equals(apiKey)) {
                return Optional.of(new KeyMatch(ring.account(), ring.serial(), ring.current(), true));
            }
            for (KeyRing.RetiredKeys retired : ring.retired()) {
                if (retired.keys().apiKey().equals(apiKey)) {
                    boolean live = now.isBefore(retired.diesAt());
                    KeyMatch match = new KeyMatch(ring.account(), retired.serial(), retired.keys(), live);
                    retiredMatch = retiredMatch == null || live ? match : retiredMatch;
                }
            }
        }
        return Optional.ofNullable(retiredMatch);
    }

    boolean honoursTokensOf(String account, long serial) {
        KeyRing ring = rings.get().get(account);
        return ring != null && ring.honoursTokensOf(serial, clock.instant());
    }

    /** @param keepTokens whether the tokens bought with the old keys live on until they expire */
    EmulatorKeys regenerate(String account, Duration overlap, boolean keepTokens) {
        Instant diesAt = clock.instant().plus(overlap);
        Instant tokensDieAt = keepTokens ? Instant.MAX : diesAt;
        return change(account, ring -> ring.regenerate(serials.incrementAndGet(), diesAt, tokensDieAt));
    }

    /** The old keys and their tokens die at once. */
    void replace(String account, EmulatorKeys keys) {
        Instant now = clock.instant();
        rings.updateAndGet(old -> {
            for (KeyRing other : old.values()) {
                if (!other.account().equals(account) && other.current().apiKey().equals(keys.apiKey())) {
                    throw new InvalidInputException("api_key: it belongs to the account \"" + other.account() + "\"");
                }
            }
            return with(old, ring(old, account).replace(keys, serials.incrementAndGet(), now, now));
        });
    }

    /** Every account is back at its first keys; all former ones are forgotten. */
    void reset() {
        rings.updateAndGet(old -> {
            Map<String, KeyRing> initial = new TreeMap<>();
            old.keySet().forEach(account -> initial.put(account, KeyRing.initial(account, serials.incrementAndGet())));
            return initial;
        });
    }

    private EmulatorKeys change(String account, UnaryOperator<KeyRing> change) {
        return rings.updateAndGet(old -> with(old, change.apply(ring(old, account)))).get(account).current();
    }

    private static KeyRing ring(Map<String, KeyRing> rings, String account) {
        KeyRing ring = rings.get(account);
        if (ring == null) {
            throw new InvalidInputException("account: there is no \"" + account + "\", only " + rings.keySet());
        }
        return ring;
    }

    private static Map<String, KeyRing> with(Map<String, KeyRing> rings, KeyRing ring) {
        Map<String, KeyRing> changed = new TreeMap<>(rings);
        changed.put(ring.account(), ring);
        return changed;
    }
}
