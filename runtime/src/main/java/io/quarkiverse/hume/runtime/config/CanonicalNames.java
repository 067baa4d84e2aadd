package io.quarkiverse.hume.runtime.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.hume.runtime.name.AccountProperty;

/** Determines the canonical name of each property of an account, which has the name of the account in quotes. */
final class CanonicalNames {

    private final Set<String> known;
    private final Set<String> variables;
    private final Set<String> result = new LinkedHashSet<>();

    /** Accounts whose variables were split at a dash of the name. Their values are found by the complete name. */
    private final Set<String> splitNames = new TreeSet<>();

    CanonicalNames(Set<String> known, Set<String> variables) {
        this.known = new TreeSet<>(known);
        this.variables = variables;
    }

    /** @param properties the names of properties of accounts, in any spelling */
    Set<String> of(List<String> properties) {
        List<AccountProperty> quotedVariables = new ArrayList<>();
        List<AccountProperty> plainVariables = new ArrayList<>();
        for (String name : properties) {
            AccountProperty property = AccountProperty.parse(name);
            if (property == null) {
                result.add(name);
            } else if (!isVariable(name, property)) {
                known.add(property.account());
                result.add(property.quoted());
            } else if (name.equals(property.quoted())) {
                quotedVariables.add(property);
            } else {
                plainVariables.add(property);
            }
        }
        quotedVariables.forEach(property -> variable(property, property.quoted()));
        plainVariables.forEach(property -> variable(property, property.plain()));
        return result;
    }

    private boolean isVariable(String name, AccountProperty property) {
        return isWithoutModel(property) && variables.contains(AccountProperty.environmentVariable(name));
    }

    /**
     * Whether the source of environment variables may have derived the account name from a variable alone, without a property
     * that shows its spelling. Such names consist of lower-case letters, digits, dots and, around a number that may be an
     * index, brackets.
     */
    static boolean isWithoutModel(AccountProperty property) {
        return property.account().chars()
                .allMatch(c -> ".[]".indexOf(c) >= 0 || c >= 'a' && c <= 'z' || c >= '0' && c <= '9');
    }

    private void variable(AccountProperty property, String name) {
        String account = owner(AccountProperty.environmentVariable(name).substring(AccountSpellings.VARIABLE.length()));
        if (account == null) {
            String suggested = property.account().replace('[', '.').replace(']', '.');
            known.add(suggested);
            result.add(AccountProperty.quoted(suggested, property.key()));
        } else if (AccountProperty.isSameInEnvironment(account, property.account())) {
            result.add(AccountProperty.quoted(account, property.key()));
        } else {
            splitNames.add(account);
        }
    }

    /**
     * @param variable the name of a variable without the prefix, such as {@code _CUSTOMER_CARE__API_KEY} or {@code
     *        CUSTOMER_CARE_API_KEY}
     * @return the longest known account name that the variable can begin with; {@code null} if there is none
     */
    private String owner(String variable) {
        String owner = null;
        for (String account : known) {
            String form = AccountProperty.environmentForm(account);
            if ((variable.startsWith(form + '_') || variable.startsWith('_' + form + "__"))
                    && (owner == null || owner.length() < account.length())) {
                owner = account;
            }
        }
        return owner;
    }

    /** Accounts whose names were found only as parts of variables, by {@link #of}. */
    Set<String> splitNames() {
        return splitNames;
    }
}
