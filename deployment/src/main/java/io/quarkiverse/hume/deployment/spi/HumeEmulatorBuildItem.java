package io.quarkiverse.hume.deployment.spi;

import java.net.URI;
import java.util.Set;

import io.quarkus.builder.item.SimpleBuildItem;

/** The emulator is running and stands in for these accounts. */
public final class HumeEmulatorBuildItem extends SimpleBuildItem {

    private final URI address;
    private final Set<String> accounts;

    public HumeEmulatorBuildItem(URI address, Set<String> accounts) {
        this.address = address;
        this.accounts = Set.copyOf(accounts);
    }

    public URI address() {
        return address;
    }

    public Set<String> accounts() {
        return accounts;
    }
}
