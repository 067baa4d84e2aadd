package io.quarkiverse.hume.runtime.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayedHeadersTest {

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
            "a=1&b=2 ?a=1&b=2", "a=%7B%7d ?a=%7B%7d", "a={} ?a=%7B%7D", "a=100% ?a=100%25", "a=%zz ?a=%25zz",
            "api_key=k&a=1 ?a=1", "%zz=1&a=1 ?a=1", "a=\u00c3\u00bc ?a=%C3%BC", "a=b?c/d:e@f ?a=b?c/d:e@f",
            "a=[1] ?a=[1]" })
    void queries_areForwarded(String received, String forwarded) {
        assertThat(RelayedHeaders.query(received)).isEqualTo(forwarded);
    }

    @Test
    void queryOfAnyBytes_isOneOfAUri() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int run = 0; run < 10_000; run++) {
            StringBuilder query = new StringBuilder("a=");
            for (int i = 0; i < 20; i++) {
                query.append(random.nextBoolean() ? (char) random.nextInt(256) : "%{4fF".charAt(random.nextInt(5)));
            }
            String forwarded = RelayedHeaders.query(query.toString());
            assertThat(URI.create("https://api.hume.ai/v0/tts" + forwarded).getRawPath()).as("seed %s: %s", seed, query)
                    .isEqualTo("/v0/tts");
        }
    }
}
