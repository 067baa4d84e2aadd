package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/**
 * Unknown names of TLS configurations, proxy configurations and credentials providers: the start fails and lists the known
 * names.
 */
class UnknownReferencesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class))
            .overrideConfigKey("quarkus.tls.gateway.trust-all", "true")
            .overrideConfigKey("quarkus.proxy.corporate.host", "localhost")
            .overrideConfigKey("quarkus.proxy.corporate.port", "3128")
            .overrideConfigKey("quarkus.proxy.tunnel.host", "localhost")
            .overrideConfigKey("quarkus.proxy.tunnel.port", "1080")
            .overrideConfigKey("quarkus.proxy.tunnel.type", "socks5")
            .overrideConfigKey("hume.api-key", "s3cr3t")
            .overrideConfigKey("hume.tls-configuration-name", "gatway")
            .overrideConfigKey("hume.proxy-configuration-name", "corporation")
            .overrideConfigKey("hume.accounts.\"other\".proxy-configuration-name", "tunnel")
            .overrideConfigKey("hume.accounts.\"other\".credentials-provider", "hume")
            .overrideConfigKey("hume.accounts.\"third\".api-key", "s3cr3t")
            .overrideConfigKey("hume.accounts.\"third\".credentials-provider", "hume")
            .overrideConfigKey("hume.accounts.\"third\".credentials-provider-name", "vault")
            .overrideConfigKey("hume.accounts.\"fourth\".api-key", "s3cr3t")
            .overrideConfigKey("hume.accounts.\"fourth\".credentials-provider-name", "vault")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.tls-configuration-name is \"gatway\", but there is no TLS configuration of that name. Configure"
                            + " quarkus.tls.\"gatway\".trust-store or key-store, or use one of [gateway]",
                    "hume.proxy-configuration-name is \"corporation\", but there is no proxy configuration of that name."
                            + " Configure quarkus.proxy.\"corporation\".host and port, or use one of [corporate, tunnel]",
                    "hume.accounts.\"other\".proxy-configuration-name is \"tunnel\", a proxy of the type SOCKS5, but REST"
                            + " clients need one of the type HTTP. Set quarkus.proxy.\"tunnel\".type=http",
                    "hume.accounts.\"other\".credentials-provider is set, but there is no CredentialsProvider bean. There is"
                            + " none at all: add an extension that has one, or a bean of your own",
                    "hume.accounts.\"third\".credentials-provider is set, and so is hume.accounts.\"third\".api-key. Remove"
                            + " one of them",
                    "hume.accounts.\"third\".credentials-provider-name is \"vault\", but there is no CredentialsProvider bean"
                            + " of that name",
                    "hume.accounts.\"fourth\".credentials-provider-name is set, but"
                            + " hume.accounts.\"fourth\".credentials-provider is not"));

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
