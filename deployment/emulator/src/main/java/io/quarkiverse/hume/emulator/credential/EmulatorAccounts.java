package io.quarkiverse.hume.emulator.credential;

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

import io.quarkiverse.hume.emulator.http.RefusedRequest;

/** The accounts and their keys: one immutable map, replaced whole, so that a look-up never sees half a change. */
public final class EmulatorAccounts {

    /** The name of the account that an application uses without naming one. */
    public static final String DEFAULT = "<default>";

    private final InstantSource clock;
    private final AtomicLong serials = new AtomicLong();
    private final AtomicReference<Map<String, KeyRing>> rings = new AtomicReference<>(Map.of());

    public EmulatorAccounts(InstantSource clock, Collection<String> names) {
        this.clock = clock;
        names.forEach(this::ensure);
    }

    /** The pair an API key belongs to; {@code live} is false when it is retired and its time is over. */
    record KeyMatch(String account, long serial, EmulatorKeys keys, boolean live) {
    }

    /** Adds the account if there is none of that name. */
    public void ensure(String account) {
        if (account == null || account.isBlank()) {
            throw RefusedRequest.control("account: the name must not be blank");
        }
        rings.updateAndGet(old -> old.containsKey(account) ? old
                : with(old, KeyRing.initial(account, serials.incrementAndGet())));
    }

    public List<KeyRing> all() {
        return List.copyOf(rings.get().values());
    }

    public EmulatorKeys keys(String account) {
        return ring(rings.get(), account).current();
    }

    /** @throws RefusedRequest if there is no such account */
    public void requireKnown(String account) {
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
    public EmulatorKeys regenerate(String account, Duration overlap, boolean keepTokens) {
        Instant diesAt = clock.instant().plus(overlap);
        Instant tokensDieAt = keepTokens ? Instant.MAX : diesAt;
        return change(account, ring -> ring.regenerate(serials.incrementAndGet(), diesAt, tokensDieAt));
    }

    /** The old keys and their tokens die at once. */
    public void replace(String account, EmulatorKeys keys) {
        Instant now = clock.instant();
        rings.updateAndGet(old -> {
            for (KeyRing other : old.values()) {
                if (!other.account().equals(account) && other.current().apiKey().equals(keys.apiKey())) {
                    throw RefusedRequest.control("api_key: it belongs to the account \"" + other.account() + "\"");
                }
            }
            return with(old, ring(old, account).replace(keys, serials.incrementAndGet(), now, now));
        });
    }

    /** Every account is back at its first keys; all former ones are forgotten. */
    public void reset() {
        rings.updateAndGet(old -> {
            Map<String, KeyRing> initial = new TreeMap<>();
            old.keySet().forEach(account -> initial.put(account, KeyRing.initial(account, serials.incrementAndGet())));
            return initial;
        });
    }

    /** The same for the accounts whose keys have changed; those of the others stay, with the tokens bought with them. */
    public void restoreFirstKeys() {
        rings.updateAndGet(old -> {
            Map<String, KeyRing> first = new TreeMap<>(old);
            first.replaceAll((account, ring) -> ring.retired().isEmpty() ? ring
                    : KeyRing.initial(account, serials.incrementAndGet()));
            return first;
        });
    }

    long serial(String account) {
        return ring(rings.get(), account).serial();
    }

    private EmulatorKeys change(String account, UnaryOperator<KeyRing> change) {
        return rings.updateAndGet(old -> with(old, change.apply(ring(old, account)))).get(account).current();
    }

    private static KeyRing ring(Map<String, KeyRing> rings, String account) {
        KeyRing ring = rings.get(account);
        if (ring == null) {
            throw RefusedRequest.control("account: there is no \"" + account + "\", only " + rings.keySet());
        }
        return ring;
    }

    private static Map<String, KeyRing> with(Map<String, KeyRing> rings, KeyRing ring) {
        Map<String, KeyRing> changed = new TreeMap<>(rings);
        changed.put(ring.account(), ring);
        return changed;
    }
}
