package io.quarkiverse.hume.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class BuildTimePropertiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "hume.strategy | api-key | API_KEY | true", "hume.strategy | token | token | true",
            "hume.accounts.eu.strategy | TOKEN | token | true", "hume.strategy | token | auto | false",
            "hume.shared-state | REDIS | redis | true",
            "hume.shared-state.client-name | Redis | redis | false", "hume.relay.enabled | True | true | true",
            "hume.relay.enabled | false | true | false", "hume.relay.roles-allowed | a,b | b, a | true",
            "hume.relay.roles-allowed | a,b | a | false", "hume.relay.roles-allowed | Admin | admin | false",
            "hume.relay.path | /Hume | /hume | false", "hume.relay.account | my_team | my-team | false",
            "hume.rest-clients | tts | '' | false" })
    void values_areComparedAsTheyAreRead(String property, String now, String before, boolean same) {
        assertThat(BuildTimeProperties.isSame(property, now, before)).isEqualTo(same);
    }

    @Test
    void elementsWithAnIndex_areAList() {
        SmallRyeConfig config = new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(
                Map.of("hume.relay.allow[0]", "GET /v0/a", "hume.relay.allow[1]", "WS /v0/b", "hume.rest-clients", "tts"),
                "application.properties", 250)).build();
        assertThat(BuildTimeProperties.value("hume.relay.allow", config)).isEqualTo("GET /v0/a,WS /v0/b");
        assertThat(BuildTimeProperties.value("hume.rest-clients", config)).isEqualTo("tts");
        assertThat(BuildTimeProperties.value("hume.strategy", config)).isNull();
    }

    @ParameterizedTest
    @CsvSource({ "250,GET /v0/c", "300,GET /v0/c", "200,GET /v0/a" })
    void elementsWithAnIndex_applyUnlessThePropertyHasPrecedence(int ordinal, String expected) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of("hume.relay.allow", "GET /v0/a"), "one", 250),
                        new PropertiesConfigSource(Map.of("hume.relay.allow[0]", "GET /v0/c"), "other", ordinal))
                .build();
        assertThat(BuildTimeProperties.value("hume.relay.allow", config)).isEqualTo(expected);
        assertThat(config.getValues("hume.relay.allow", String.class)).as("what Quarkus reads").containsExactly(expected);
    }
}
