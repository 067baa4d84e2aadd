package io.quarkiverse.hume.runtime.startup;

import java.util.List;

import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;
import io.quarkiverse.hume.runtime.context.CallerContexts;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.token.TokenKeeper;
import io.quarkiverse.hume.runtime.token.TokenListener;

/** Creates token keepers. A bean of this type exists only in applications that contain the components for access tokens. */
public interface TokenKeeperFactory {

    /** @param listeners the listeners of the token, in addition to the log */
    TokenKeeper keeper(String account, AccountRuntimeConfig config, AccountCredentials credentials, CallerContexts contexts,
            TokenListener... listeners);

    /** Whether a {@code HumeTokenSource} of the application replaces Hume's token endpoint. */
    default boolean isTokenSourceReplaced() {
        return false;
    }

    /** The reasons why no keeper can be created, each as a sentence with the remedy. */
    default List<String> violations() {
        return List.of();
    }

    /** Closes the connections of all keepers that were created. */
    default void close() {
    }
}
