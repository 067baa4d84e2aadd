package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** The build fails for shared state in Redis without the Redis extension, or with a client that is not configured. */
class SharedStateWithoutRedisTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class))
            .overrideConfigKey("hume.shared-state", "redis")
            .overrideConfigKey("hume.shared-state.client-name", "shared")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.shared-state=redis needs the Redis client, and this application has none. Add the extension"
                            + " quarkus-redis-client",
                    "Set quarkus.redis.\"shared\".hosts"));

    @Test
    void build_fails() {
        fail("the application must not start");
    }
}
