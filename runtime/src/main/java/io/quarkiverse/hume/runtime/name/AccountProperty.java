package io.quarkiverse.hume.runtime.name;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A property of a named account, independent of the spelling: {@code hume.accounts."cloud".api-key} and {@code
 * hume.accounts.cloud.api-key} are the same property. No other class parses the names of such properties.
 *
 * @param account the name of the account, without quotes
 * @param key the name of the property within the account, such as {@code token.timeout}
 */
public record AccountProperty(String account, String key) {

    public static final String PREFIX = "hume.accounts.";

    /** @return {@code null} if the property is not one of a named account */
    public static AccountProperty parse(String property) {
        if (!property.startsWith(PREFIX)) {
            return null;
        }
        boolean quoted = property.startsWith("\"", PREFIX.length());
        int begin = PREFIX.length() + (quoted ? 1 : 0);
        int end = property.indexOf(quoted ? "\"." : ".", begin);
        int key = end + (quoted ? 2 : 1);
        return end <= begin || key >= property.length() ? null
                : new AccountProperty(property.substring(begin, end), property.substring(key));
    }

    /** The spelling with quotes around the account name, as in messages and in the documentation. */
    public String quoted() {
        return quoted(account, key);
    }

    public static String quoted(String account, String key) {
        return PREFIX + '"' + account + "\"." + key;
    }

    /** The spelling without quotes around the account name. Only a name with dots needs the quotes. */
    public String plain() {
        return PREFIX + account + '.' + key;
    }

    /**
     * The name of an account in an environment variable. Accounts with the same result cannot be distinguished there.
     */
    public static String environmentForm(String account) {
        return environmentVariable(account);
    }

    /** @return a map from each account to an alphabetically earlier account that has the same environment variables */
    public static Map<String, String> indistinguishable(Collection<String> accounts) {
        if (accounts.size() < 2) {
            return Map.of();
        }
        Map<String, String> byForm = new TreeMap<>();
        Map<String, String> clashes = new TreeMap<>();
        for (String account : new TreeSet<>(accounts)) {
            String earlier = byForm.putIfAbsent(environmentForm(account), account);
            if (earlier != null) {
                clashes.put(account, earlier);
            }
        }
        return clashes;
    }

    /** Why two accounts cannot both exist, as a sentence without the full stop. */
    public static String describeClash(String account, String other) {
        return "The Hume accounts \"" + other + "\" and \"" + account + "\" cannot be told apart in environment variables:"
                + " both are " + environmentVariable(quoted(account, "")) + "... there. Rename one of them, or write"
                + " the name the same way everywhere";
    }

    /** Whether both accounts have the same environment variables. */
    public static boolean isSameInEnvironment(String account, String other) {
        return environmentForm(account).equals(environmentForm(other));
    }

    /**
     * The name of the environment variable for a property, according to MicroProfile Config, "Environment Variables Mapping
     * Rules".
     */
    public static String environmentVariable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /**
     * Whether the text starts with the prefix, ignoring case. Used for the names that the source of environment variables
     * derives from its variables.
     */
    public static boolean startsWithIgnoringCase(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
