package io.quarkiverse.hume.runtime.devui.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedKeyTest {

    @ParameterizedTest
    @ValueSource(strings = { "abcdefgh1234", "a-much-longer-key-that-ends-with-1234" })
    void longKey_showsItsLastFourCharacters_andNothingOfItsLength(String key) {
        assertThat(MaskedKey.of(key, "a file")).isEqualTo(new MaskedKey("••••••••1234", "a file"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "abcdefg1234", "1234", "1" })
    void shortKey_showsNothing(String key) {
        assertThat(MaskedKey.of(key, "a file").masked()).isEqualTo("••••••••");
    }

    @Test
    void text_containsOnlyTheMask() {
        assertThat(MaskedKey.of("canary-key-1234", "a file")).hasToString("MaskedKey[masked=••••••••1234, source=a file]");
    }
}
