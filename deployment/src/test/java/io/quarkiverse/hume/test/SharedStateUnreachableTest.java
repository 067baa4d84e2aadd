package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.runtime.webhook.SharedReplays;
import io.quarkus.test.QuarkusUnitTest;

/** An application that has no state to share, and whose named Redis client cannot reach a Redis server. */
class SharedStateUnreachableTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.REDIS, ForcedExtensions.HEALTH))
            .withApplicationRoot(jar -> jar.addClasses(ForcedExtensions.class))
            // Which look for containers
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("hume.api-key", "key")
            .overrideConfigKey("hume.shared-state", "redis")
            .overrideConfigKey("hume.shared-state.client-name", "shared")
            .overrideConfigKey("quarkus.redis.shared.hosts", "redis://:s3cr3t-password@127.0.0.1:1")
            .overrideConfigKey("hume.shared-state.timeout", "10S")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.hume"))
            .assertLogRecords(records -> {
                assertThat(records).anyMatch(record -> record.getMessage().startsWith("HUME0166:"))
                        .anyMatch(record -> record.getMessage().startsWith("HUME0168:"));
                assertThat(records.stream().filter(record -> record.getMessage().startsWith("HUME0080:"))).hasSize(1)
                        .allSatisfy(record -> assertThat(Arrays.toString(record.getParameters())).contains("client shared")
                                .doesNotContain("s3cr3t"));
            });

    @Inject
    SharedReplays replays;

    @Test
    void application_startsAndDecidesAlone() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(replays.claim("", "signature", Duration.ofMinutes(1)).toCompletableFuture().get(1, TimeUnit.MINUTES))
                    .isTrue();
        }
    }
}
