package io.quarkiverse.hume.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossOriginAccessTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "* | true | true", "* | false | false", "* | | false",
            "/.*/ | true | true", "/.*/ | | false",
            "/.+/ | | true", "/https?:.*/ | | true", "/https:\\/\\/.*/ | | true", "/http:\\/\\/.*/ | | true",
            "/.*:8080/ | | true",
            "null | | true", "null | false | false", "https://app.example,null | | true",
            "https://app.example,/.*/ | | true", "https://app.example,/.*/ | false | false",
            "https://app.example | true | false", "https://app.example | | false",
            "*,https://app.example | true | false", // The filter compares this "*" with the origin.
            "/https:\\/\\/.*\\.app\\.example/ | true | false", "/https:\\/\\/[a-z]+\\.example/ | | false" })
    void everyPage_isNoticed(String origins, Boolean credentials, boolean open) {
        assertThat(new CrossOriginAccess(true, Optional.of(List.of(origins.split(","))), Optional.ofNullable(credentials))
                .isOpenToEveryPage()).isEqualTo(open);
        assertThat(new CrossOriginAccess(false, Optional.of(List.of(origins.split(","))), Optional.ofNullable(credentials))
                .isOpenToEveryPage()).isFalse();
    }

    @Test
    void withoutOrigins_onlyTheOwnOneIsAdmitted() {
        assertThat(new CrossOriginAccess(true, Optional.empty(), Optional.of(true)).isOpenToEveryPage()).isFalse();
    }
}
