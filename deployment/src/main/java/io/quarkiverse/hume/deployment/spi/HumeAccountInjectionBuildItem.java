package io.quarkiverse.hume.deployment.spi;

import io.quarkus.builder.item.MultiBuildItem;

/**
 * A place in the application where {@code HumeWebSockets} are injected, or where {@code HumeTokens} are looked up with a {@code
 * Provider}.
 */
public final class HumeAccountInjectionBuildItem extends MultiBuildItem {

    private final String account;
    private final String user;

    public HumeAccountInjectionBuildItem(String account, String user) {
        this.account = account;
        this.user = user;
    }

    public String account() {
        return account;
    }

    public String user() {
        return user;
    }
}
