package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkus.test.QuarkusUnitTest;

/** Built with an API key only, started with a secret key as well: the API key is used, and a warning is logged. */
class SecretKeyUnusedTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("hume.api-key", "s3cr3t-key")
            .overrideRuntimeConfigKey("hume.secret-key", "s3cr3t-secret")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.hume"))
            .assertLogRecords(records -> assertThat(records)
                    .extracting(record -> String.format(record.getMessage(), record.getParameters()))
                    .anySatisfy(
                            message -> assertThat(message).contains("HUME0002",
                                    "hume.secret-key is set, but calls of the default Hume account carry the API key",
                                    "hume.strategy=token"))
                    .anySatisfy(message -> assertThat(message).contains(": api-key (",
                            "only hume.api-key is configured"))
                    .anySatisfy(message -> assertThat(message).contains("HUME0001", "api-key"))
                    .noneMatch(message -> message.contains("s3cr3t")));

    @Inject
    HumeAccounts accounts;

    @Test
    void start_keepsTheApiKeyStrategy() {
        assertThat(accounts.get(HumeAccount.DEFAULT).strategy()).isEqualTo(HumeStrategy.API_KEY);
    }
}
