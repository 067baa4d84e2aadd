package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;
import no.nav.security.mock.oauth2.MockOAuth2Server;

/**
 * The extension works with an OAuth 2 server that is not part of this project: the server accepts the token request, and its
 * signed tokens arrive at the API unchanged.
 */
class IndependentServerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Stranger.class))
            .setBeforeAllCustomizer(IndependentServerTest::start)
            .overrideConfigKey("hume.api-key", "client-of-the-server")
            .overrideConfigKey("hume.secret-key", "secret-of-the-server")
            .overrideConfigKey("hume.base-url", "${independent.url}")
            .overrideConfigKey("hume.token.path", "/issuer/token")
            // Its first token takes the server seconds on a busy machine.
            .overrideConfigKey("hume.token.timeout", "30S")
            .overrideConfigKey("quarkus.rest-client.api.url", "http://127.0.0.1:${independent.api.port}");

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "api")
    @HumeAuthenticated
    public interface Api {
        @GET
        String get();
    }

    @RestClient
    Api api;
    @Inject
    HumeTokens tokens;

    private static void start() {
        MockOAuth2Server server = new MockOAuth2Server();
        server.start();
        System.setProperty("independent.url", server.baseUrl().toString());
        System.setProperty("independent.api.port", String.valueOf(new Stranger("independent.received").port()));
    }

    @Test
    void signedToken_arrivesUnchanged() throws Exception {
        assertThat(api.get()).isEqualTo("stranger");
        api.get();
        List<String> received = List.of(System.getProperty("independent.received").split("\n"));
        assertThat(received).hasSize(2).allMatch(header -> header.equals("Bearer " + tokens.await().value()));
        SignedJWT token = SignedJWT.parse(received.get(0).substring("Bearer ".length()));
        JWKSet keys = JWKSet.load(URI.create(System.getProperty("independent.url") + "issuer/jwks").toURL());
        RSAKey key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
        assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("client-of-the-server");
        Instant expiry = token.getJWTClaimsSet().getExpirationTime().toInstant();
        assertThat(tokens.await().expiresAt()).isBetween(expiry.minus(Duration.ofSeconds(30)),
                expiry.plus(Duration.ofSeconds(30)));
    }
}
