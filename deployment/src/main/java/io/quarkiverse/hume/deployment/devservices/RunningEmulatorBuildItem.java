package io.quarkiverse.hume.deployment.devservices;

import io.quarkiverse.hume.emulator.HumeEmulator;
import io.quarkus.builder.item.SimpleBuildItem;

/** The running emulator. Only the Dev UI needs it, to control it; other build steps read its address from the configuration. */
public final class RunningEmulatorBuildItem extends SimpleBuildItem {

    private final HumeEmulator emulator;

    RunningEmulatorBuildItem(HumeEmulator emulator) {
        this.emulator = emulator;
    }

    public HumeEmulator emulator() {
        return emulator;
    }
}
