package io.quarkiverse.hume.deployment.account;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.spi.HumeAccountInjectionBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeTokensInjectionBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeUsageBuildItem;

/** Determines what uses each account in the application, such as a REST client. Messages name one of these uses. */
public final class AccountUsers {

    private final SortedMap<String, String> users = new TreeMap<>();
    private final SortedMap<String, String> tokenUsers = new TreeMap<>();

    /** @param injections empty while beans have not been discovered yet */
    public AccountUsers(List<HumeUsageBuildItem> usages, List<HumeTokensInjectionBuildItem> injections) {
        this(usages, injections, List.of());
    }

    AccountUsers(List<HumeUsageBuildItem> usages, List<HumeTokensInjectionBuildItem> injections,
            List<HumeAccountInjectionBuildItem> otherInjections) {
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
        otherInjections.forEach(injection -> users.putIfAbsent(injection.account(), injection.user()));
    }

    /** A description of something that uses the account, by account. */
    public SortedMap<String, String> users() {
        return Collections.unmodifiableSortedMap(users);
    }

    /** A description of something that uses access tokens of the account regardless of its strategy, by account. */
    public SortedMap<String, String> tokenUsers() {
        return Collections.unmodifiableSortedMap(tokenUsers);
    }
}
