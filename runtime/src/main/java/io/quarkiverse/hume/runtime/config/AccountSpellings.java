package io.quarkiverse.hume.runtime.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.Priorities;
import io.smallrye.config.ProfileConfigSourceInterceptor;
import io.smallrye.config.SmallRyeConfig;

/**
 * Maps all spellings of an account's name to one account, at build time and at run time: a property of an account has the value
 * of the source with the highest ordinal, whichever spelling that source uses, and is listed under the name with quotes.
 * <p>
 * In the environment, {@code customer-care} and {@code EU} are {@code CUSTOMER_CARE} and {@code EU}, which the source of
 * environment variables shows as {@code customer.care} and {@code eu}. Such a name is assigned to the account of this name that
 * another source or the build ({@link #KNOWN}) mentions.
 * <p>
 * Registered as a service, so that it also applies to the configuration of the build. It is its own factory, because a factory
 * states its priority with a method. An annotation with the priority would have to be read by reflection at every start.
 */
public final class AccountSpellings implements ConfigSourceInterceptor, ConfigSourceInterceptorFactory {

    /**
     * The prefix of the properties with which the build passes the names of the accounts that it knows to the running
     * application.
     */
    public static final String KNOWN = "hume-known-accounts.";

    private static final long serialVersionUID = 1L;

    static final String VARIABLE = "HUME_ACCOUNTS_";

    /** A property that every account has, because it has a default value. */
    private static final String ALWAYS = "base-url";

