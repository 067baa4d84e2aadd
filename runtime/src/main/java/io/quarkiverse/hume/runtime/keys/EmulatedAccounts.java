package io.quarkiverse.hume.runtime.keys;

import java.net.URI;

import jakarta.annotation.Priority;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.quarkiverse.hume.runtime.name.HumeHost;
import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Dev and test mode with the emulator: provides the keys and the base URL of accounts that have no API key, also if the
 * application's own configuration has a value that does not apply: {@code hume.api-key=${HUME_API_KEY}} while the variable is
 * not set, or {@code https://api.cloud.hume.ai} for an account without a key. An account with a key is not changed.
 * <p>
 * Values come from {@code hume-emulated.*}, which the Dev Service sets.
 */
public class EmulatedAccounts implements ConfigBuilder {

    /** Prefix of the properties that the Dev Service sets, instead of {@code hume.}. */
    public static final String PREFIX = "hume-emulated.";

    private static final String HUME = "hume.";
    private static final String EMULATOR = "hume.emulator.url";

    /**
     * Whether an account calls the emulator: that of this process or, for a packaged application under test, that of the
     * process which tests it.
     *
     * @param baseUrl of the account, as it is in effect
     */
    public static boolean isEmulated(URI baseUrl) {
        return baseUrl.toString().equals(ConfigProvider.getConfig().getConfigValue(EMULATOR).getValue());
    }

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        return builder.withInterceptors(new Interceptor());
    }

    /** Inside of expressions, which look up their variables here, and outside of profiles. */
    @Priority(Priorities.LIBRARY + 250)
    private static final class Interceptor implements ConfigSourceInterceptor {

        private static final long serialVersionUID = 1L;

        private final ThreadLocal<Boolean> asking = new ThreadLocal<>();

        @Override
        public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
            if (!name.startsWith(HUME) || asking.get() != null) {
                return context.proceed(name);
            }
            if (!name.endsWith("api-key") && !name.endsWith("secret-key") && !name.endsWith("base-url")) {
                return context.proceed(name);
            }
            ConfigValue emulated = context.proceed(emulated(name));
            String account = name.substring(0, name.lastIndexOf('.') + 1);
            if (emulated == null || hasKey(context, account + "api-key")) {
                return context.proceed(name);
            }
            if (name.endsWith("base-url")) {
                ConfigValue configured = context.proceed(name);
                if (configured != null && HumeHost.isElsewhere(configured.getValue())) {
                    return configured;
                }
            }
            return emulated.withName(name);
        }

        /** The application may leave out the quotes around the name of an account; the Dev Service does not. */
        private static String emulated(String name) {
            AccountProperty property = AccountProperty.parse(name);
            return PREFIX + (property == null ? name : property.quoted()).substring(HUME.length());
        }

        /**
         * Asks the whole chain again, expressions included, but not this interceptor. The Dev Service publishes the
         * emulator's keys as ordinary values too, for the packaged application under test: those do not count.
         */
        private boolean hasKey(ConfigSourceInterceptorContext context, String name) {
            ConfigValue ours = context.proceed(emulated(name));
            asking.set(Boolean.TRUE);
            try {
                ConfigValue value = context.restart(name);
                return value != null && !value.hasProblems() && value.getValue() != null && !value.getValue().isBlank()
                        && !value.getValue().equals(ours.getValue());
            } finally {
                asking.remove();
            }
        }
    }
}
