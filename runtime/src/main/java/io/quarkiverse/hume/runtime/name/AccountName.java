package io.quarkiverse.hume.runtime.name;

import io.quarkiverse.hume.HumeAccount;

/** The names of an account and of its properties in messages. */
public final class AccountName {

    private AccountName() {
    }

    /** The full name of a property, such as {@code hume.api-key} or {@code hume.accounts."cloud".api-key}. */
    public static String property(String account, String key) {
        return account.equals(HumeAccount.DEFAULT) ? "hume." + key : "hume.accounts.\"" + account + "\"." + key;
    }

    public static String describe(String account) {
        return account.equals(HumeAccount.DEFAULT) ? "the default Hume account" : "the Hume account \"" + account + "\"";
    }
}
