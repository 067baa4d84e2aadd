package io.quarkiverse.hume.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildTimePropertiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "api-key | API_KEY | true", "token | token | true", "a,b | b, a | true",
            "True | true | true", "token | auto | false", "a,b | a | false", "tts | '' | false" })
    void values_areComparedAsTheyAreRead(String now, String before, boolean same) {
        assertThat(BuildTimeProperties.isSame(now, before)).isEqualTo(same);
    }
}
