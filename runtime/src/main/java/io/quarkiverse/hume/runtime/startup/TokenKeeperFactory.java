package io.quarkiverse.hume.runtime.startup;

import java.util.List;

import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;
import io.quarkiverse.hume.runtime.context.CallerContexts;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.token.TokenKeeper;

/** Makes token keepers. A bean of this type exists only in applications that contain what access tokens need. */
public interface TokenKeeperFactory {

    TokenKeeper keeper(String account, AccountRuntimeConfig config, AccountCredentials credentials,
            AccountListener listener, CallerContexts contexts);

    /** Why no keeper can be made, each as a sentence that names the remedy. */
    default List<String> violations() {
        return List.of();
    }

    /** Closes the connections of all keepers made. */
    default void close() {
    }
}
