package io.quarkiverse.hume.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedHostEntryTest {

    @ParameterizedTest
    @ValueSource(strings = { "api.hume.ai", "*.hume.ai", "*.a.b.hume.ai", "API.Hume.AI", "*.HUME.ai", "localhost", "gateway",
            "127.0.0.1", "10.0.0.5", "[::1]", "[2001:db8::1]", "voice-gateway.acme.org", "*.acme.co.uk", "*.acme.github.io",
            "*.voice.westeurope.azurecontainerapps.io", "*.voice.eu-west-1.elasticbeanstalk.com", "xn--bcher-kva.example",
            "*.xn--bcher-kva.example", "*.example.com", "*.com.example", "co.uk", "a.github.io" })
    void entry_hostOrDomain_isAccepted(String entry) {
        assertThat(TrustedHostEntry.violation(entry)).isNull();
    }

    @ParameterizedTest
    @CsvSource({ ".hume.ai,Write \"*.hume.ai\"", "hume.ai.,Write \"hume.ai\"", "*.hume.ai.,Write \"*.hume.ai\"",
            "https://api.hume.ai/v0,Write the host alone: \"api.hume.ai\"",
            "HTTPS://u@api.hume.ai:1,Write the host alone: \"api.hume.ai\"",
            "api.hume.ai:443,Write the host alone: \"api.hume.ai\"", "[::1]:80,Write the host alone: \"[::1]\"",
            "api.hume.ai/v0,Write the host alone: \"api.hume.ai\"", "user@api.hume.ai,Write the host alone: \"api.hume.ai\"",
            "api.hume.ai\\x,Write the host alone: \"api.hume.ai\"", "b\u00fccher.example,Write \"xn--bcher-kva.example\"",
            "*.b\u00fccher.example,Write \"*.xn--bcher-kva.example\"", "api\u3002hume\u3002ai,Write \"api.hume.ai\"",
            "\uff48ume.ai,Write \"hume.ai\"", "*.127.0.0.1,Write \"127.0.0.1\"", "*.[::1],Write \"[::1]\"",
            "*.localhost,Write \"localhost\"" })
    void entry_mistaken_isRejectedWithTheRightOne(String entry, String suggestion) {
        assertThat(TrustedHostEntry.violation(entry)).contains(suggestion);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "*", "*.", ".", "..", "...", "*..", "*..ai", "**", "*.*", "*.*.ai", "**.hume.ai",
            "a.*.ai", "*hume.ai", "hume.*", "*.a*.ai", "a..b", ".*", "..hume.ai", "a b.ai", "a\tb.ai", "a,b", "a;b.ai",
            "-a.hume.ai", "a-.hume.ai", "a_b.hume.ai", "%61pi.hume.ai", "127.1", "2130706433", "0x7f.1", "1.2.3", "256.1.1.1",
            "[::1", "::1", "[::g]", "[fe80::1%25eth0]", "hume.ai:", ":443", "//hume.ai", "*.1.2", "hume.0" })
    void entry_thatCannotMatchOrMatchesAll_isRejected(String entry) {
        assertThat(TrustedHostEntry.violation(entry)).as(entry).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "*.com", "*.ai", "*.uk", "*.co.uk", "*.CO.UK", "*.com.au", "*.co.jp", "*.com.br", "*.ac.uk",
            "*.gov.uk", "*.or.jp", "*.github.io", "*.herokuapp.com", "*.amazonaws.com", "*.run.app", "*.vercel.app",
            "*.pages.dev", "*.ngrok-free.app", "*.nip.io", "*.internal", "*.local",
            "*.lan", "*.xn--p1ai", "*.us-central1.run.app", "*.westeurope.azurecontainerapps.io",
            "*.uksouth.cloudapp.azure.com", "*.eu-west-1.elasticbeanstalk.com", "*.us-east-1.on.aws",
            "*.lambda-url.us-east-1.on.aws", "*.s3.amazonaws.com", "*.execute-api.eu-west-1.amazonaws.com",
            "*.eu-central-1.elb.AMAZONAWS.com", "*.abc.execute-api.eu-west-1.amazonaws.com", "*.gob.mx", "*.sch.uk",
            "*.core.windows.net", "*.blob.core.windows.net", "*.ne.jp" })
    void entry_domainOfManyOwners_isRejected(String entry) {
        assertThat(TrustedHostEntry.violation(entry)).contains("many owners", "Name the hosts");
    }

    /** Longer than names in DNS can be. */
    @Test
    void entry_tooLong_isRejected() {
        String label = "a".repeat(63);
        assertThat(TrustedHostEntry.violation(label + ".ai")).isNull();
        assertThat(TrustedHostEntry.violation(label + "a.ai")).isNotNull();
        assertThat(TrustedHostEntry.violation("*.api." + label + "a")).isNotNull();
        assertThat(TrustedHostEntry.violation("*." + (label + ".").repeat(4) + "ai")).isNotNull();
    }

    @Test
    void entry_unicodeWithoutAnAsciiForm_isRejectedWithoutASuggestion() {
        assertThat(TrustedHostEntry.violation("\u202ehume.ai")).contains("cannot have").doesNotContain("Write");
    }
}
