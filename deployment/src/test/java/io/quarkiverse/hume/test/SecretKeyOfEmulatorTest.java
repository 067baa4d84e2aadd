package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkus.test.QuarkusUnitTest;

/** The emulator gives an account both keys. If the application uses no tokens, that is no secret key to warn of. */
class SecretKeyOfEmulatorTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("hume.accounts.\"cloud\".strategy", "api-key")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.hume"))
            .assertLogRecords(records -> assertThat(records)
                    .extracting(record -> String.format(record.getMessage(), record.getParameters()))
                    .anySatisfy(message -> assertThat(message).contains("HUME0001"))
                    .noneMatch(message -> message.contains("HUME0002")));

    @Inject
    HumeAccounts accounts;

    @Test
    void unusedDefaultAccount_hasBothKeysAndTheApiKeyStrategy() {
        assertThat(ConfigProvider.getConfig().getOptionalValue("hume.secret-key", String.class)).isPresent();
        assertThat(accounts.get(HumeAccount.DEFAULT).strategy()).isEqualTo(HumeStrategy.API_KEY);
    }
}
