package io.quarkiverse.hume.deployment.spi;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.quarkus.builder.item.SimpleBuildItem;

/** The emulator is running and replaces Hume for these accounts. */
public final class HumeEmulatorBuildItem extends SimpleBuildItem {

    private final URI address;
    private final Map<String, EmulatedAccount> accounts;

    public HumeEmulatorBuildItem(URI address, Map<String, EmulatedAccount> accounts) {
        this.address = address;
        this.accounts = Collections.unmodifiableMap(new TreeMap<>(accounts));
    }

    public URI address() {
        return address;
    }

    /** In alphabetical order. */
    public Set<String> accounts() {
        return accounts.keySet();
    }

    /** Returns the account with this name, which must be one of {@link #accounts()}. */
    public EmulatedAccount account(String name) {
        return accounts.get(name);
    }
}
