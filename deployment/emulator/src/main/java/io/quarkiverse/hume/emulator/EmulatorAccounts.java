package io.quarkiverse.hume.emulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import io.quarkiverse.hume.emulator.PresentedCredential.Kind;
import io.quarkiverse.hume.emulator.PresentedCredential.Verdict;
import io.quarkiverse.hume.emulator.platform.RejectedRequest;

/** The accounts with their keys and tokens. Thread-safe: every change is atomic. */
final class EmulatorAccounts {

    private static final int REMEMBERED_KEYS = 100;
    private static final int PURGE_EVERY = 1_000;
    private static final Duration REMEMBERED_AFTER_EXPIRY = Duration.ofHours(1);

    private final InstantSource clock;
    /** For each account, the pairs of keys that it has had: the oldest first, the current pair last. */
    private final Map<String, Deque<IssuedKeys>> accounts = new TreeMap<>();
    /** By value. Includes tokens that are no longer accepted, because a rejection names their account and the reason. */
    private final Map<String, IssuedToken> tokens = new HashMap<>();
    private long serials;
    private long issuedTokens;

    EmulatorAccounts(InstantSource clock, Collection<String> names) {
        this.clock = clock;
        names.forEach(this::ensure);
    }

    /**
     * @param number of the pair, counting from 1
     * @param serial unique, also after a reset: a token refers to the keys that it was issued for by this number
     * @param expiresAt the first instant at which the keys are rejected
     * @param tokensExpireAt the first instant at which the tokens issued for them are rejected
     */
    record IssuedKeys(String account, int number, long serial, EmulatorKeys keys, Instant expiresAt, Instant tokensExpireAt) {
    }

    /** @param serial of the keys that the token was issued for, which decide how long it is accepted; 0 if it was revoked */
    record IssuedToken(String value, String account, long serial, Instant issuedAt, Instant expiresAt) {

        IssuedToken issuedFor(long otherSerial) {
            return new IssuedToken(value, account, otherSerial, issuedAt, expiresAt);
        }
    }

    /** Adds the account if there is no account of that name. */
    synchronized void ensure(String account) {
        if (account == null || account.isBlank()) {
            throw RejectedRequest.control("account: the name must not be blank");
        }
        accounts.computeIfAbsent(account, this::first);
    }

    /** The current keys of each account. */
    synchronized Map<String, EmulatorKeys> all() {
        Map<String, EmulatorKeys> all = new TreeMap<>();
        accounts.forEach((account, issued) -> all.put(account, issued.getLast().keys()));
        return all;
    }

    /** @throws RejectedRequest if there is no such account */
    synchronized EmulatorKeys keys(String account) {
        return issued(account).getLast().keys();
    }

    /** If several pairs have the API key, the pair that expires last counts. The secret is null if there is only an API key. */
    synchronized PresentedCredential judge(Kind kind, String apiKey, String secret) {
        return accounts.values().stream().flatMap(Collection::stream).filter(pair -> pair.keys().apiKey().equals(apiKey))
                .max(Comparator.comparing(IssuedKeys::expiresAt)).map(pair -> {
                    boolean accepted = clock.instant().isBefore(pair.expiresAt())
                            && (secret == null || secret.equals(pair.keys().secretKey()));
                    return new PresentedCredential(kind, accepted ? Verdict.ACCEPTED : Verdict.REJECTED, pair.account(),
                            pair.serial());
                }).orElse(PresentedCredential.rejected(kind));
    }

    synchronized PresentedCredential judgeToken(String value) {
        return Optional.ofNullable(tokens.get(value))
                .map(token -> new PresentedCredential(Kind.TOKEN, verdict(token), token.account(), 0))
                .orElse(PresentedCredential.rejected(Kind.TOKEN));
    }

    /** @param keepTokens whether the tokens issued for the old keys are accepted until they expire */
    synchronized EmulatorKeys regenerate(String account, Duration overlap, boolean keepTokens) {
        Instant expiresAt = clock.instant().plus(overlap);
        return succeed(account, EmulatorKeys.numbered(account, issued(account).getLast().number() + 1), expiresAt,
                keepTokens ? Instant.MAX : expiresAt);
    }

