package io.quarkiverse.hume.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "* | | true", "* | false | true", "/https?:.*/ | false | true", "null | false | true",
            "https://app.example | true | false", "/https:\\/\\/.*\\.app\\.example/ | | false" })
    void publicResponses_areReadWithoutCredentials(String origins, Boolean credentials, boolean open) {
        Optional<List<String>> listed = Optional.of(List.of(origins.split(",")));
        assertThat(new CrossOriginAccess(true, listed, Optional.ofNullable(credentials)).admitsEveryPage()).isEqualTo(open);
        assertThat(new CrossOriginAccess(false, listed, Optional.ofNullable(credentials)).admitsEveryPage()).isFalse();
    }

    @Test
    void withoutOrigins_onlyTheOwnOneIsAdmitted() {
        assertThat(new CrossOriginAccess(true, Optional.empty(), Optional.of(true)).isOpenToEveryPage()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "app.example | http | http://app.example | true", "app.example | http | https://app.example | true",
            "app.example | https | http://app.example | false", "app.example:8443 | https | https://app.example:8443 | true",
            "app.example:8443 | https | https://app.example | false", "APP.example | http | http://app.EXAMPLE | true",
            "[::1]:80 | http | http://[::1] | true", "app.example | http | null | false",
            "app.example | http | http://app.example.evil.example | false",
            "app.example | http | http://app.example@evil.example | false", "app.example | http | http://app.example/x | false",
            "app.example | http | http://evil.example?app.example | false", "app.example | http | file:// | false" })
    void ownPages_areAllowed(String authority, String scheme, String origin, boolean allowed) {
        assertThat(new CrossOriginAccess(false, Optional.empty(), Optional.empty())
                .allowsPage(request(authority, scheme), origin)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "https://other.example | | https://other.example | true", "https://other.example | | https://third.example | false",
            "/https:\\/\\/.*\\.other\\.example/ | | https://a.other.example | true",
            "/https:\\/\\/.*\\.other\\.example/ | | https://a.other.example.evil.example | false",
            "* | | https://evil.example | false", "* | true | https://evil.example | true",
            "* | false | https://evil.example | false", "/https?:.*/ | false | https://evil.example | false",
            "null | false | null | false", "/https?:.*/ | true | https://evil.example | true",
            "https://other.example | false | https://other.example | true",
            "/https:\\/\\/.*\\.other\\.example/ | false | https://a.other.example | true" })
    void pagesThatCorsAllows_areAllowed(String origins, Boolean credentials, String origin, boolean allowed) {
        Optional<List<String>> listed = Optional.of(List.of(origins));
        assertThat(new CrossOriginAccess(true, listed, Optional.ofNullable(credentials))
                .allowsPage(request("app.example", "https"), origin)).isEqualTo(allowed);
        assertThat(new CrossOriginAccess(false, listed, Optional.ofNullable(credentials))
                .allowsPage(request("app.example", "https"), origin)).isFalse();
    }

    private static HttpServerRequest request(String authority, String scheme) {
        return (HttpServerRequest) Proxy.newProxyInstance(HttpServerRequest.class.getClassLoader(),
                new Class<?>[] { HttpServerRequest.class }, (proxy, method, arguments) -> method.getName().equals("scheme")
                        ? scheme
                        : HostAndPort.parseAuthority(authority, -1));
    }
}
