package io.quarkiverse.hume.runtime.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedRequestsTest {

    private static final AllowedRequests ALLOWED = new AllowedRequests(
            List.of("POST /v0/decisions/file", "GET /v0/decisions/run/*", "  WS   /v1/expression/**  ", "GET /v0/a/*/c"));

    private static String found(String method, String path) {
        List<String> segments = AllowedRequests.path(path);
        AllowedRequests.Entry entry = segments == null ? null : ALLOWED.find(method, segments);
        return entry == null ? null : entry.text();
    }

    @ParameterizedTest
    @CsvSource({ "POST,/v0/decisions/file,POST /v0/decisions/file", "POST,/v0/d%65cisions/%66ile,POST /v0/decisions/file",
            "GET,/v0/decisions/run/r-1,GET /v0/decisions/run/*", "GET,/v0/a/b/c,GET /v0/a/*/c",
            "WS,/v1/expression/audio/realtime,WS /v1/expression/**", "WS,/v1/expression/x,WS /v1/expression/**" })
    void listed_isAllowed(String method, String path, String entry) {
        assertThat(found(method, path)).isEqualTo(entry);
    }

    @ParameterizedTest
    @CsvSource({ "GET,/v0/decisions/file", "post,/v0/decisions/file", "POST,/v0/decisions/file/x", "POST,/v0/decisions",
            "GET,/v0/decisions/run", "GET,/v0/decisions/run/a/b", "WS,/v1/expression", "GET,/v1/expression/x", "GET,/v0/a/c",
            "POST,/V0/decisions/file", "OPTIONS,/v0/decisions/file", "CONNECT,/v0/decisions/file" })
    void unlisted_isNotAllowed(String method, String path) {
        assertThat(found(method, path)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "//", "/a/", "//a", "/a//b", "/.", "/..", "/a/../b", "/%2e", "/%2e%2e", "/.%2e/x", "/%2E./x",
            "/a%2fb", "/a%2Fb", "/a%5cb", "/a\\b", "/a;b", "/a%3bb", "/a%00", "/a%0d%0ab", "/a%20b", "/a+b", "/a%", "/a%2",
            "/a%zz", "/a%252e", "/%c0%ae", "/a%u002e", "/a:b", "/a@b", "/a,b", "/a=b", "/a&b", "/a*", "/*", "/a'b", "/a(b)",
            "/a~b/..;", "/\u00e4", "/%e4", "/%\uff12\uff11", "/%+1", "/%-1", "/a?b", "/a#b", "/a|b" })
    void ambiguousPaths_areRejected(String path) {
        assertThat(AllowedRequests.path(path)).isNull();
    }

    /** Every octet, encoded, in each position: what comes through is what one may write without encoding. */
    @Test
    void encodedOctets_areThoseThatNeedNoEncoding() {
        for (int octet = 0; octet < 256; octet++) {
            for (String pattern : List.of("/%%%02x", "/a%%%02X", "/%%%02xb", "/a/x%%%02xy/z")) {
                String path = String.format(pattern, octet);
                List<String> segments = AllowedRequests.path(path);
                boolean unreserved = octet < 128 && String.valueOf((char) octet).matches("[A-Za-z0-9._~-]");
                boolean dot = pattern.equals("/%%%02x") && octet == '.';
                assertThat(segments != null).as(path).isEqualTo(unreserved && !dot);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "POST", "/v0/x", "POST v0/x", "POST /", "POST /a//b", "POST /a/", "POST /../a", "POST /**/a",
            "POST /a/b*", "get /a", "TRACE /a", "CONNECT /a", "OPTIONS /a", "POST /a b", "POST /a?b", "POST /a;b",
            "POST /a%2fb",
            "POST https://evil.example/a", "* /a" })
    void invalidEntries_areRejected(String entry) {
        assertThat(AllowedRequests.violation(entry)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "POST /a", "WS /a/*/b", "GET /**", "DELETE /a/**", " PATCH  /a.b/c-d_e~f " })
    void entries_areValid(String entry) {
        assertThat(AllowedRequests.violation(entry)).isNull();
    }

    @Test
    void methodsOfAPath_areListed() {
        assertThat(ALLOWED.methods(List.of("v0", "decisions", "file"))).containsExactly("POST");
        assertThat(ALLOWED.methods(List.of("v1", "expression", "x"))).containsExactly("WS");
        assertThat(ALLOWED.methods(List.of("v1"))).isEmpty();
    }
}
