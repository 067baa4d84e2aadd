package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/** A bean that obtains the tokens does not depend on a secret key. */
class TokenSourceWithoutSecretKeyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(RealKeys.class, RealTokens.class))
            .overrideConfigKey("hume.devservices.enabled", "false");

    @Inject
    HumeTokens tokens;

    @Test
    void tokens_comeFromTheBean() {
        assertThat(tokens.await().value()).isEqualTo("real-token-of-production");
    }
}
