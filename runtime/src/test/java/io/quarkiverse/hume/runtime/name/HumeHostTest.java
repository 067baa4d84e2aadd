package io.quarkiverse.hume.runtime.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumeHostTest {

    @ParameterizedTest
    @CsvSource({ "hume.ai, true", "api.hume.ai, true", "api.cloud.hume.ai, true", "nothume.ai, false", "hume.ai.example, false",
            "127.0.0.1, false", ", false" })
    void host_isHumesOrNot(String host, boolean expected) {
        assertThat(HumeHost.isHume(host)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "https://api.hume.ai, false", "HTTPS://API.HUME.AI, false", "' https://api.cloud.hume.ai/ ', false",
            "http://localhost:8080, true", "https://hume.ai.example, true",
            "https://hume.ai, false", "https://api.hume.ai:443/v0/, false", "${URL}, false", ", false", "no host, true",
            "relative, true", "api.hume.ai, true", "http://api.hume.ai, true",
            "https://api.hume.ai?x=1, true", "https://user@api.hume.ai, true" })
    void baseUrl_isElsewhereOrNot(String baseUrl, boolean expected) {
        assertThat(HumeHost.isElsewhere(baseUrl)).isEqualTo(expected);
    }
}
