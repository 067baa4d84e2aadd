package io.quarkiverse.hume.runtime.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class KeySourceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "PropertiesConfigSource[source=file:/app/target/classes/application.properties] | application.properties",
            "PropertiesConfigSource[source=application-dev.properties] | application-dev.properties",
            "PropertiesConfigSource[source=jar:file:/app.jar!/application.properties] | application.properties",
            "SysPropConfigSource | the system property hume.accounts.\"cloud\".api-key",
            "EnvConfigSource | the environment variable HUME_ACCOUNTS__CLOUD__API_KEY",
            "Hume secrets directory | Hume secrets directory",
            "vault | vault" })
    void source_isNamedInPlainLanguage(String name, String described) {
        assertThat(KeySource.describe("hume.accounts.\"cloud\".api-key", name)).isEqualTo(described);
    }

    @Test
    void expression_isNamed_butNoPartOfAKey() {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDefaultInterceptors().withSources(new PropertiesConfigSource(
                Map.of("hume.api-key", "${SOME_KEY}", "SOME_KEY", "canary", "hume.secret-key", "canary-${SOME_KEY}",
                        "hume-emulated.accounts.\"cloud\".api-key", "canary", "hume.accounts.\"cloud\".api-key", "canary"),
                "test", 100)).build();
        ConfiguredCredentials credentials = new ConfiguredCredentials(config);
        assertThat(credentials.source("hume.api-key")).isEqualTo("test: ${SOME_KEY}");
        assertThat(credentials.source("hume.secret-key")).isEqualTo("test");
        assertThat(credentials.source("hume.accounts.\"cloud\".api-key")).isEqualTo("the emulator");
        assertThat(credentials.source("hume.accounts.\"other\".api-key")).isEqualTo("nowhere");
    }
}
