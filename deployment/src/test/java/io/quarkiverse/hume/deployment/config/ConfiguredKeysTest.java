package io.quarkiverse.hume.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeAccount;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The configuration of a build for production, seen from a build for tests. */
class ConfiguredKeysTest {

    /** Sources that no file contains: the properties of Maven and Gradle, and the overrides of a test profile. */
    @ParameterizedTest
    @ValueSource(strings = { "Build system", "Runtime Properties" })
    void propertiesOfTheBuildTool_areThoseOfProductionToo(String source) {
        Properties properties = new Properties();
        properties.put("%prod.hume.api-key", "${K}");
        properties.put("hume.accounts.cloud.secret-key", "${S}");
        properties.put("%test.hume.secret-key", "${S}");
        properties.put("quarkus.profile", "mine");
        ConfiguredKeys production = ConfiguredKeys.ofProduction(build(new PropertiesConfigSource(properties, source)));
        assertThat(production.isConfigured(HumeAccount.DEFAULT, "api-key")).isTrue();
        assertThat(production.isConfigured(HumeAccount.DEFAULT, "secret-key")).isFalse();
        assertThat(production.isConfigured("cloud", "secret-key")).isTrue();
    }

    /** The profile of a test, and the parent of the profile of production. */
    @ParameterizedTest
    @ValueSource(strings = { "quarkus.profile", "quarkus.test.profile", "smallrye.config.profile" })
    void profileOfProduction_hasItsParents(String profile) {
        Properties properties = new Properties();
        properties.put("config_ordinal", String.valueOf(Integer.MAX_VALUE));
        properties.put(profile, "mine");
        properties.put("%prod.quarkus.config.profile.parent", "common");
        properties.put("%common.hume.api-key", "${K}");
        properties.put("%mine.hume.secret-key", "${S}");
        ConfiguredKeys production = ConfiguredKeys
                .ofProduction(build(new PropertiesConfigSource(properties, "Build system")));
        assertThat(production.isConfigured(HumeAccount.DEFAULT, "api-key")).isTrue();
        assertThat(production.isConfigured(HumeAccount.DEFAULT, "secret-key")).isFalse();
    }

    /** A file of another profile is not one of production. */
    @Test
    void filesOfTheBuild_areNot() {
        ConfiguredKeys production = ConfiguredKeys.ofProduction(build(new PropertiesConfigSource(
                Map.of("hume.api-key", "${K}"), "PropertiesConfigSource[source=application-test.properties]", 260)));
        assertThat(production.isConfigured(HumeAccount.DEFAULT, "api-key")).isFalse();
    }

    private static SmallRyeConfig build(PropertiesConfigSource source) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile("test").withSources(source).build();
    }
}
