package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;

/** The build fails for an annotation on a class that is not a client. */
class AnnotatedClassTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, NoClient.class))
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "@HumeAuthenticated is on io.quarkiverse.hume.test.AnnotatedClassTest$NoClient",
                    "@RegisterRestClient"));

    @HumeAuthenticated
    public static class NoClient {
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
