package io.quarkiverse.hume.runtime.keys;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.annotation.Priority;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.quarkiverse.hume.runtime.name.HumeHost;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Configures accounts without an API key for the emulator in dev and test mode: provides their keys and their base URL. These
 * replace values in the application's configuration that do not apply, such as {@code hume.api-key=${HUME_API_KEY}} while the
 * variable is not set, or the base URL {@code https://api.cloud.hume.ai}. An account with an API key is not changed, so that
 * the keys of a test resource are used. An account whose base URL is on another machine gets none of the emulator's keys.
 * <p>
 * The values come from the properties {@code hume-emulated.*}, which the Dev Service sets.
 */
public class EmulatedAccounts implements ConfigBuilder {

    /** The prefix that the properties of the Dev Service have instead of {@code hume.}. */
    public static final String PREFIX = "hume-emulated.";

    private static final String HUME = "hume.";
    private static final String EMULATOR = "hume.emulator.url";
    private static final String REQUESTED = "hume.devservices.enabled";
    private static final String API_KEY = "api-key";
    private static final String SECRET_KEY = "secret-key";
    private static final String BASE_URL = "base-url";
    private static final String REPLACED = "replaced-base-url";
    private static final String STORE = "credentials-provider";
    private static final String STORE_NAME = "credentials-provider-name";
    private static final List<String> PROPERTIES = List.of(API_KEY, SECRET_KEY, BASE_URL, STORE, STORE_NAME);

    /**
     * Whether the emulator replaces Hume for an account. The emulator runs in this process or, for a packaged application under
     * test, in the process of the test. An account with the key of the emulator also counts as emulated if a test sets another
     * base URL for it.
     *
     * @param account the name of the account
     * @param baseUrl the effective base URL
     * @param apiKey the effective API key
     */
    public static boolean isEmulated(String account, URI baseUrl, Optional<String> apiKey) {
        Config config = ConfigProvider.getConfig();
        String emulated = PREFIX + AccountName.property(account, "api-key").substring(HUME.length());
        return baseUrl.toString().equals(config.getConfigValue(EMULATOR).getValue())
                || apiKey.isPresent() && apiKey.get().equals(config.getConfigValue(emulated).getValue());
    }

    /**
     * The base URL that an emulated account has in the configuration, and that {@code base-url} does not show.
     *
     * @return {@code null} if it is not known: in a packaged application under test, or if it is not an address
     */
    public static URI replacedBaseUrl(String account) {
        String replaced = ConfigProvider.getConfig()
                .getConfigValue(PREFIX + AccountName.property(account, REPLACED).substring(HUME.length())).getValue();
        try {
            return replaced == null ? null : URI.create(replaced.trim());
        } catch (IllegalArgumentException e) {
            return null; // The validation of the application in production reports it.
        }
    }

    /**
     * Whether the emulator replaces the application's beans for keys and tokens, too: in a packaged application under test,
     * which has its beans of production. The test has started the emulator without them, and they may have real keys. An
     * application that requests the emulator explicitly keeps its beans.
     *
     * @param baseUrl the effective base URL of the account
     */
    public static boolean replaceBeans(URI baseUrl) {
        Config config = ConfigProvider.getConfig();
        return !LaunchMode.current().isDevOrTest() && baseUrl.toString().equals(config.getConfigValue(EMULATOR).getValue())
                && !Boolean.parseBoolean(config.getConfigValue(REQUESTED).getValue());
    }

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        return builder.withInterceptors(new Interceptor());
    }

    /**
     * The priority places this interceptor between the one for expressions, whose variables are looked up through it, and the
     * one for profiles, so that it receives names without a profile.
     */
    @Priority(Priorities.LIBRARY + 250)
    private static final class Interceptor implements ConfigSourceInterceptor {

        private static final long serialVersionUID = 1L;

        private final ThreadLocal<Boolean> asking = new ThreadLocal<>();

        @Override
        public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
            if (name.startsWith(PREFIX) && name.endsWith(REPLACED)) {
                return ask(context, HUME + name.substring(PREFIX.length()).replace(REPLACED, BASE_URL));
            }
            if (!name.startsWith(HUME) || asking.get() != null
                    || !PROPERTIES.contains(name.substring(name.lastIndexOf('.') + 1))) {
                return context.proceed(name);
            }
            String account = name.substring(0, name.lastIndexOf('.') + 1);
            if (context.proceed(emulated(account + API_KEY)) == null) {
                return context.proceed(name);
            }
            if (hasKey(context, account + API_KEY)) {
                ConfigValue value = context.proceed(name);
                return name.endsWith(SECRET_KEY) && isOfTheEmulator(context, value, name) ? null : value;
            }
            if (name.endsWith(STORE) || name.endsWith(STORE_NAME)) {
                return null;
            }
            if (name.endsWith(BASE_URL)) {
                ConfigValue configured = ask(context, name);
                return HumeHost.isElsewhere(configured(configured)) ? configured
                        : context.proceed(emulated(name)).withName(name);
            }
            ConfigValue key = context.proceed(emulated(name));
            return key == null || isRemote(configured(ask(context, account + BASE_URL))) ? null : key.withName(name);
        }

        /**
         * Returns the property of the Dev Service for a property of the application. The application may omit the quotes around
         * the name of an account, but the Dev Service always writes them.
         */
        private static String emulated(String name) {
            AccountProperty property = AccountProperty.parse(name);
            return PREFIX + (property == null ? name : property.quoted()).substring(HUME.length());
        }

        /**
         * Whether the account has an API key that is not the emulator's. The Dev Service also publishes the emulator's keys as
         * ordinary properties, for packaged applications under test, and these do not count.
         */
        private boolean hasKey(ConfigSourceInterceptorContext context, String name) {
            ConfigValue ours = context.proceed(emulated(name));
            ConfigValue value = ask(context, name);
            return value != null && !value.hasProblems() && value.getValue() != null && !value.getValue().isBlank()
                    && !value.getValue().equals(ours.getValue());
        }

        /** Whether the value is the secret key of the emulator, which does not belong to an API key of the application. */
        private static boolean isOfTheEmulator(ConfigSourceInterceptorContext context, ConfigValue value, String name) {
            ConfigValue ours = context.proceed(emulated(name));
            return value != null && ours != null && ours.getValue().equals(value.getValue());
        }

        /** Looks the property up in the whole chain of interceptors, including expressions, but without this interceptor. */
        private ConfigValue ask(ConfigSourceInterceptorContext context, String name) {
            asking.set(Boolean.TRUE);
            try {
                return context.restart(name);
            } finally {
                asking.remove();
            }
        }

        private static String configured(ConfigValue value) {
            return value == null ? null : value.getValue();
        }

        /** Whether the base URL is on another machine, to which the emulator's keys must not be sent. */
        private static boolean isRemote(String baseUrl) {
            if (!HumeHost.isElsewhere(baseUrl)) {
                return false;
            }
            try {
                String host = URI.create(baseUrl.trim()).getHost();
                return host == null || !TrustedHosts.isLoopback(host.toLowerCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                return true; // The validation reports that the base URL is invalid.
            }
        }
    }
}