    @Override
    public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
        return this;
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(Priorities.LIBRARY + 225);
    }

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        AccountProperty property = AccountProperty.parse(name);
        if (property == null) {
            return context.proceed(name);
        }
        ConfigValue value = later(context.proceed(property.quoted()), context.proceed(property.plain()));
        return value == null ? null : value.withName(name);
    }

    /**
     * Returns the value from the source with the higher ordinal. If both are from the same source, returns the value for the
     * profile, or otherwise the first one.
     */
    private static ConfigValue later(ConfigValue quoted, ConfigValue plain) {
        if (quoted == null || plain == null) {
            return quoted == null ? plain : quoted;
        }
        int order = ConfigValue.CONFIG_SOURCE_COMPARATOR.compare(quoted, plain);
        boolean onlyPlainIsOfProfile = plain.getProfile() != null && quoted.getProfile() == null;
        return order < 0 || order == 0 && onlyPlainIsOfProfile ? plain : quoted;
    }

    /**
     * Returns the names of all accounts that have properties. Called by the build, which also knows names that do not occur in
     * the configuration.
     *
     * @param used the names that the application uses
     */
    public static Set<String> configured(SmallRyeConfig config, Set<String> used) {
        Set<String> known = new TreeSet<>(used);
        Set<String> variables = new HashSet<>();
        List<String> properties = new ArrayList<>();
        for (ConfigSource source : config.getConfigSources()) {
            boolean environment = source instanceof EnvConfigSource;
            for (String name : source.getPropertyNames()) {
                String active = ProfileConfigSourceInterceptor.activeName(name, config.getProfiles());
                AccountProperty property = AccountProperty.parse(active);
                if (property != null) {
                    properties.add(active);
                    if (!environment || !CanonicalNames.isWithoutModel(property)) {
                        known.add(property.account());
                    }
                } else if (environment) {
                    note(name, variables);
                }
            }
        }
        Set<String> accounts = new TreeSet<>();
        CanonicalNames canonical = new CanonicalNames(known, variables);
        canonical.of(properties).forEach(name -> accounts.add(AccountProperty.parse(name).account()));
        accounts.addAll(canonical.splitNames());
        return accounts;
    }

    /**
     * Finds properties that one source has under two spellings and with two values.
     *
     * @return for each name that takes precedence, the name that is ignored
     */
    public static Map<String, String> contradictions(ConfigSource source) {
        Set<String> names = source.getPropertyNames();
        Map<String, String> found = new TreeMap<>();
        for (String name : names) {
            for (String other : source instanceof EnvConfigSource ? plainVariables(name) : plainName(name)) {
                if (names.contains(other) && !Objects.equals(source.getValue(name), source.getValue(other))) {
                    found.put(name, other);
                }
            }
        }
        return found;
    }

    /** Returns the spelling without quotes of a property that is written with quotes. */
    private static List<String> plainName(String name) {
        int profile = name.startsWith("%") ? name.indexOf('.') + 1 : 0;
        AccountProperty property = AccountProperty.parse(name.substring(profile));
        String prefix = name.substring(0, profile);
        return property == null || !name.equals(prefix + property.quoted()) ? List.of() : List.of(prefix + property.plain());
    }

    /**
     * Returns the possible spellings without quotes of a variable. There may be several, because the name of the account can
     * contain two underscores, so it is not known where it ends.
     */
    private static List<String> plainVariables(String name) {
        int begin = name.indexOf(VARIABLE + '_');
        if (begin < 0 || begin > 0 && !name.startsWith("_")) {
            return List.of();
        }
        List<String> variables = new ArrayList<>();
        int account = begin + VARIABLE.length() + 1;
        for (int end = name.indexOf("__", account); end >= 0; end = name.indexOf("__", end + 1)) {
            variables.add(name.substring(0, account - 1) + name.substring(account, end) + name.substring(end + 1));
        }
        return variables;
    }

    private static void note(String variable, Set<String> variables) {
        if (AccountProperty.startsWithIgnoringCase(variable, VARIABLE)) {
            variables.add(AccountProperty.environmentVariable(variable));
        } else if (variable.startsWith("_")) {
            // The form for a profile, such as _PROD_HUME_ACCOUNTS__CLOUD__API_KEY.
            String form = AccountProperty.environmentVariable(variable);
            int begin = form.indexOf('_' + VARIABLE);
            if (begin >= 0) {
                variables.add(form.substring(begin + 1));
            }
        }
    }

    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        return new Names(context.iterateNames());
    }

    /**
     * Iterates over all names. The properties of accounts come last, because their names can be determined only when all
     * accounts are known.
     */
    private static final class Names implements Iterator<String> {

        private final Iterator<String> names;
        private final List<String> properties = new ArrayList<>();
        private final Set<String> marked = new TreeSet<>();
        private final Set<String> variables = new HashSet<>();
        private Iterator<String> canonical;
        private String next;

        private Names(Iterator<String> names) {
            this.names = names;
        }

        @Override
        public boolean hasNext() {
            while (next == null && names.hasNext()) {
                String name = names.next();
                if (name.startsWith(AccountProperty.PREFIX)) {
                    properties.add(name);
                } else {
                    next = name;
                    if (mayConcernAccounts(name)) {
                        note(name);
                    }
                }
            }
            if (next == null) {
                if (canonical == null) {
                    canonical = properties.isEmpty() && marked.isEmpty() ? Collections.emptyIterator()
                            : canonicalNames().iterator();
                }
                next = canonical.hasNext() ? canonical.next() : null;
            }
            return next != null;
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            String name = next;
            next = null;
            return name;
        }

        /**
         * Rules out most names by their first character, because all names of the application are iterated several times at
         * every start.
         */
        private static boolean mayConcernAccounts(String name) {
            char first = name.isEmpty() ? ' ' : name.charAt(0);
            return first == 'h' || first == 'H' || first == '_';
        }

        private Set<String> canonicalNames() {
            Set<String> result = new CanonicalNames(marked, variables).of(properties);
            marked.forEach(account -> result.add(AccountProperty.quoted(account, ALWAYS)));
            return result;
        }

        private void note(String name) {
            if (name.startsWith(KNOWN)) {
                marked.add(name.substring(KNOWN.length()));
            } else {
                AccountSpellings.note(name, variables);
            }
        }
    }
}
