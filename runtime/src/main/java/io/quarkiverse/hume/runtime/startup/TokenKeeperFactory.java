package io.quarkiverse.hume.runtime.startup;

import java.util.List;

import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;
import io.quarkiverse.hume.runtime.context.CallerContexts;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.token.TokenKeeper;

/** Creates token keepers. A bean of this type exists only in applications that contain what access tokens need. */
public interface TokenKeeperFactory {

    TokenKeeper keeper(String account, AccountRuntimeConfig config, AccountCredentials credentials,
            AccountListener listener, CallerContexts contexts);

    /** The reasons why no keeper can be created, each as a sentence with the remedy. */
    default List<String> violations() {
        return List.of();
    }

    /** Closes the connections of all keepers made. */
    default void close() {
    }
}
