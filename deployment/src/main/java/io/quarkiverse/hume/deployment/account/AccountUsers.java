package io.quarkiverse.hume.deployment.account;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.spi.HumeTokensInjectionBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeUsageBuildItem;

/** The users of each account in the application; messages name one of them. */
public final class AccountUsers {

    private final SortedMap<String, String> users = new TreeMap<>();
    private final SortedMap<String, String> tokenUsers = new TreeMap<>();

    /** @param injections empty while beans have not been discovered yet */
    public AccountUsers(List<HumeUsageBuildItem> usages, List<HumeTokensInjectionBuildItem> injections) {
        injections.forEach(injection -> {
            users.putIfAbsent(injection.account(), injection.user());
            tokenUsers.putIfAbsent(injection.account(), injection.user());
        });
        usages.forEach(usage -> {
            users.putIfAbsent(usage.account(), usage.user());
            if (usage.strategy() == HumeStrategy.TOKEN) {
                tokenUsers.putIfAbsent(usage.account(), usage.user());
            }
        });
    }

    /** By account, what uses it in any way. */
    public SortedMap<String, String> users() {
        return Collections.unmodifiableSortedMap(users);
    }

    /** By account, what uses its access tokens, whatever its strategy is. */
    public SortedMap<String, String> tokenUsers() {
        return Collections.unmodifiableSortedMap(tokenUsers);
    }
}
