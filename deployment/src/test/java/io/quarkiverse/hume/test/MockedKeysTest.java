package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** A test replaces the keys that the application has in its configuration: this is intended, and no warning. */
class MockedKeysTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Keys.class))
            .overrideConfigKey("hume.api-key", "key-of-the-configuration")
            .overrideConfigKey("hume.strategy", "api-key")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume"))
            .assertLogRecords(records -> assertThat(records).noneMatch(record -> record.getMessage().contains("HUME0091")));

    /** The annotations are those of the stereotype {@code io.quarkus.test.Mock}. */
    @Alternative
    @Priority(1)
    @Dependent
    public static class Keys implements HumeCredentialsProvider {
        @Override
        public Uni<HumeCredentials> getCredentials(String account) {
            return Uni.createFrom().item(HumeCredentials.ofApiKey("mocked-key"));
        }
    }

    @Inject
    HumeCredentialsProvider provider;

    @Test
    void keys_areThoseOfTheTest() {
        assertThat(provider.getCredentials("<default>").await().indefinitely())
                .isEqualTo(HumeCredentials.ofApiKey("mocked-key"));
    }
}
