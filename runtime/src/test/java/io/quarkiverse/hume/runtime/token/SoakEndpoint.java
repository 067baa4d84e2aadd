package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/**
 * An account's token endpoint and API with bad days. Knows which token the keeper must have and when it may ask, from what
 * it was told itself and never from the keeper.
 */
final class SoakEndpoint implements TokenSource {

    private final String account;
    private final SimulatedTime time;
    private final Random random;
    private final List<String> violations;

    private CompletableFuture<AccessToken> underWay = CompletableFuture.completedFuture(null);
    private int issued;

    /** What the API accepts; {@code null} after a revocation. */
    private String valid;

    /** The key that the endpoint takes, and the one that the application has. */
    private int key;
    private int keyInUse;
    private Instant outageUntil = Instant.MIN;

    private AccessToken held;
    private Instant heldUntil;
    private int failuresInARow;
    private Instant notBefore = Instant.MIN;

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
        if (time.now().isBefore(notBefore)) {
            violations.add(account + ": a request at " + time.now() + ", " + failuresInARow + " failures forbid it until "
                    + notBefore);
        }
        CompletableFuture<AccessToken> request = new CompletableFuture<>();
        underWay = request;
        int usedKey = keyInUse;
        request.whenComplete((token, failure) -> {
            if (request.isCancelled()) {
                failed(usedKey, Duration.ZERO);
            }
        });
        time.schedule(latency(), () -> answer(request, usedKey));
        return request;
    }

    /** One in two hundred takes about as long as the keeper waits. */
    private Duration latency() {
        return Duration.ofMillis(random.nextInt(200) == 0 ? 4000 + random.nextInt(4000) : 20 + random.nextInt(300));
    }

    /** Takes its notes before the keeper learns of the answer, since that may ask again at once. */
    private void answer(CompletableFuture<AccessToken> request, int usedKey) {
        if (request.isDone()) {
            return;
        }
        if (time.now().isBefore(outageUntil) || random.nextInt(20) == 0) {
            Duration patience = Duration.ofSeconds(random.nextInt(4) == 0 ? random.nextInt(90) : 0);
            failed(usedKey, patience);
            request.completeExceptionally(
                    KeeperHarness.failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE, time.now().plus(patience)));
        } else if (usedKey != key) {
            failed(usedKey, Duration.ZERO);
            request.completeExceptionally(KeeperHarness.failure(Reason.CREDENTIALS_REJECTED));
        } else {
            valid = account + "-" + ++issued;
            AccessToken token = AccessToken.of(valid, time.now(), KeeperHarness.LIFETIME);
            succeeded(token, usedKey);
            request.complete(token);
        }
    }

    /** What was asked with an outdated key does not count: the keeper drops the answer and asks again. */
    private void failed(int usedKey, Duration patience) {
        if (usedKey == keyInUse) {
            failures++;
            failuresInARow++;
            Duration pause = Duration.ofNanos(KeeperHarness.POLICY.backoff().nanos(failuresInARow, 0));
            notBefore = time.now().plus(patience.compareTo(pause) > 0 ? patience : pause);
        }
    }

    private void succeeded(AccessToken token, int usedKey) {
        if (usedKey == keyInUse) {
            successes++;
            failuresInARow = 0;
            held = token;
            heldUntil = token.expiresAt().minusSeconds(3);
        }
    }

    /** @return what the keeper must hand out at once; {@code null} if it has nothing to hand out */
    AccessToken held() {
        return held != null && time.now().isBefore(heldUntil) ? held : null;
    }

    /** Whether the API answers something else than 401. */
    boolean accepts(AccessToken token) {
        return token.value().equals(valid);
    }

    /** @return whether the keeper must drop it */
    boolean rejected(AccessToken token) {
        boolean dropped = token.equals(held);
        if (dropped) {
            held = null;
        }
        return dropped;
    }

    void breakDown(Duration outage) {
        outageUntil = time.now().plus(outage);
    }

    void revoke() {
        valid = null;
    }

    void regenerateKey() {
        key++;
        valid = null;
    }

    /** @return whether the key is new to the application; then the keeper has to be told at once */
    boolean learnKey() {
        boolean news = keyInUse != key;
        keyInUse = key;
        if (news) {
            failuresInARow = 0;
            notBefore = Instant.MIN;
        }
        return news;
    }
}
