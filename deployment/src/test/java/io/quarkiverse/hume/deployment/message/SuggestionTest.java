package io.quarkiverse.hume.deployment.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({ "clod,cloud", "Cloud,cloud", "cluod,cloud", "cloudd,cloud", "evi,eva", "staging-eu,staging-us" })
    void misspelling_suggestsTheIntendedName(String name, String meant) {
        assertThat(Suggestion.of(name, Set.of("cloud", "eva", "staging-us")))
                .isEqualTo(" Did you mean \"" + meant + "\"?");
    }

    @ParameterizedTest
    @CsvSource({ "voice", "x", "production" })
    void otherName_findsNothing(String name) {
        assertThat(Suggestion.of(name, Set.of("cloud", "eva", "staging-us"))).isEmpty();
    }
}
