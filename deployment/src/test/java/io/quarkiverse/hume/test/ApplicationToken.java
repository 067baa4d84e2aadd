package io.quarkiverse.hume.test;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkus.arc.Arc;

/** Operations of tests on the access token of the application's default account. */
public final class ApplicationToken {

    private ApplicationToken() {
    }

    /** Revokes the token in use, and forgets the requests so far. */
    public static void revoke() {
        renew();
        HumeEmulator.connect().revokeTokens();
        HumeEmulator.connect().forgetRequests();
    }

    /**
     * Ends all faults and requests a token, for no other reason: a 401 may then be answered with a request at once, however
     * many there were before. During a back-off it waits for its end.
     */
    public static void renew() {
        HumeEmulator.connect().recover();
        await().ignoreExceptions().until(() -> {
            Arc.container().select(AccountRegistry.class).get().get(HumeAccount.DEFAULT).renewToken().toCompletableFuture()
                    .join();
            return true;
        });
    }

    /** Ends all faults and lets the token expire: unless the refresher looks in between, the next caller needs another one. */
    public static void expire() {
        TokenEndpoint endpoint = HumeEmulator.connect().tokenEndpoint().lifetime(Duration.ofMillis(100));
        renew();
        endpoint.lifetime(Duration.ofMinutes(30));
        await().until(() -> !Arc.container().select(HumeAccounts.class).get().get(HumeAccount.DEFAULT).token().orElseThrow()
                .valid());
    }
}