    /** The old keys and their tokens are rejected at once. */
    synchronized void replace(String account, EmulatorKeys keys) {
        all().forEach((other, current) -> {
            if (!other.equals(account) && current.apiKey().equals(keys.apiKey())) {
                throw RejectedRequest.control("api_key: it belongs to the account \"" + other + "\"");
            }
        });
        Instant now = clock.instant();
        succeed(account, keys, now, now);
    }

    synchronized IssuedToken issueToken(String account, long serial, long lifetimeMillis) {
        String value = "emulator-token-" + UUID.randomUUID();
        Instant now = clock.instant();
        if (++issuedTokens % PURGE_EVERY == 0) {
            tokens.values().removeIf(old -> old.expiresAt().plus(REMEMBERED_AFTER_EXPIRY).isBefore(now));
        }
        IssuedToken token = new IssuedToken(value, account, serial, now, now.plusMillis(lifetimeMillis));
        tokens.put(value, token);
        return token;
    }

    private Verdict verdict(IssuedToken token) {
        Instant now = clock.instant();
        if (!now.isBefore(token.expiresAt())) {
            return Verdict.EXPIRED;
        }
        // Derived from the keys, not stored, so that a token which was issued while its keys were replaced is not accepted.
        return issued(token.account()).stream().anyMatch(
                keys -> keys.serial() == token.serial() && now.isBefore(keys.tokensExpireAt())) ? Verdict.ACCEPTED
                        : Verdict.REJECTED;
    }

    /** Revokes the tokens of all accounts if the account is null. Returns how many of them were accepted until now. */
    synchronized int revokeTokens(String account) {
        requireKnown(account);
        List<IssuedToken> revoked = tokens.values().stream().filter(token -> verdict(token) == Verdict.ACCEPTED)
                .filter(token -> account == null || account.equals(token.account())).toList();
        revoked.forEach(token -> tokens.put(token.value(), token.issuedFor(0)));
        return revoked.size();
    }

    synchronized long issuedTokens() {
        return issuedTokens;
    }

    synchronized int acceptedTokens() {
        return (int) tokens.values().stream().filter(token -> verdict(token) == Verdict.ACCEPTED).count();
    }

    /**
     * Every account has its first keys again, and all other keys are deleted.
     *
     * @param keepTokens whether all tokens that have not expired are accepted again; they are deleted otherwise
     */
    synchronized void reset(boolean keepTokens) {
        // Keys that have not changed stay the same, so that a token request in progress still results in a valid token.
        accounts.replaceAll((account, issued) -> keepTokens && issued.size() == 1 ? issued : first(account));
        if (keepTokens) {
            tokens.replaceAll((value, token) -> token.issuedFor(issued(token.account()).getLast().serial()));
        } else {
            tokens.clear();
            issuedTokens = 0;
        }
    }

    private Deque<IssuedKeys> first(String account) {
        return new ArrayDeque<>(List.of(new IssuedKeys(account, 1, ++serials, EmulatorKeys.numbered(account, 1), Instant.MAX,
                Instant.MAX)));
    }

    private EmulatorKeys succeed(String account, EmulatorKeys keys, Instant expiresAt, Instant tokensExpireAt) {
        Deque<IssuedKeys> issued = issued(account);
        IssuedKeys last = issued.removeLast();
        issued.addLast(new IssuedKeys(account, last.number(), last.serial(), last.keys(), expiresAt, tokensExpireAt));
        issued.addLast(new IssuedKeys(account, last.number() + 1, ++serials, keys, Instant.MAX, Instant.MAX));
        if (issued.size() > REMEMBERED_KEYS) {
            issued.removeFirst();
        }
        return keys;
    }

    /** @param account null for all */
    synchronized void requireKnown(String account) {
        if (account != null) {
            issued(account);
        }
    }

    private Deque<IssuedKeys> issued(String account) {
        return Optional.ofNullable(accounts.get(account)).orElseThrow(() -> RejectedRequest
                .control("account: there is no \"" + account + "\", only " + accounts.keySet()));
    }
}
