package io.quarkiverse.hume.deployment.spi;

import io.quarkus.builder.item.MultiBuildItem;

/** A place in the application where {@code HumeTokens} are injected. */
public final class HumeTokensInjectionBuildItem extends MultiBuildItem {

    private final String account;
    private final String user;

    public HumeTokensInjectionBuildItem(String account, String user) {
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
