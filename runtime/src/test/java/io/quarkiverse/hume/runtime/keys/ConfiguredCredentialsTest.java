package io.quarkiverse.hume.runtime.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeCredentials;
import io.smallrye.config.SmallRyeConfigBuilder;

class ConfiguredCredentialsTest {

    /** A source that blocks in {@code getValue}, like sources that read a file or call a server. */
    private static final class SlowSource implements ConfigSource {

        private static final Map<String, String> VALUES = Map.of("hume.api-key", "key", "hume.secret-key", "secret");

        private final Queue<Thread> readers = new ConcurrentLinkedQueue<>();

        @Override
        public Set<String> getPropertyNames() {
            return VALUES.keySet();
        }

        @Override
        public String getValue(String property) {
            if (property.startsWith("hume.")) {
                readers.add(Thread.currentThread());
            }
            return VALUES.get(property);
        }

        @Override
        public String getName() {
            return "slow";
        }
    }

    @Test
    void configuration_isNotReadOnTheThreadOfTheCaller() {
        SlowSource source = new SlowSource();
        ConfiguredCredentials credentials = new ConfiguredCredentials(
                new SmallRyeConfigBuilder().withSources(source).build());
        source.readers.clear();
        HumeCredentials keys = credentials.getCredentials(HumeAccount.DEFAULT).await().indefinitely();
        assertThat(keys.apiKey()).isEqualTo("key");
        assertThat(source.readers).isNotEmpty().doesNotContain(Thread.currentThread());
    }
}
