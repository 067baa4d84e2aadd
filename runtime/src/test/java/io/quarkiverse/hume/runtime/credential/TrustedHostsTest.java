package io.quarkiverse.hume.runtime.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

class TrustedHostsTest {

    private static final URI BASE = URI.create("https://api.hume.ai");

    private final TrustedHosts hosts = new TrustedHosts("cloud", BASE, List.of("*.hume.ai", "gateway.example.com"), false);

    @ParameterizedTest
    @ValueSource(strings = { "https://api.hume.ai", "https://api.hume.ai/v0/batch?x=1#y", "https://API.Hume.AI/v0",
            "HTTPS://api.hume.ai", "https://api.hume.ai:443", "https://api.hume.ai:8443", "wss://api.hume.ai/v0/evi/chat",
            "https://cloud.hume.ai", "https://a.b.c.hume.ai", "https://gateway.example.com",
            "https://GATEWAY.example.com:9000", "https://user:pass@api.hume.ai/", "https://xn--bcher-kva.hume.ai" })
    void host_trusted_isAccepted(String destination) {
        assertThat(hosts.violation(URI.create(destination))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://evil.com", "https://evilhume.ai", "https://api.evilhume.ai", "https://hume.ai.evil.com",
            "https://api.hume.ai.evil.com", "https://hume.ai", "https://api-hume.ai", "https://hume.ai.",
            "https://api.hume.ai.",
            "https://api.hume.aix", "https://api.hume.a", "https://api.hume.ai@evil.com", "https://api.hume.ai:443@evil.com",
            "https://user:api.hume.ai@evil.com/", "https://evil.com/api.hume.ai", "https://evil.com?host=api.hume.ai",
            "https://evil.com#@api.hume.ai", "https://xn--hume-8na.ai", "https://api.xn--hum-dma.ai",
            "https://sub.gateway.example.com", "https://example.com", "https://gateway.example.com.evil.com",
            "https://127.0.0.1", "https://localhost", "https://[::1]", "https://[2001:db8::1]" })
    void host_notTrusted_isRejected(String destination) {
        assertRejected(hosts, destination, "is not trusted");
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://api.hum\u00e9.ai", "https://api\u3002hume.ai", "https://ap\u0456.hume.ai",
            "https://api_x.hume.ai", "https:///path", "https:api.hume.ai", "/v0/batch", "//api.hume.ai/x",
            "mailto:x@api.hume.ai" })
    void host_cannotBeRead_isRejected(String destination) {
        assertRejected(hosts, destination, "no host that could be checked");
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://api.hume.ai", "HTTP://api.hume.ai", "ws://api.hume.ai", "http://api.hume.ai:443",
            "ftp://api.hume.ai", "httpsx://api.hume.ai" })
    void scheme_withoutTls_isRejected(String destination) {
        assertRejected(hosts, destination, "unencrypted");
    }

    /** The emulator replaces Hume for other accounts: the credential of this one may be real. */
    @ParameterizedTest
    @ValueSource(strings = { "http://127.0.0.1:8123/v0", "http://localhost:8123/v0", "HTTP://LOCALHOST:8123",
            "ws://[::1]:8123/v0/evi/chat", "https://127.0.0.1:8123" })
    void emulatorOfOtherAccounts_isRejected(String destination) {
        TrustedHosts beside = TrustedHosts.besideEmulator("cloud", BASE, List.of("*.hume.ai"), true,
                URI.create("http://127.0.0.1:8123"));
        assertThat(beside.violation(URI.create("http://127.0.0.1:8124/v0"))).isNull();
        assertThat(beside.violation(URI.create("http://localhost/v0"))).isNull();
        assertThat(beside.violation(BASE)).isNull();
        assertThat(beside.isEmulated()).isFalse();
        assertRejected(beside, destination, "the emulator at http://127.0.0.1:8123 does not replace Hume for this account");
        assertRejected(beside, destination, "hume.accounts.\"cloud\".api-key");
        URI hume = URI.create("https://api.hume.ai/v0");
        assertThat(beside.destination(hume)).isSameAs(hume);
    }

    @Test
    void scheme_missingAfterAnAcceptedHost_isRejected() {
        assertThat(hosts.violation(BASE)).isNull();
        assertRejected(hosts, "//api.hume.ai/x", "no host that could be checked");
    }

    @Test
    void memory_ofAnAcceptedHost_doesNotCoverOthers() {
        for (int repetition = 0; repetition < 2; repetition++) {
            assertThat(hosts.violation(BASE)).isNull();
            assertRejected(hosts, "http://api.hume.ai", "unencrypted");
            assertThat(hosts.violation(URI.create("https://cloud.hume.ai"))).isNull();
            assertRejected(hosts, "https://evil.com", "is not trusted");
        }
    }

    @Test
    void baseHost_noPatterns_isTheOnlyOne() {
        TrustedHosts only = new TrustedHosts("cloud", URI.create("https://API.hume.ai/x"), List.of(), false);
        assertThat(only.violation(BASE)).isNull();
        assertRejected(only, "https://cloud.hume.ai", "is not trusted");
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://localhost:8080", "http://LOCALHOST", "http://127.0.0.1:1234", "http://127.1.2.3",
            "http://[::1]:8080", "ws://[::1]", "https://localhost" })
    void loopback_inDevMode_needsNeitherNameNorTls(String destination) {
        assertThat(dev().violation(URI.create(destination))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://127.0.0.1.evil.com", "http://localhost.evil.com", "http://evil-localhost",
            "http://127.0.0",
            "http://1127.0.0.1", "http://128.0.0.1", "http://0.0.0.0", "http://[::2]", "http://[::ffff:127.0.0.1]",
            "http://localhost@evil.com", "http://192.168.0.1" })
    void loopback_lookalikeInDevMode_isRejected(String destination) {
        HumeAuthenticationException violation = dev().violation(URI.create(destination));
        assertThat(violation).isNotNull();
        assertThat(violation.reason()).isEqualTo(Reason.UNTRUSTED_DESTINATION);
    }

    @ParameterizedTest
    @CsvSource({ "localhost,http://localhost:8080", "127.0.0.1,http://127.0.0.1", "[::1],http://[::1]:8080/x" })
    void loopback_namedInProduction_isAcceptedWithoutTls(String pattern, String destination) {
        TrustedHosts named = new TrustedHosts("cloud", BASE, List.of(pattern), false);
        assertThat(named.violation(URI.create(destination))).isNull();
    }

    @Test
    void loopback_baseUrlInProduction_isAcceptedWithoutTls() {
        TrustedHosts local = new TrustedHosts("cloud", URI.create("http://localhost:9000"), List.of(), false);
        assertThat(local.violation(URI.create("http://localhost:9001"))).isNull();
        assertRejected(local, "http://127.0.0.1:9000", "is not trusted");
    }

    @Test
    void pattern_upperCase_matches() {
        TrustedHosts upper = new TrustedHosts("cloud", BASE, List.of("*.EXAMPLE.com", "Other.Org"), false);
        assertThat(upper.violation(URI.create("https://a.example.com"))).isNull();
        assertThat(upper.violation(URI.create("https://other.org"))).isNull();
    }

    @Test
    void violation_untrusted_saysWhatToDo() {
        HumeAuthenticationException violation = hosts.violation(URI.create("https://evil.com/?token=topsecret"));
        assertThat(violation.account()).isEqualTo("cloud");
        assertThat(violation.getMessage()).contains("evil.com", "hume.accounts.\"cloud\".trusted-hosts")
                .doesNotContain("topsecret");
    }

    @Test
    void violation_unreadable_leavesOutTheQuery() {
        HumeAuthenticationException violation = hosts.violation(URI.create("/x?token=topsecret"));
        assertThat(violation.getMessage()).contains("/x").doesNotContain("topsecret");
    }

    @ParameterizedTest
    @CsvSource({ "HTTPS://API.hume.ai/A?B#C,https://API.hume.ai/A?B#C", "hTtp://localhost,http://localhost",
            "WSS://u:P@a.com:1,wss://u:P@a.com:1", "https://A.com,https://A.com", "/x,/x", "MAILTO:x@A.com,mailto:x@A.com" })
    void normalized_onlyTheScheme_isInLowerCase(URI address, String expected) {
        assertThat(TrustedHosts.normalized(address)).hasToString(expected);
    }

    @Test
    void normalized_alreadyLowerCase_isTheSame() {
        assertThat(TrustedHosts.normalized(BASE)).isSameAs(BASE);
    }

    private static TrustedHosts dev() {
        return new TrustedHosts("cloud", BASE, List.of(), true);
    }

    private static void assertRejected(TrustedHosts hosts, String destination, String why) {
        HumeAuthenticationException violation = hosts.violation(URI.create(destination));
        assertThat(violation).as(destination).isNotNull().hasMessageContaining(why);
        assertThat(violation.reason()).isEqualTo(Reason.UNTRUSTED_DESTINATION);
    }

    @ParameterizedTest
    @CsvSource({ "https://api.hume.ai/v0/evi?a=%20b&c, http://127.0.0.1:9000/v0/evi?a=%20b&c",
            "HTTPS://API.cloud.Hume.AI:8443, http://127.0.0.1:9000", "https://hume.ai/x, http://127.0.0.1:9000/x",
            "wss://api.hume.ai/v0/evi/chat, ws://127.0.0.1:9000/v0/evi/chat", "http://api.hume.ai/x, http://api.hume.ai/x",
            "https://api.hume.ai.example.com, https://api.hume.ai.example.com", "/v0/evi, /v0/evi",
            "https://gateway.example.com, https://gateway.example.com" })
    void destination_emulated_isTheEmulatorInPlaceOfHume(String requested, String expected) {
        TrustedHosts emulated = TrustedHosts.emulated("cloud", URI.create("http://127.0.0.1:9000"),
                List.of("*.hume.ai", "gateway.example.com"), BASE);
        assertThat(emulated.destination(URI.create(requested))).isEqualTo(URI.create(expected));
        assertThat(hosts.destination(URI.create(requested))).isEqualTo(URI.create(requested));
    }

    @Test
    void credential_emulated_staysOnTheMachine() {
        TrustedHosts emulated = TrustedHosts.emulated("cloud", URI.create("http://127.0.0.1:9000"),
                List.of("*.hume.ai", "gateway.example.com"), BASE);
        assertThat(emulated.violation(URI.create("http://127.0.0.1:9000/v0/evi"))).isNull();
        assertThat(emulated.violation(URI.create("http://localhost:8080"))).isNull();
        assertRejected(emulated, "https://api.hume.ai", "the emulator replaces Hume");
        assertRejected(emulated, "https://gateway.example.com", "set hume.accounts.\"cloud\".api-key");
        assertRejected(emulated, "http://api.hume.ai", "unencrypted");
        assertRejected(emulated, "https://evil.example.com", "is not trusted");
    }

    /** The emulator replaces Hume, but a host that is not trusted in production gets no credential in tests either. */
    @Test
    void hostOfHume_emulatedAndNotTrusted_isRejectedAsInProduction() {
        URI emulator = URI.create("http://127.0.0.1:9000");
        TrustedHosts narrow = TrustedHosts.emulated("cloud", emulator, List.of("gateway.example.com"), BASE);
        for (String trusted : List.of("https://api.hume.ai/x", "https://API.hume.ai:443", "http://127.0.0.1:9000")) {
            URI requested = URI.create(trusted);
            assertThat(narrow.violation(requested, narrow.destination(requested))).as(trusted).isNull();
        }
        URI cloud = URI.create("https://api.cloud.hume.ai/x");
        assertThat(narrow.violation(cloud, narrow.destination(cloud)))
                .hasMessageContainingAll("api.cloud.hume.ai is not trusted", "hume.accounts.\"cloud\".trusted-hosts");
        TrustedHosts packaged = TrustedHosts.emulated("cloud", emulator, List.of(), null);
        assertThat(packaged.violation(cloud, packaged.destination(cloud))).isNull();
    }
}
