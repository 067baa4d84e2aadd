package io.quarkiverse.hume.deployment;

import java.net.URI;
import java.util.Set;

import io.quarkiverse.hume.emulator.HumeEmulator;
import io.quarkus.builder.item.SimpleBuildItem;

/** The emulator is running and stands in for these accounts. */
public final class HumeEmulatorBuildItem extends SimpleBuildItem {

    private final HumeEmulator emulator;
    private final Set<String> accounts;

    HumeEmulatorBuildItem(HumeEmulator emulator, Set<String> accounts) {
        this.emulator = emulator;
        this.accounts = Set.copyOf(accounts);
    }

    public URI address() {
        return emulator.baseUri();
    }

    HumeEmulator emulator() {
        return emulator;
    }

    public Set<String> accounts() {
        return accounts;
    }
}
