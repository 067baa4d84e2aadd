package io.quarkiverse.hume;

import java.util.List;

/**
 * The state of the application's accounts: their strategies and the state of their tokens, without secrets. Inject this bean
 * for a status page or an alert. Never blocks and makes no network call.
 */
public interface HumeAccounts {

    /** All accounts, the default one first. */
    List<HumeAccountStatus> all();

    /**
     * @param account {@link HumeAccount#DEFAULT} for the default one
     * @throws HumeAuthenticationException if nothing is configured for the account
     */
    HumeAccountStatus get(String account);
}
