package io.quarkiverse.hume;

import java.util.List;

/**
 * What may be shown of the accounts of the application: their strategies and the state of their tokens, and no secret. A
 * bean to inject, for a status page or an alarm. Never blocks and asks nobody: it tells what is known.
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
