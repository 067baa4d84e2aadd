package io.quarkiverse.hume.runtime.account;

import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.token.TokenKeeper;

/** Makes token keepers. A bean of this type exists only in applications that contain what access tokens need. */
public interface TokenSupport {

    TokenKeeper keeper(String account, AccountRuntimeConfig config, AccountCredentials credentials,
            AccountListener listener);
}
