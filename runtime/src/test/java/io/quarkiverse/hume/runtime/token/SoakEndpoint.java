package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/**
 * An account's token endpoint and API, with failures. Determines which token the keeper must hold and when it may send a
 * request, from its own records and never from the keeper.
 */
final class SoakEndpoint implements TokenKeeper.Source {

    /** The jitter makes it less than a second. */
    private static final Duration ON_DEMAND = Duration.ofMillis(750);

    private final String account;
    private final SimulatedTime time;
    private final Random random;
    private final List<String> violations;

    private CompletableFuture<AccessToken> underWay = CompletableFuture.completedFuture(null);
    private int issued;

    /** What the API accepts. */
    private final Set<String> valid = new HashSet<>();

    /** The key that the endpoint takes, and the one that the application has. */
    private int key;
    private int keyInUse;
    private Instant outageUntil = Instant.MIN;

    private AccessToken held;
    private int failuresInARow;

    /** As the back-off says, and as it says while calls fail for want of a token. */
    private Instant notBefore = Instant.MIN;
    private Instant notBeforeOnDemand = Instant.MIN;
    private boolean demanded;
    private Instant lastFailure = Instant.MIN;

    int successes;
    int failures;

    /** @param violations an exception would end up in the keeper, so what must not be is noted here */
    SoakEndpoint(String account, SimulatedTime time, Random random, List<String> violations) {
        this.account = account;
        this.time = time;
        this.random = random;
        this.violations = violations;
    }

    @Override
    public CompletableFuture<AccessToken> requestToken() {
        if (!underWay.isDone()) {
            violations.add(account + ": a request at " + time.now() + " while another is under way");
        }
        Instant allowed = demanded ? notBeforeOnDemand : notBefore;
        if (time.now().isBefore(allowed)) {
            violations.add(account + ": a request at " + time.now() + ", " + failuresInARow + " failures forbid it until "
                    + allowed);
        }
        CompletableFuture<AccessToken> request = new CompletableFuture<>();
        underWay = request;
        int usedKey = keyInUse;
        Instant startedAt = time.now();
        request.whenComplete((token, failure) -> {
            if (request.isCancelled()) {
                failed(usedKey, Duration.ZERO, false);
            }
        });
        time.schedule(latency(), () -> answer(request, usedKey, startedAt));
        return request;
    }

    /** One in two hundred takes about as long as the keeper waits. */
    private Duration latency() {
        return Duration.ofMillis(random.nextInt(200) == 0 ? 4000 + random.nextInt(4000) : 20 + random.nextInt(300));
    }

    /** Takes its notes before the keeper learns of the answer, since that may ask again at once. */
    private void answer(CompletableFuture<AccessToken> request, int usedKey, Instant startedAt) {
        if (request.isDone()) {
            return;
        }
        if (time.now().isBefore(outageUntil) || random.nextInt(20) == 0) {
            Duration patience = Duration.ofSeconds(random.nextInt(4) == 0 ? random.nextInt(90) : 0);
            failed(usedKey, patience, false);
            request.completeExceptionally(
                    KeeperHarness.failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE, time.now().plus(patience)));
        } else if (usedKey != key) {
            failed(usedKey, Duration.ZERO, true);
            request.completeExceptionally(KeeperHarness.failure(Reason.CREDENTIALS_REJECTED));
        } else {
            AccessToken token = AccessToken.of(account + "-" + ++issued, time.now(), KeeperHarness.LIFETIME);
            valid.add(token.value());
            succeeded(token, usedKey, startedAt);
            request.complete(token);
        }
    }

    /** What was asked with an outdated key does not count: the keeper drops the answer and asks again. */
    private void failed(int usedKey, Duration retryAfter, boolean keysRejected) {
        if (usedKey == keyInUse) {
            failures++;
            failuresInARow++;
            Duration pause = Duration.ofNanos(SoakAccount.BACKOFF.nanos(failuresInARow, 0));
            notBefore = time.now().plus(longer(retryAfter, pause));
            notBeforeOnDemand = keysRejected ? notBefore
                    : time.now().plus(longer(retryAfter, pause.compareTo(ON_DEMAND) < 0
                            ? pause
                            : ON_DEMAND));
            demanded = false;
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void succeeded(AccessToken token, int usedKey, Instant startedAt) {
        if (usedKey == keyInUse) {
            successes++;
            failuresInARow = 0;
            notBefore = Instant.MIN;
            held = token;
            if (lastFailure.isBefore(startedAt) && !lastFailure.plus(SoakAccount.MAX_WAIT).isBefore(startedAt)) {
                violations.add(account + ": a call failed at " + lastFailure + " although the request at " + startedAt
                        + " succeeded");
            }
        }
    }

    /** A call has no token that the API accepts. */
    void demanded() {
        demanded = true;
    }

    /** A call failed without waiting for a request. */
    void failedWithoutWaiting() {
        lastFailure = time.now();
    }

    /** @return the last token that was issued and has not expired; {@code null} if there is none */
    AccessToken held() {
        return held != null && time.now().isBefore(held.expiresAt()) ? held : null;
    }

    /** @return what the keeper must hand out at once; {@code null} if there is none or it may expire in transit */
    AccessToken heldOutsideTheMargin() {
        return held != null && time.now().isBefore(held.expiresAt().minusSeconds(3)) ? held : null;
    }

    /** Whether the API answers something else than 401. */
    boolean accepts(AccessToken token) {
        return valid.contains(token.value()) && time.now().isBefore(token.expiresAt());
    }

    void breakDown(Duration outage) {
        outageUntil = time.now().plus(outage);
    }

    void revoke() {
        valid.clear();
    }

    void regenerateKey() {
        key++;
        valid.clear();
    }

    /** @return whether the key is new to the application; then the keeper has to be notified at once */
    boolean learnKey() {
        boolean news = keyInUse != key;
        keyInUse = key;
        if (news) {
            failuresInARow = 0;
            notBefore = Instant.MIN;
            notBeforeOnDemand = Instant.MIN;
        }
        return news;
    }
}
