package io.quarkiverse.hume.deployment.spi;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkus.builder.item.MultiBuildItem;

/** Something in the application that uses an account. */
public final class HumeUsageBuildItem extends MultiBuildItem {

    private final String account;
    private final HumeStrategy strategy;
    private final String user;

    /**
     * @param strategy {@link HumeStrategy#AUTO} for the strategy of the account
     * @param user a description for messages, such as "the REST client com.example.Voices"
     */
    public HumeUsageBuildItem(String account, HumeStrategy strategy, String user) {
        this.account = account;
        this.strategy = strategy;
        this.user = user;
    }

    public String account() {
        return account;
    }

    public HumeStrategy strategy() {
        return strategy;
    }

    public String user() {
        return user;
    }
}
