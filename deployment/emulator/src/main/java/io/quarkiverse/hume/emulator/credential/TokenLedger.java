package io.quarkiverse.hume.emulator.credential;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The tokens that were issued, the dead ones included: a refusal says whose token it was and why. */
public final class TokenLedger {

    private static final int TOKEN_BYTES = 32;
    private static final int PURGE_EVERY = 1_000;
    private static final Duration REMEMBERED_AFTER_EXPIRY = Duration.ofHours(1);

    private final InstantSource clock;
    private final EmulatorAccounts accounts;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong issued = new AtomicLong();
    private final Map<String, IssuedToken> tokens = new ConcurrentHashMap<>();

    public TokenLedger(InstantSource clock, EmulatorAccounts accounts) {
        this.clock = clock;
        this.accounts = accounts;
    }

    /** @param serial of the keys that bought the token: it dies with them */
    record IssuedToken(String value, String account, long serial, Instant issuedAt, Instant expiresAt, boolean revoked) {

        IssuedToken revoke() {
            return new IssuedToken(value, account, serial, issuedAt, expiresAt, true);
        }

        IssuedToken restore(long currentSerial) {
            return new IssuedToken(value, account, currentSerial, issuedAt, expiresAt, false);
        }
    }

    IssuedToken issue(String account, long serial, long lifetimeMillis) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String value = "emulator-token-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        IssuedToken token = new IssuedToken(value, account, serial, now, now.plusMillis(lifetimeMillis), false);
        tokens.put(value, token);
        if (issued.incrementAndGet() % PURGE_EVERY == 0) {
            tokens.values().removeIf(old -> old.expiresAt().plus(REMEMBERED_AFTER_EXPIRY).isBefore(now));
        }
        return token;
    }

    Optional<IssuedToken> find(String value) {
        return Optional.ofNullable(tokens.get(value));
    }

    boolean expired(IssuedToken token) {
        return !clock.instant().isBefore(token.expiresAt());
    }

    /** Whether requests with the token are let in. */
    boolean live(IssuedToken token) {
        // Derived from the keys, not stored: a token bought while its keys were being regenerated is dead on arrival.
        return !token.revoked() && !expired(token) && accounts.honoursTokensOf(token.account(), token.serial());
    }

    /**
     * @param account null for all
     * @return how many live tokens are dead now
     */
    public int revoke(String account) {
        AtomicInteger revoked = new AtomicInteger();
        tokens.keySet().forEach(value -> tokens.computeIfPresent(value, (ignored, token) -> {
            if (!live(token) || account != null && !account.equals(token.account())) {
                return token;
            }
            revoked.incrementAndGet();
            return token.revoke();
        }));
        return revoked.get();
    }

    /** Tokens that were revoked, or bought with keys that were replaced, are as good as if they had been bought just now. */
    public void restore() {
        tokens.replaceAll((value, token) -> token.restore(accounts.serial(token.account())));
    }

    public long issuedCount() {
        return issued.get();
    }

    public long liveCount() {
        return tokens.values().stream().filter(this::live).count();
    }

    public void forget() {
        tokens.clear();
        issued.set(0);
    }
}
