package io.quarkiverse.hume.runtime.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.MultiMap;

class SubProtocolsTest {

    private static final String HEADER = "Sec-WebSocket-Protocol";
    private static final String CREDENTIAL = "quarkus-http-upgrade%23Authorization%23Bearer%20token";

    private static MultiMap offering(String... lines) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String line : lines) {
            headers.add(HEADER, line);
        }
        return headers;
    }

    @ParameterizedTest
    @ValueSource(strings = { "carrier," + CREDENTIAL, CREDENTIAL + " , carrier", "carrier", " , carrier",
            "carrier,quarkus-http-upgrade#authorization#x,other", "my-quarkus-http-upgrade#Origin#x" })
    void credentialBesideAnotherName_isProcessed(String line) {
        assertThat(SubProtocols.rejection(offering(line))).isNull();
    }

    @Test
    void handshakeWithoutSubProtocols_isProcessed() {
        assertThat(SubProtocols.rejection(offering())).isNull();
        assertThat(SubProtocols.areOffered(offering())).isFalse();
        assertThat(SubProtocols.areOffered(offering(" , "))).isFalse();
        assertThat(SubProtocols.areOffered(offering("carrier"))).isTrue();
    }

    /** Whatever Quarkus may read as a header. */
    @ParameterizedTest
    @ValueSource(strings = { "quarkus-http-upgrade#Origin#x", "quarkus-http-upgrade%23X-Forwarded-Host%23x",
            "quarkus-http-upgrade#%41uthorization1#x", "quarkus-http-upgrade#Authorization", "quarkus-http-upgrade",
            "quarkus-http-upgrade#Authorization#a#b", "quarkus-http-upgrade#Authorization%23a%23b", "quarkus-http-upgrade%",
            "quarkus-http-upgrade%2", "quarkus-http-upgrade2#Authorization#x", "quarkus-http-upgrade##x",
            "quarkus-http-upgrade#Authorization #x", "quarkus-http-upgrade#Authorization%0d%0aOrigin#x" })
    void otherHeaders_areRejected(String name) {
        assertThat(SubProtocols.rejection(offering("carrier," + name)).status()).isEqualTo(400);
        assertThat(SubProtocols.rejection(offering("carrier", CREDENTIAL, name)).status()).isEqualTo(400);
    }

    @Test
    void credentialAlone_isRejected() {
        assertThat(SubProtocols.rejection(offering(CREDENTIAL))).isEqualTo(RelayAnswers.NO_OTHER_SUB_PROTOCOL);
    }

    @Test
    void credentials_areRemoved() {
        MultiMap headers = offering("one, " + CREDENTIAL, "two");
        assertThat(SubProtocols.containHeader(headers)).isTrue();
        SubProtocols.removeHeaders(headers);
        assertThat(headers.getAll(HEADER)).containsExactly("one,two");
        assertThat(SubProtocols.containHeader(headers)).isFalse();

        MultiMap nothingElse = offering(CREDENTIAL);
        SubProtocols.removeHeaders(nothingElse);
        assertThat(nothingElse.contains(HEADER)).isFalse();
    }
}
