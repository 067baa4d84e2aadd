package io.quarkiverse.hume.deployment.devservices;

import io.quarkiverse.hume.emulator.HumeEmulator;
import io.quarkus.builder.item.SimpleBuildItem;

/** The emulator itself, for the Dev UI, which controls it. All else reads the address from the configuration. */
public final class RunningEmulatorBuildItem extends SimpleBuildItem {

    private final HumeEmulator emulator;

    RunningEmulatorBuildItem(HumeEmulator emulator) {
        this.emulator = emulator;
    }

    public HumeEmulator emulator() {
        return emulator;
    }
}
