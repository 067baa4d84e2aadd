package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/** A gateway that requires a client certificate, with accounts that have none or do not trust the gateway's certificate. */
class MutualTlsWithoutCertificateTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(TlsGateway.class))
            .setBeforeAllCustomizer(TlsGateway::start)
            .overrideConfigKey("quarkus.tls.trusting.trust-store.pem.certs", "${gateway.directory}/client-ca.crt")
            .overrideConfigKey("quarkus.tls.complete.key-store.pem.0.cert", "${gateway.directory}/client.crt")
            .overrideConfigKey("quarkus.tls.complete.key-store.pem.0.key", "${gateway.directory}/client.key")
            .overrideConfigKey("quarkus.tls.complete.trust-store.pem.certs", "${gateway.directory}/client-ca.crt")
            .overrideConfigKey("quarkus.rest-client.tls-configuration-name", "complete")
            .overrideConfigKey("hume.api-key", "key")
            .overrideConfigKey("hume.secret-key", "secret")
            .overrideConfigKey("hume.base-url", "https://localhost:${gateway.port}")
            .overrideConfigKey("hume.accounts.\"unnamed\".token.timeout", "30S")
            .overrideConfigKey("hume.accounts.\"stranger\".token.timeout", "30S")
            .overrideConfigKey("hume.token.timeout", "30S")
            .overrideConfigKey("hume.token.retry.max-retries", "0")
            .overrideConfigKey("hume.tls-configuration-name", "trusting")
            .overrideConfigKey("hume.accounts.\"stranger\".api-key", "key")
            .overrideConfigKey("hume.accounts.\"stranger\".secret-key", "secret")
            .overrideConfigKey("hume.accounts.\"stranger\".base-url", "https://localhost:${gateway.port}")
            .overrideConfigKey("hume.accounts.\"stranger\".token.retry.max-retries", "0")
            .overrideConfigKey("hume.accounts.\"stranger\".tls-configuration-name", "javax.net.ssl")
            .overrideConfigKey("hume.accounts.\"unnamed\".api-key", "key")
            .overrideConfigKey("hume.accounts.\"unnamed\".secret-key", "secret")
            .overrideConfigKey("hume.accounts.\"unnamed\".base-url", "https://localhost:${gateway.port}");

    @Inject
    HumeTokens withoutCertificate;
    @Inject
    @HumeAccount("stranger")
    HumeTokens withoutTrust;
    @Inject
    @HumeAccount("unnamed")
    HumeTokens withTheConfigurationOfAllRestClients;

    @Test
    void missingClientCertificate_isATypedErrorThatNamesTheProperty() {
        HumeAuthenticationException failure = catchThrowableOfType(HumeAuthenticationException.class,
                () -> withoutCertificate.await());
        assertThat(failure.reason()).isEqualTo(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        assertThat(failure).hasMessageContainingAll("The TLS handshake with the token endpoint https://localhost:",
                "Check hume.tls-configuration-name:", "key store must contain the client's certificate");
    }

    @Test
    void unknownServerCertificate_isATypedErrorThatNamesTheProperty() {
        HumeAuthenticationException failure = catchThrowableOfType(HumeAuthenticationException.class,
                () -> withoutTrust.await());
        assertThat(failure.reason()).isEqualTo(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        assertThat(failure).hasMessageContainingAll("The TLS handshake",
                "Check hume.accounts.\"stranger\".tls-configuration-name:",
                "trust store of that TLS configuration must trust the server's certificate");
    }

    @Test
    void accountWithoutAName_usesTheConfigurationOfAllRestClients() {
        assertThat(withTheConfigurationOfAllRestClients.await().value()).isEqualTo("of-the-gateway");
    }
}
