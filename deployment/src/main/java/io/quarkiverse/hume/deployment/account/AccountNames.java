package io.quarkiverse.hume.deployment.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.message.Violations;
import io.quarkiverse.hume.deployment.spi.HumeAccountNamesBuildItem;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Collects the names of all accounts from annotations and from the configuration. */
final class AccountNames {

    private AccountNames() {
    }

    /**
     * @param annotated the names in annotations and qualifiers
     * @param production the configuration of a build for production, whose other accounts are known, too; in a build for
     *        production, the same as {@code keys}
     * @throws ConfigurationException if two accounts have the same environment variables, or the name of an account cannot be
     *         written in a configuration
     */
    static HumeAccountNamesBuildItem merge(Set<String> annotated, ConfiguredKeys keys, ConfiguredKeys production) {
        Set<String> used = new TreeSet<>(annotated);
        used.addAll(keys.accountsOfProperties());
        used.remove(HumeAccount.DEFAULT);
        Set<String> configured = new TreeSet<>(keys.namedAccounts(used));
        Set<String> known = new TreeSet<>(used);
        known.addAll(configured);
        production.namedAccounts(known).stream()
                .filter(name -> known.stream().noneMatch(other -> AccountProperty.isSameInEnvironment(name, other)))
                .forEach(configured::add);
        Set<String> names = new TreeSet<>(used);
        names.addAll(configured);
        Violations.fail("The build cannot work with the names of these Hume accounts", violations(names),
                names.stream().map(name -> AccountName.property(name, "api-key")).toArray(String[]::new));
        return new HumeAccountNamesBuildItem(names, configured);
    }

    private static List<String> violations(Set<String> names) {
        Set<String> violations = new TreeSet<>();
        AccountProperty.indistinguishable(names)
                .forEach((name, other) -> violations.add(AccountProperty.describeClash(name, other)));
        for (String name : names) {
            if (name.isBlank() || !name.equals(name.strip()) || name.contains("\"")) {
                violations.add("The name of the Hume account \"" + name + "\" cannot be written in a configuration. Use"
                        + " letters, digits, dashes and dots");
            }
        }
        return new ArrayList<>(violations);
    }
}
