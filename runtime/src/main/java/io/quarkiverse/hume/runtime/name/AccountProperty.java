package io.quarkiverse.hume.runtime.name;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A property of a named account, however the name is written: {@code hume.accounts."cloud".api-key} and
 * {@code hume.accounts.cloud.api-key} are the same. No other class parses the names of such properties.
 *
 * @param account the name of the account, without quotes
 * @param key the rest, such as {@code token.timeout}
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

    /** As messages and the documentation write it. */
    public String quoted() {
        return quoted(account, key);
    }

    public static String quoted(String account, String key) {
        return PREFIX + '"' + account + "\"." + key;
    }

    /** Without the quotes, which only a name with dots needs. */
    public String plain() {
        return PREFIX + account + '.' + key;
    }

    /**
     * The name of an account in an environment variable. Accounts with the same result cannot be distinguished there.
     */
    public static String environmentForm(String account) {
        return environmentVariable(account);
    }

    /** @return by name, in alphabetical order, the earlier name that the environment cannot distinguish from it */
    public static Map<String, String> indistinguishable(Collection<String> accounts) {
        Map<String, String> byForm = new TreeMap<>();
        Map<String, String> clashes = new TreeMap<>();
        for (String account : accounts.stream().sorted().toList()) {
            String earlier = byForm.putIfAbsent(environmentForm(account), account);
            if (earlier != null) {
                clashes.put(account, earlier);
            }
        }
        return clashes;
    }

    /** Why two accounts cannot exist side by side, as a sentence without the final stop. */
    public static String describeClash(String account, String other) {
        return "The Hume accounts \"" + other + "\" and \"" + account + "\" cannot be told apart in environment variables:"
                + " both are " + environmentVariable(quoted(account, "")) + "... there. Rename one of them, or write"
                + " the name the same way everywhere";
    }

    /** Whether both names are one in the environment. */
    public static boolean isSameInEnvironment(String account, String other) {
        return environmentForm(account).equals(environmentForm(other));
    }

    /** The name under which the environment has a property: MicroProfile Config, "Environment Variables Mapping Rules". */
    public static String environmentVariable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** For comparisons with what the environment source makes of its variables, where case does not count. */
    public static boolean startsWithIgnoringCase(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
