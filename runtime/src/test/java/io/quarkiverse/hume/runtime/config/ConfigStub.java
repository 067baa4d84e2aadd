package io.quarkiverse.hume.runtime.config;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.WithDefault;

/**
 * An account's configuration with the defaults that its interfaces declare. The real mapping is generated at build time, and
 * its generator is not on the class path of the runtime module.
 */
final class ConfigStub {

    private final String prefix;
    private final Map<String, String> settings;

    private ConfigStub(String prefix, Map<String, String> settings) {
        this.prefix = prefix;
        this.settings = settings;
    }

    static AccountRuntimeConfig account(Map<String, String> settings) {
        return new ConfigStub("", settings).group(AccountRuntimeConfig.class);
    }

    static BrowserTokenRuntimeConfig browserToken(Map<String, String> settings) {
        return new ConfigStub("", settings).group(BrowserTokenRuntimeConfig.class);
    }

    static RelayRuntimeConfig relay(Map<String, String> settings) {
        return new ConfigStub("", settings).group(RelayRuntimeConfig.class);
    }

    private <T> T group(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
                (proxy, method, arguments) -> value(method)));
    }

    private Object value(Method method) {
        String key = prefix + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        Class<?> type = method.getReturnType();
        if (type == Optional.class) {
            boolean list = method.getGenericReturnType().getTypeName().contains(List.class.getName());
            return Optional.ofNullable(settings.get(key)).map(value -> list ? convert(value, List.class) : value);
        }
        if (type == OptionalInt.class) {
            return settings.containsKey(key) ? OptionalInt.of(Integer.parseInt(settings.get(key))) : OptionalInt.empty();
        }
        WithDefault byDefault = method.getAnnotation(WithDefault.class);
        return byDefault == null ? new ConfigStub(key + ".", settings).group(type)
                : convert(settings.getOrDefault(key, byDefault.value()), type);
    }

    private static Object convert(String value, Class<?> type) {
        if (type == URI.class) {
            return URI.create(value);
        }
        if (type == Duration.class) {
            return DurationConverter.parseDuration(value);
        }
        if (type == MemorySize.class) {
            return new MemorySizeConverter().convert(value);
        }
        if (type == int.class) {
            return Integer.valueOf(value);
        }
        if (type == boolean.class) {
            return Boolean.valueOf(value);
        }
        return type == List.class ? List.of(value.split(",")) : value;
    }
}
