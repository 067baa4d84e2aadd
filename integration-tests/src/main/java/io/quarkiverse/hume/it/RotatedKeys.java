package io.quarkiverse.hume.it;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccountStatus;

/**
 * A configuration source whose values change, like those of a mounted secret or of a configuration server. It provides the
 * keys that were regenerated, and is empty until then.
 */
public class RotatedKeys implements ConfigSource {

    // The values are static, because the configuration creates its sources before there are beans.
    private static final Map<String, String> KEYS = new ConcurrentHashMap<>();

    /** Higher than those of system properties and the environment, which still have the old keys. */
    private static final int ORDINAL = 500;

    /** @param accounts the accounts; for those with tokens, the secret key is replaced, too */
    static void replace(List<EmulatorControl.Keys> keys, List<HumeAccountStatus> accounts) {
        for (HumeAccountStatus account : accounts) {
            String prefix = account.account().equals(HumeAccount.DEFAULT) ? "hume."
                    : "hume.accounts.\"" + account.account() + "\".";
            keys.stream().filter(pair -> pair.account().equals(account.account())).forEach(pair -> {
                if (account.token().isPresent()) {
                    KEYS.put(prefix + "secret-key", pair.secretKey());
                }
                KEYS.put(prefix + "api-key", pair.apiKey());
                // An account with a key of its own is no longer redirected to the emulator, but these keys are valid only there.
                KEYS.put(prefix + "base-url", account.baseUrl().toString());
            });
        }
    }

    static void forget() {
        KEYS.clear();
    }

    @Override
    public Set<String> getPropertyNames() {
        return KEYS.keySet();
    }

    @Override
    public String getValue(String name) {
        return KEYS.get(name);
    }

    @Override
    public String getName() {
        return "Regenerated keys";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
